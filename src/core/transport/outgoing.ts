import type { ClientRequest } from 'node:http';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { Readable } from 'node:stream';
import type { HeaderField, Headers } from '../http/headers';
import { getHeader, getHeaders, hasHeader, setHeader, withoutHeaders } from '../http/headers';
import type { HttpRequest } from '../http/message';

/** A request as it is to be written: every header decided, the URL without user information and fragment. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body?: Uint8Array;
}

/** RFC 9110 section 5.6.2; a method is a token (section 9.1). */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Methods whose lack of content is worth a Content-Length of 0 (RFC 9110 section 8.6). */
const expectsContent: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Completes a request: Host first, then the person's own header lines in their order and case, then what they left out
 * (User-Agent, Accept, Accept-Encoding, Content-Length). User information in the URL becomes a Basic credential where no
 * Authorization was written. Throws Node's own error for what can't be put on the wire.
 */
export function completeRequest(request: HttpRequest, userAgent: string): Outgoing {
  const url = new URL(request.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refusal('ERR_INVALID_PROTOCOL', 'The URL is not http or https');
  if (!token.test(request.method)) throw refusal('ERR_INVALID_HTTP_TOKEN', 'The method is not a token');
  let headers = request.headers;
  for (const { name, value } of headers) {
    validateHeaderName(name);
    validateHeaderValue(name, toWire(value));
  }
  if (!hasHeader(headers, 'Host')) headers = [{ name: 'Host', value: url.host }, ...headers];
  const defaults: HeaderField[] = [
    { name: 'User-Agent', value: userAgent },
    { name: 'Accept', value: '*/*' },
    { name: 'Accept-Encoding', value: 'gzip, deflate, br' },
    ...basicFrom(url),
  ];
  headers = [...headers, ...defaults.filter(({ name }) => !hasHeader(request.headers, name))];
  url.username = '';
  url.password = '';
  url.hash = '';
  const body = request.body && request.body.length > 0 ? request.body : undefined;
  return { method: request.method, url, headers: frame(request.method, headers, body), body };
}

/**
 * How the body is delimited (RFC 9112 section 6). A written Content-Length is kept in its place and put right, because a
 * wrong one would make the server wait or read the next request wrongly; chunked is kept where there is a body.
 */
function frame(method: string, headers: Headers, body: Uint8Array | undefined): Headers {
  const chunked = getHeaders(headers, 'Transfer-Encoding').some((value) => /\bchunked\b/i.test(value));
  if (body && chunked) return withoutHeaders(setHeader(headers, 'Transfer-Encoding', 'chunked'), ['Content-Length']);
  const plain = withoutHeaders(headers, ['Transfer-Encoding']);
  if (body) return setHeader(plain, nameAsWritten(plain, 'Content-Length'), String(body.length));
  if (expectsContent.has(method)) return setHeader(plain, nameAsWritten(plain, 'Content-Length'), '0');
  return withoutHeaders(plain, ['Content-Length']);
}

function nameAsWritten(headers: Headers, name: string): string {
  return headers.find((field) => field.name.toLowerCase() === name.toLowerCase())?.name ?? name;
}

function basicFrom(url: URL): HeaderField[] {
  if (url.username === '' && url.password === '') return [];
  const pair = `${decode(url.username)}:${decode(url.password)}`;
  return [{ name: 'Authorization', value: `Basic ${Buffer.from(pair).toString('base64')}` }];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Node writes header values as Latin-1; what is outside ASCII is sent as UTF-8, as curl and browsers do. */
function toWire(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}

/** The other way round, for what Node read; bytes that are not UTF-8 stay Latin-1. */
export function fromWire(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return value;
  const bytes = Buffer.from(value, 'latin1');
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? value : text;
}

function refusal(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/**
 * The body given to node-fetch. node-fetch refuses a body for GET and HEAD, and writes all header names in lower case
 * and merged. But it writes every body by piping it into Node's request, at once after it made that and before anything
 * is written: there the real method and the header lines are put in. It works through VS Code's patch of `http` as well,
 * which replaces the agent, so an agent could not do it.
 */
export class OutgoingBody extends Readable {
  readonly #content: Uint8Array | undefined;

  constructor(
    private readonly outgoing: Outgoing,
    private readonly onRequest: (request: ClientRequest) => void,
  ) {
    super();
    this.#content = outgoing.body;
  }

  override pipe<T extends NodeJS.WritableStream>(destination: T, options?: { end?: boolean }): T {
    const request = destination as unknown as ClientRequest;
    dress(request, this.outgoing);
    this.onRequest(request);
    return super.pipe(destination, options);
  }

  override _read(): void {
    if (this.#content) this.push(this.#content);
    this.push(null);
  }
}

/** Gives a request of Node's its method and its header lines. */
function dress(request: ClientRequest, { method, headers, body }: Outgoing): void {
  request.method = method;
  // Node decided this by the method it was made with; without a body nothing may announce one.
  request.useChunkedEncodingByDefault = body !== undefined;
  for (const name of request.getHeaderNames()) request.removeHeader(name);
  const lines = new Map<string, { name: string; values: string[] }>();
  for (const { name, value } of headers) {
    const line = lines.get(name.toLowerCase()) ?? { name, values: [] };
    line.values.push(toWire(value));
    lines.set(name.toLowerCase(), line);
  }
  for (const { name, values } of lines.values()) request.setHeader(name, values.length === 1 ? values[0]! : values);
  // An agent that VS Code put in the place of ours keeps no connections, but the one it leads to does.
  if (getHeader(headers, 'Connection') === undefined) request.shouldKeepAlive = true;
}

/** The header lines as Node wrote them, also those it added; before that, as they are to be written. */
export function headersAsSent(request: ClientRequest): Headers {
  const written = (request as unknown as { _header?: string | null })._header;
  if (!written) {
    return request.getRawHeaderNames().flatMap((name) => {
      const value = request.getHeader(name);
      return [value ?? []].flat().map((each) => ({ name, value: fromWire(String(each)) }));
    });
  }
  return written
    .split('\r\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      return { name: line.slice(0, colon), value: fromWire(line.slice(colon + 1).trim()) };
    });
}
