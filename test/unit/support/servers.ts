import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import { join } from 'node:path';
import { afterEach } from 'mocha';
import { projectRoot } from '../../rig/paths';

/*
 * Real servers on 127.0.0.1, each on a port of its own. They keep what they received, parsed and byte for byte, and go
 * when the test is over.
 */

/** A request as a server saw it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface TestServer {
  readonly port: number;
  /** e.g. `http://127.0.0.1:40001`. */
  readonly origin: string;
  /** The same server under the name `localhost`: another origin. */
  readonly namedOrigin: string;
  readonly received: Received[];
  /** Everything that came in (after TLS), as Latin-1 text. */
  bytes(): string;
  /** Connections made to it so far. */
  readonly connections: () => number;
  /** Connections that are open now. */
  readonly open: () => number;
}

export type Handler = (request: Received, response: http.ServerResponse) => void;

/** Answers 200 `arrived`. */
export const ok: Handler = (_, response) => response.end('arrived');

/** Answers with a redirect; the address is asked for on each request. */
export const redirect =
  (status: number, location: () => string): Handler =>
  (_, response) =>
    response.writeHead(status, { Location: location() }).end('moved');

export interface TestServers {
  http(handler: Handler): Promise<TestServer>;
  /** Takes the name of a certificate in `test/fixtures/tls`. */
  https(handler: Handler, certificate?: string, options?: https.ServerOptions): Promise<TestServer>;
  /** A server that is no HTTP server: it does what the test says with each connection. */
  tcp(onConnection: (socket: net.Socket) => void): Promise<TestServer>;
}

/** The text of a file in `test/fixtures/tls`. */
export function pem(name: string): string {
  return readFileSync(join(projectRoot(), 'test', 'fixtures', 'tls', `${name}.pem`), 'utf8');
}

/** To be called inside `describe`: the servers of a test are closed, with all their connections, when it is over. */
export function useServers(): TestServers {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(closers.splice(0).map((close) => close()));
  });
  const listen = async (server: net.Server, scheme: string, inside: 'connection' | 'secureConnection') => {
    const sockets = new Set<net.Socket>();
    const parts: Buffer[] = [];
    let connections = 0;
    server.on('connection', (socket: net.Socket) => {
      connections++;
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    });
    server.on(inside, (socket: net.Socket) => socket.on('data', (part: Buffer) => parts.push(part)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    });
    const { port } = server.address() as net.AddressInfo;
    return {
      port,
      origin: `${scheme}://127.0.0.1:${port}`,
      namedOrigin: `${scheme}://localhost:${port}`,
      bytes: () => Buffer.concat(parts).toString('latin1'),
      connections: () => connections,
      open: () => sockets.size,
    };
  };
  const recorder = (handler: Handler) => {
    const received: Received[] = [];
    const listener = (message: http.IncomingMessage, response: http.ServerResponse): void => {
      const parts: Buffer[] = [];
      message.on('data', (part: Buffer) => parts.push(part));
      message.on('end', () => {
        const { method = '', url = '', rawHeaders, headers } = message;
        const request = { method, url, rawHeaders, headers, body: Buffer.concat(parts) };
        received.push(request);
        handler(request, response);
      });
    };
    return { received, listener };
  };
  return {
    async http(handler) {
      const { received, listener } = recorder(handler);
      return { ...(await listen(http.createServer(listener), 'http', 'connection')), received };
    },
    async https(handler, certificate = 'server', options = {}) {
      const { received, listener } = recorder(handler);
      const server = https.createServer({ key: pem('key'), cert: pem(certificate), ...options }, listener);
      server.on('tlsClientError', () => undefined);
      return { ...(await listen(server, 'https', 'secureConnection')), received };
    },
    async tcp(onConnection) {
      const server = net.createServer(onConnection);
      return { ...(await listen(server, 'http', 'connection')), received: [] };
    },
  };
}
