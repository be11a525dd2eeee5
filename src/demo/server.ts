import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { problem } from './answer';
import type { Call, DemoState } from './call';
import { close, harden, listen } from './listener';
import { elsewhereRoutes, find, routes, type Route } from './routes';
import { jwtKey, makeTokens, type DemoTokens } from './tokens';

/** The port the demo likes best, so that a saved request file still finds it tomorrow. */
export const demoPort = 4477;

export interface DemoOptions {
  /** Where to listen; another free port is taken where this one is in use. By default any free port. */
  readonly port?: number;
  /** The same seed gives the same credentials again. By default new ones for each start. */
  readonly seed?: string;
  /** The demo's clock, milliseconds since the epoch. */
  readonly now?: () => number;
}

/** A request as it arrived, with everything that came with it. */
export interface SeenRequest {
  readonly origin: 'demo' | 'elsewhere';
  readonly method: string;
  /** The request target as it stood on the wire. */
  readonly target: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface Demo {
  /** Base URL without a trailing slash, e.g. `http://127.0.0.1:4477`. */
  readonly url: string;
  readonly port: number;
  /** Base URL of the second origin, to which `/elsewhere` redirects. */
  readonly elsewhere: string;
  readonly tokens: DemoTokens;
  /** The last hundred requests, oldest first, also those to the second origin. */
  readonly requests: readonly SeenRequest[];
  /** Ends both servers and every connection. May be called again. */
  dispose(): Promise<void>;
}

const maxBodyBytes = 1024 * 1024;
const maxBytesDropped = 32 * maxBodyBytes;
const maxRequestsKept = 100;

/**
 * Starts the demo: an API on 127.0.0.1 that knows good credentials from bad ones and fails in every way worth seeing,
 * and a second origin for redirects to lead to. Reachable from this machine only.
 */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const seed = options.seed ?? randomUUID();
  const now = options.now ?? Date.now;
  const requests: SeenRequest[] = [];
  let state: DemoState | undefined;

  const serve = (origin: SeenRequest['origin'], table: readonly Route[]) =>
    createServer((request, response) => {
      if (state) void answer({ origin, table, request, response, state, keep });
      else response.destroy();
    });
  const keep = (seen: SeenRequest) => {
    requests.push(seen);
    if (requests.length > maxRequestsKept) requests.shift();
  };
  const servers = [serve('demo', routes), serve('elsewhere', elsewhereRoutes)] as const;
  servers.forEach(harden);

  let stopped: Promise<void> | undefined;
  const dispose = () => (stopped ??= Promise.all(servers.map(close)).then(() => undefined));
  try {
    const [port, otherPort] = await Promise.all([listen(servers[0], options.port ?? 0), listen(servers[1], 0)]);
    const url = `http://127.0.0.1:${port}`;
    const elsewhere = `http://127.0.0.1:${otherPort}`;
    const tokens = makeTokens(seed, url, now());
    state = { url, elsewhere, tokens, jwtKey: jwtKey(seed), now, limitedUntil: undefined };
    return { url, port, elsewhere, tokens, requests, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

interface Arrival {
  readonly origin: SeenRequest['origin'];
  readonly table: readonly Route[];
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly state: DemoState;
  keep(seen: SeenRequest): void;
}

/** Takes one request from its first line to its answer. Never rejects. */
async function answer({ origin, table, request, response, state, keep }: Arrival): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  response.on('error', () => gone.abort());
  response.setHeader('Date', new Date(state.now()).toUTCString());
  const method = request.method ?? 'GET';
  const target = request.url ?? '/';
  const base = origin === 'demo' ? state.url : state.elsewhere;
  let call: Call = {
    request,
    response,
    method,
    url: new URL(base),
    body: Buffer.alloc(0),
    demo: state,
    signal: gone.signal,
  };
  try {
    const url = readTarget(target, base);
    const body = await readBody(request);
    keep({ origin, method, target, rawHeaders: request.rawHeaders, body: body ?? Buffer.alloc(0) });
    if (!isForUs(request, url, base)) return misdirected(call);
    call = { ...call, url, body: body ?? call.body };
    if (!body) return tooLarge(call);
    await find(table, method, url.pathname)(call);
  } catch {
    if (gone.signal.aborted) return;
    if (response.headersSent) response.destroy();
    else problem(call, { status: 500, title: 'Internal Server Error', detail: 'The demo itself failed.' });
  }
}

/** The URL a request target means (RFC 9112, section 3.2); what cannot be read counts as a path nobody has. */
function readTarget(target: string, base: string): URL {
  const text = target.startsWith('/') ? base + target : target;
  return URL.canParse(text) ? new URL(text) : new URL('/*', base);
}

/**
 * Whether the request names this very server. A web page can make a browser call 127.0.0.1 under a name of its own (DNS
 * rebinding); such a call carries that name and gets nothing.
 */
function isForUs(request: IncomingMessage, url: URL, base: string): boolean {
  const port = new URL(base).port;
  const ours = [`127.0.0.1:${port}`, `localhost:${port}`];
  return ours.includes((request.headers.host ?? '').toLowerCase()) && (url.host === '' || ours.includes(url.host));
}

function misdirected(call: Call): void {
  problem(call, {
    status: 421,
    title: 'Misdirected Request',
    detail: 'The demo answers as 127.0.0.1 and localhost only.',
  });
}

function tooLarge(call: Call): void {
  problem(
    call,
    { status: 413, title: 'Content Too Large', detail: 'The demo takes at most 1 MB.' },
    { Connection: 'close' },
  );
}

/**
 * The body; undefined where it is larger than the demo takes. It is read to its end all the same, within reason: a client
 * that is cut off while it still writes would never read the answer.
 */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
      else if (size > maxBytesDropped) request.destroy();
    });
    request.on('end', () => resolve(size > maxBodyBytes ? undefined : Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('The client has gone')));
  });
}
