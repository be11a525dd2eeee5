// A small door in front of a served VS Code for a person's own browser: it makes secrets outlive a reload, opens the
// right folder, and lets nobody in who does not know the address that was printed.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Served } from './served';
import { workbenchUrl } from './served';

/** The port that is tried first, so that the address stays the same from start to start. */
const usualPort = 4780;
const keyPath = '/mint-key';

/** An open door. */
export interface Front {
  /** The address to open in a browser; it carries the token that lets one in. */
  readonly address: string;
  close(): void;
}

/** Opens the door on 127.0.0.1. Takes the server behind it and the folder to open. */
export async function openFront(server: Served, folder: string): Promise<Front> {
  // VS Code encrypts the secrets it keeps in the browser with this key; it lives as long as this process.
  const key = randomBytes(32);
  const front = createServer((incoming, outgoing) => {
    if (!isOurs(incoming, front)) return refuse(outgoing);
    const url = new URL(incoming.url ?? '/', server.origin);
    if (url.pathname === keyPath) {
      if (incoming.method !== 'POST' || !mayEnter(incoming, server.token)) return refuse(outgoing);
      outgoing.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' }).end(key);
    } else if (url.pathname === '/' && !url.searchParams.has('folder')) {
      const token = url.searchParams.get('tkn') ?? undefined;
      outgoing.writeHead(302, { location: workbenchUrl(origin(front), { folder }, token) }).end();
    } else pass(incoming, outgoing, server, url.pathname === '/');
  });
  front.on('upgrade', (incoming: IncomingMessage, socket, head: Buffer) => {
    const from = incoming.headers.origin;
    if (!isOurs(incoming, front) || (from && from !== `http://${incoming.headers.host}`)) return void socket.destroy();
    const upstream = connect(Number(new URL(server.origin).port), '127.0.0.1', () => {
      const headers: string[] = [];
      for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
        headers.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`);
      }
      upstream.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
    socket.on('close', () => upstream.destroy());
  });
  await listen(front, usualPort).catch(() => listen(front, 0));
  return {
    address: `${origin(front)}/?tkn=${server.token}`,
    close() {
      front.closeAllConnections();
      front.close();
    },
  };
}

/** Passes a request on as it is; the page itself learns where the key for its secrets is. */
function pass(incoming: IncomingMessage, outgoing: ServerResponse, server: Served, isPage: boolean): void {
  const { method, url: path, headers } = incoming;
  const upstream = request(server.origin + path, { method, headers }, (answer) => {
    const copied = { ...answer.headers };
    if (isPage) {
      copied['set-cookie'] = [
        ...(copied['set-cookie'] ?? []),
        `vscode-secret-key-path=${keyPath}; Path=/; SameSite=Strict`,
      ];
    }
    outgoing.writeHead(answer.statusCode ?? 502, copied);
    answer.pipe(outgoing);
  });
  upstream.on('error', () => {
    if (!outgoing.headersSent) outgoing.writeHead(502);
    outgoing.end();
  });
  incoming.pipe(upstream);
}

/** Only requests that name this very address: a page elsewhere whose name was made to resolve to us is turned away. */
function isOurs(incoming: IncomingMessage, front: Server): boolean {
  const { port } = front.address() as AddressInfo;
  return incoming.headers.host === `127.0.0.1:${port}`;
}

function mayEnter(incoming: IncomingMessage, token: string): boolean {
  const given = /(?:^|;\s*)vscode-tkn=([^;]*)/.exec(incoming.headers.cookie ?? '')?.[1] ?? '';
  return given.length === token.length && timingSafeEqual(Buffer.from(given), Buffer.from(token));
}

function refuse(outgoing: ServerResponse): void {
  outgoing.writeHead(403, { 'content-type': 'text/plain' }).end('Open the address that npm start printed.\n');
}

function origin(front: Server): string {
  return `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
}

function listen(front: Server, port: number): Promise<void> {
  return new Promise((done, failed) => {
    front.once('error', failed);
    front.listen(port, '127.0.0.1', () => {
      front.removeListener('error', failed);
      done();
    });
  });
}
