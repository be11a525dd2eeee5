import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, it } from 'mocha';
import { newSecret } from '../../rig/secrets';
import { redirect, useServers, type Handler, type Received } from '../support/servers';
import { everythingIn, finishedOf, found, holdsNone, outcomeWords, useBench, type Bench } from './bench';

/*
 * Nothing that leaves the core holds a secret of the run, whatever the server does with what it was given.
 */

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What a server may turn a text into before it sends it back. */
const forms: Readonly<Record<string, (secret: string) => string | Buffer>> = {
  raw: (secret) => secret,
  'percent-encoded': encodeURIComponent,
  'percent-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'percent-encoded, every character': (secret) =>
    [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  'a form': (secret) => new URLSearchParams({ v: secret }).toString(),
  base64,
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  'base64 behind a user': (secret) => base64(`someone:${secret}`),
  'base64 inside a longer text': (secret) => base64(`{"k":"${secret}","n":1}`),
  JSON: (secret) => JSON.stringify({ echo: secret }),
  'JSON in JSON': (secret) => JSON.stringify({ echo: JSON.stringify({ echo: secret }) }),
  HTML: (secret) => `<p title="${secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}">`,
  'UTF-16': (secret) => Buffer.from(secret, 'utf16le'),
};

/** Everything a run leaves behind, beside its outcome. */
function traces({ core, ports, progress }: Bench): readonly (readonly [string, unknown])[] {
  return [
    ['the history', core.history.list()],
    ['the store', ports.store.content],
    ['the log', ports.log.lines],
    ['the progress', progress],
    ['the temporary files', ports.files.content],
    ['the definitions', ports.definitions.read()],
  ];
}

function nothingTells(one: Bench, outcome: unknown, secrets: readonly string[]): void {
  for (const [place, value] of [['the outcome', outcome], ...traces(one)] as const) {
    holdsNone(place, everythingIn(value), secrets);
  }
}

const services = [
  { name: 'bearer', auth: { scheme: 'bearer' }, field: 'token', kind: 'token' },
  { name: 'Basic', auth: { scheme: 'basic', username: 'ada' }, field: 'password', kind: 'password' },
  { name: 'Basic, not ASCII', auth: { scheme: 'basic', username: 'ada' }, field: 'password', kind: 'unicode' },
  { name: 'header key', auth: { scheme: 'apiKey', in: 'header', name: 'X-Odd' }, field: 'key', kind: 'key' },
  { name: 'query key', auth: { scheme: 'apiKey', in: 'query', name: 'odd' }, field: 'key', kind: 'password' },
  { name: 'cookie key', auth: { scheme: 'apiKey', in: 'cookie', name: 'odd' }, field: 'key', kind: 'password' },
] as const;

describe('what a run leaves behind', () => {
  const servers = useServers();
  const bench = useBench();

  async function run(
    service: (typeof services)[number],
    handler: (secret: string) => Handler,
    text: (origin: string) => string = (origin) => `GET ${origin}/`,
    memoryLimit = 1024 * 1024,
  ) {
    const one = bench();
    const secret = newSecret(service.kind);
    const server = await servers.http(handler(secret));
    one.define('demo', server.origin, service.auth);
    await one.store('demo', service.field, secret);
    const outcome = await one.send(text(server.origin), { settings: { memoryLimit } });
    return { one, secret, server, outcome };
  }

  for (const service of services) {
    it(`${service.name}: the server echoes all that came, in its body, header fields, trailers and reason`, async () => {
      const echo =
        (secret: string): Handler =>
        (request, response) => {
          const ascii = encodeURIComponent(secret);
          response.setHeader('Trailer', 'X-End');
          response.setHeader('X-Wire', request.rawHeaders.filter((each) => /^[ -~]*$/.test(each)).join(' | '));
          response.setHeader('X-Url', request.url);
          response.setHeader('WWW-Authenticate', `Bearer realm="${ascii}", error_description="not ${ascii}"`);
          response.setHeader('Link', `<https://help.example/?k=${ascii}>; rel=help`);
          response.setHeader(`X-${ascii.replaceAll(/[^A-Za-z0-9]/g, '') === ascii ? ascii : 'N'}`, base64(secret));
          response.writeHead(401, `No ${ascii}`, { 'Content-Type': 'application/json' });
          response.write(
            JSON.stringify({
              error: { message: `The token ${secret} is unknown`, docs: `https://a.example/${ascii}` },
            }),
          );
          response.addTrailers({ 'X-End': base64(`x${secret}`) });
          response.end();
        };
      const { one, secret, outcome, server } = await run(service, echo);
      assert.equal(outcomeWords(outcome), '401');
      assert.ok(found('what arrived', server.bytes(), [secret]).length > 0, 'the credential did not arrive');
      nothingTells(one, outcome, [secret]);
      assert.ok(finishedOf(outcome).marks.length > 0);
      assert.ok(finishedOf(outcome).diagnosis.causes.length > 0);
    });

    for (const [form, write] of Object.entries(forms)) {
      it(`${service.name}: ${form}, in a body over the limit, in pieces of any size`, async () => {
        const filler = 'All work and no play. '.repeat(40);
        const pieces =
          (secret: string): Handler =>
          (_, response) => {
            const body = Buffer.concat(
              [filler, write(secret), '\n', filler, write(secret), write(secret)].map((each) =>
                Buffer.from(each as string),
              ),
            );
            response.setHeader('Content-Type', 'text/plain');
            void inPieces(response, body, [1, 2, 3, 5, 8, 13, 21]);
          };
        const { one, secret, outcome } = await run(service, pieces, undefined, 300);
        assert.equal(outcomeWords(outcome), '200');
        assert.equal(one.ports.files.content.size, 1);
        assert.ok(everythingIn(one.ports.files.content).includes('All work and no play.'));
        nothingTells(one, outcome, [secret]);
      });
    }
  }

  for (const at of [1, 6, 15, 20, 30]) {
    it(`the memory ends ${at} characters inside the token`, async () => {
      const body =
        (secret: string): Handler =>
        (_, response) =>
          response.end(`${'x'.repeat(100)}${secret}${'y'.repeat(100)}`);
      const { one, secret, outcome } = await run(services[0], body, undefined, 100 + at);
      const kept = everythingIn(finishedOf(outcome).exchange.outcome);
      assert.ok(at < 6 || !kept.includes(secret.slice(0, 6)), 'the start of the token is shown');
      assert.ok(kept.includes('x'.repeat(100)));
      nothingTells(one, outcome, [secret]);
    });

    it(`the server closes ${at} characters inside the token, written as base64`, async () => {
      const body =
        (secret: string): Handler =>
        (_, response) => {
          response.writeHead(200, { 'Content-Length': '1000' });
          response.write(`${'x'.repeat(100)}${base64(`ada:${secret}`).slice(0, 6 + at)}`, () =>
            response.socket?.destroy(),
          );
        };
      const { one, secret, outcome } = await run(services[1], body);
      const kept = everythingIn(finishedOf(outcome).exchange.outcome);
      assert.ok(!kept.includes(base64(`ada:${secret}`).slice(0, 6 + at)), 'the start of the credential is shown');
      nothingTells(one, outcome, [secret]);
    });
  }

  // The request holds it by hand, or a person wrote it there: it is masked as well.
  const requests: readonly (readonly [name: string, text: string])[] = [
    ['in the path', 'GET HERE/{{$auth.token("demo")}}/x'],
    ['in the query', 'GET HERE/?q={{$secret demo token}}'],
    ['in a body', 'POST HERE/\nContent-Type: application/json\n\n{"q": "{{$secret demo token}}"}'],
    ['in a header', 'GET HERE/\nX-Thing: {{$secret demo token}}'],
    ['through a variable', '@t = {{$secret demo token}}\nGET HERE/?a={{t}}&b={{t}}'],
    ['written as a token', 'GET HERE/\nAuthorization: Bearer WRITTEN'],
    ['written as user and password', 'GET HERE/\nAuthorization: Basic ada:WRITTEN'],
    ['written in the URL', 'GET HERE/?access_token=WRITTEN'],
    ['written as user info', 'GET http://ada:WRITTEN@HOST/'],
    ['written as a cookie', 'GET HERE/\nCookie: sid=WRITTEN'],
    ['written in a form', 'POST HERE/\nContent-Type: application/x-www-form-urlencoded\n\nclient_secret=WRITTEN'],
    ['written in JSON', 'POST HERE/\nContent-Type: application/json\n\n{"a": [{"password": "WRITTEN"}]}'],
    ['written in a variable', '@t = WRITTEN\nGET HERE/\nX-Api-Key: {{t}}'],
  ];
  for (const [name, text] of requests) {
    it(`a secret ${name}, echoed by the server and by a redirect`, async () => {
      const one = bench();
      const [secret, written] = [newSecret(), newSecret()];
      const answer = ({ method, url, rawHeaders, body }: Received): string =>
        [method, url, ...rawHeaders, body.toString(), base64(`${url}\n${body.toString()}`)].join('\n');
      const server = await servers.http((request, response) => {
        if (!request.url.startsWith('/again')) {
          redirect(307, () => `/again${request.url}`)(request, response);
        } else response.end(answer(request));
      });
      await one.bearer('demo', server.origin, secret);
      const outcome = await one.send(
        text.replace('HERE', server.origin).replace('HOST', `127.0.0.1:${server.port}`).replace('WRITTEN', written),
      );
      assert.equal(outcomeWords(outcome), '200');
      assert.equal(server.received.length, 2);
      nothingTells(one, outcome, [secret, written]);
      const [entry] = one.core.history.list();
      assert.ok(entry && !entry.url.includes('latchkeycredential'), 'the history shows a marker');
    });
  }

  // Where no answer comes, the failure, the system's own message and the card must not tell either.
  const failures: readonly (readonly [name: string, origin: string, words: string])[] = [
    ['nobody listens', 'http://127.0.0.1:1', 'refused'],
    ['the name is unknown', 'http://nowhere.invalid', 'dns-not-found'],
  ];
  for (const [name, origin, words] of failures) {
    it(`${name}: the failure of a request with a key in its query`, async () => {
      const lookup = (_: string, __: object, done: (error: Error, address: string, family: number) => void): void =>
        done(Object.assign(new Error('getaddrinfo ENOTFOUND nowhere.invalid'), { code: 'ENOTFOUND' }), '', 4);
      const one = bench({}, { lookup });
      const key = newSecret('password');
      one.define('demo', origin, { scheme: 'apiKey', in: 'query', name: 'odd' });
      await one.store('demo', 'key', key);
      const outcome = await one.send(`GET ${origin}/x`);
      assert.equal(outcomeWords(outcome), words);
      nothingTells(one, outcome, [key]);
    });
  }

  it('a secret that no header can hold is not quoted', async () => {
    const one = bench();
    const token = `${newSecret()}\u0000${newSecret()}`;
    const server = await servers.http((_, response) => response.end());
    await one.bearer('demo', server.origin, token);
    const outcome = await one.send(`GET ${server.origin}/`);
    assert.equal(outcomeWords(outcome), 'bad-request');
    assert.equal(server.connections(), 0);
    nothingTells(one, outcome, token.split('\u0000'));
    assert.equal(finishedOf(outcome).diagnosis.causes[0]?.code, 'credential-malformed');
  });

  it('a store whose error quotes the address does not bring a key into the log', async () => {
    const one = bench();
    const key = newSecret();
    const server = await servers.http((_, response) => response.end());
    one.define('demo', server.origin, { scheme: 'apiKey', in: 'query', name: 'odd' });
    await one.store('demo', 'key', key);
    one.ports.store.set = () => Promise.reject(new Error(`disk full while writing ${server.origin}/?odd=${key}`));
    const outcome = await one.send(`GET ${server.origin}/`);
    assert.equal(outcomeWords(outcome), '200');
    assert.match(one.ports.log.lines.join('\n'), /^warn: .*disk full/);
    nothingTells(one, outcome, [key]);
  });
});

/** Writes a body in pieces of these sizes in turn, each in a turn of the event loop of its own. */
async function inPieces(response: ServerResponse, body: Buffer, sizes: readonly number[]): Promise<void> {
  response.socket?.setNoDelay(true);
  for (let at = 0, turn = 0; at < body.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    response.write(body.subarray(at, at + size));
    at += size;
    if (turn % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
}
