import { json, problem, redirect } from './answer';
import { keyInCookie, keyInHeader, keyInQuery, withApiKey } from './apiKey';
import { withBasic } from './basic';
import { expiredAnHourAgo, withBearer } from './bearer';
import { badHeader, badLength, disconnect, reset } from './broken';
import type { Call, Handler } from './call';
import { large, packed, silent, slow, unknownCharset } from './delivery';
import { limited, proxy, unpaid } from './limits';
import { placeOrder } from './orders';
import { echo, help, notFound, page, signIn, status } from './pages';

/** One thing the demo can do. */
export interface Route {
  /** `GET` answers `HEAD` too; `*` is any method. */
  readonly method: string;
  /** The whole path, or with `/*` at the end all that begins with it. */
  readonly path: string;
  /** What it shows, for people. */
  readonly shows: string;
  readonly handle: Handler;
}

const route = (method: string, path: string, shows: string, handle: Handler): Route => ({
  method,
  path,
  shows,
  handle,
});

/** Everything the demo can do, in the order it is told. */
export const routes: readonly Route[] = [
  route('GET', '/', 'what this is, and a token to try', welcome),
  route('GET', '/credentials', 'all credentials of the demo', credentials),
  route('GET', '/me', '200 with a good bearer token, else 401', withBearer(me)),
  route('GET', '/expired', '401: the token has expired', withBearer(expiredAnHourAgo)),
  route('GET', '/reports', '403: the scope reports:read is missing', withBearer(reports, 'reports:read')),
  route('POST', '/orders', '400: the order is wrong, not the token', withBearer(placeOrder, 'orders:write')),
  route('GET', '/limited', '429 with Retry-After, then 200', limited),
  route('GET', '/billing', '402: the account is not paid', withBearer(unpaid)),
  route('GET', '/elsewhere', '302 to another origin', (call) => redirect(call, 302, `${call.demo.elsewhere}/received`)),
  route('GET', '/moved', '307 to /me, same origin', (call) => redirect(call, 307, '/me')),
  route('*', '/loop', 'a redirect that never ends', (call) => redirect(call, 302, '/loop')),
  route('GET', '/login', '302 to a sign-in page', (call) => redirect(call, 302, '/sign-in')),
  route('*', '/sign-in', '200 with a sign-in page', signIn),
  route('GET', '/html', 'HTML with a script in it', page),
  route('*', '/echo', 'everything that arrived', echo),
  route('GET', '/slow', 'three seconds of silence, then a line at a time', slow),
  route('GET', '/silent', 'never answers', silent),
  route('GET', '/large', 'about 20 MB of JSON', large),
  route('GET', '/basic', '200 with the right user name and password', withBasic(known('basic'))),
  route('GET', '/keys/header', `200 with the API key in ${keyInHeader.name}`, withApiKey(keyInHeader, known('header'))),
  route('GET', '/keys/query', `200 with the API key in ?${keyInQuery.name}=`, withApiKey(keyInQuery, known('query'))),
  route('GET', '/keys/cookie', `200 with the API key in a cookie`, withApiKey(keyInCookie, known('cookie'))),
  route('GET', '/proxy', '407 from a proxy', proxy),
  route('GET', '/gzip', 'packed with gzip', packed('gzip')),
  route('GET', '/deflate', 'packed with deflate', packed('deflate')),
  route('GET', '/br', 'packed with Brotli', packed('br')),
  route('GET', '/charset', 'an unknown character encoding', unknownCharset),
  route('GET', '/disconnect', 'breaks off in the middle of the body', disconnect),
  route('GET', '/bad-length', 'more bytes than promised', badLength),
  route('GET', '/bad-header', 'a header line that is none', badHeader),
  route('GET', '/reset', 'a reset connection', reset),
  route('*', '/status/*', 'any status you ask for', status),
  route('GET', '/help/*', 'what the links in the answers lead to', help),
];

/** What the second origin can do: answer what arrived there. */
export const elsewhereRoutes: readonly Route[] = [route('*', '/received', 'what arrived here', received)];

/** Finds the route for a call: its handler, or one that says why there is none. */
export function find(table: readonly Route[], method: string, path: string): Handler {
  const here = table.filter((entry) =>
    entry.path.endsWith('/*') ? path.startsWith(entry.path.slice(0, -1)) : path === entry.path,
  );
  const match = here.find((entry) => entry.method === '*' || entry.method === (method === 'HEAD' ? 'GET' : method));
  if (match) return match.handle;
  if (here.length === 0) return notFound;
  const allowed = here.map((entry) => (entry.method === 'GET' ? 'GET, HEAD' : entry.method)).join(', ');
  return (call) =>
    problem(call, { status: 405, title: 'Method Not Allowed', detail: `Use ${allowed}.` }, { Allow: allowed });
}

function welcome(call: Call): void {
  json(call, 200, {
    hello: 'This is the Latchkey demo. It runs on this machine and fails on purpose.',
    next: `GET ${call.demo.url}/me wants a bearer token. Copy this one:`,
    copy: call.demo.tokens.good,
    more: routes.map((entry) => `${entry.method === '*' ? 'ANY' : entry.method} ${entry.path}: ${entry.shows}`),
  });
}

function credentials(call: Call): void {
  const { good, limitedScope, allScopes, expired, basic, apiKey } = call.demo.tokens;
  json(call, 200, {
    note: 'These open nothing but this demo.',
    credentials: [
      { use: 'Bearer Token: good, without the scope reports:read', copy: good },
      { use: 'Bearer Token: may only read', copy: limitedScope },
      { use: 'Bearer Token: has every scope', copy: allScopes },
      { use: 'Bearer Token: expired', copy: expired },
      { use: `Basic, base URL ${call.demo.url}/basic, user name ${basic.user}`, copy: basic.password },
      { use: `API key, base URL ${call.demo.url}/keys/header, /keys/query or /keys/cookie`, copy: apiKey },
    ],
  });
}

function me(call: Call): void {
  json(call, 200, { id: 7, name: 'Ada Demo', email: 'ada@demo.example', plan: 'trial' });
}

function reports(call: Call): void {
  json(call, 200, { reports: [{ id: 'visits', title: 'Visits', total: 1024 }] });
}

/** Says that the caller was recognised, and by what. */
function known(by: string): Handler {
  return (call) => json(call, 200, { id: 7, name: 'Ada Demo', by });
}

function received(call: Call): void {
  const names = call.request.rawHeaders.filter((_, index) => index % 2 === 0);
  const carriers = names.filter((name) => /^(?:authorization|cookie|x-demo-key)$/i.test(name));
  problem(
    call,
    {
      status: 401,
      title: 'Unauthorized',
      detail:
        carriers.length === 0
          ? 'No credential arrived here. This is another origin, so that is as it should be.'
          : `A credential arrived here, in ${carriers.join(', ')}. It should not have.`,
      headers: names,
    },
    { 'WWW-Authenticate': 'Bearer realm="elsewhere"' },
  );
}
