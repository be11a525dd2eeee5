import type { Call } from './call';

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** A problem as RFC 9457 describes it. `type` is `about:blank` where the title is the status' own name. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly type?: string;
  readonly [extension: string]: unknown;
}

/** Answers with indented JSON. */
export function json(call: Call, status: number, value: unknown, headers: Headers = {}): void {
  send(call, status, 'application/json; charset=utf-8', JSON.stringify(value, null, 2) + '\n', headers);
}

/** Answers with `application/problem+json` (RFC 9457). */
export function problem(call: Call, value: Problem, headers: Headers = {}): void {
  const text = JSON.stringify({ type: 'about:blank', ...value, instance: call.url.pathname }, null, 2) + '\n';
  send(call, value.status, 'application/problem+json', text, headers);
}

/** Answers with an HTML page; `body` is markup of the demo's own. */
export function html(call: Call, status: number, title: string, body: string): void {
  const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${title}</title>
  </head>
  <body>
    ${body}
  </body>
</html>
`;
  send(call, status, 'text/html; charset=utf-8', page);
}

/** Answers with a redirect. `location` may be relative (RFC 9110, section 10.2.2). */
export function redirect(call: Call, status: number, location: string): void {
  send(call, status, 'text/plain; charset=utf-8', `See ${location}\n`, { Location: location });
}

/** Answers with a whole body at once. Node leaves the body out where the request was HEAD. */
export function send(call: Call, status: number, type: string, body: string | Buffer, headers: Headers = {}): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  call.response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(headers as Record<string, string | string[]>),
  });
  call.response.end(bytes);
}
