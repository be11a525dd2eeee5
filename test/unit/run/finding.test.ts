import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { newSecret } from '../../rig/secrets';
import { ok, redirect, useServers } from '../support/servers';
import { throwingSecrets } from '../support/ports';
import { finishedOf, holdsNone, outcomeWords, useBench } from './bench';

/*
 * How a request finds its service (product.md, rules 1 to 4), and what happens where the secret is not at hand.
 */

describe('which service a request uses', () => {
  const servers = useServers();
  const bench = useBench();

  // `whole` is the server's root, `v3` and `mail` lie below it, `other` is another origin.
  const cases: readonly (readonly [name: string, text: string, expected: string])[] = [
    ['the longest base path', 'GET HERE/v3/mail/send', 'mail'],
    ['the longest base path, itself', 'GET HERE/v3/mail', 'mail'],
    ['the base path and a query', 'GET HERE/v3?x=/v3/mail', 'v3'],
    ['a base path ends at a slash', 'GET HERE/v30', 'whole'],
    ['a base path is compared after dots are resolved', 'GET HERE/v3/mail/../x', 'v3'],
    ['and after encoded dots are', 'GET HERE/v3/mail/%2e%2e/x', 'v3'],
    ['the origin alone', 'GET HERE/', 'whole'],
    ['the origin in other letters', 'GET HTTP://127.0.0.1:PORT/v3', 'v3'],
    ['the host under its other name is another origin', 'GET http://localhost:PORT/v3', 'none'],
    ['an address nobody registered', 'GET STRANGE/', 'none'],
    ['@service on the request', '# @service v3\nGET HERE/v3/mail', 'v3'],
    ['@service with a path', '# @service mail\nGET /send', 'mail at /v3/mail/send'],
    ['@service with a path that leaves the base path', '# @service mail\nGET /../x', 'mail at /v3/x'],
    ['@service with a path of two slashes stays at its origin', '# @service whole\nGET //evil.example/x', 'whole'],
    ['@service with a path that looks like user info', '# @service whole\nGET /@evil.example/x', 'whole'],
    ['@service with a path and the Host of another', '# @service whole\nGET /x\nHost: 127.0.0.1:PORT', 'whole'],
    ['@service for the file', '# @service mail\n\n###\nGET /send', 'mail at /v3/mail/send'],
    ['@service for the file, overridden', '# @service mail\n\n###\n# @service v3\nGET /x', 'v3 at /v3/x'],
    ['@service for the file, another address finds its own', '# @service mail\n\n###\nGET OTHER/', 'other'],
    ['@service for the file, a strange address', '# @service mail\n\n###\nGET STRANGE/', 'none'],
    ['@no-auth', '# @no-auth\nGET HERE/v3', 'none'],
    ['@no-auth for the file', '# @no-auth\n\n###\nGET HERE/v3', 'none'],
    ['@no-auth and @service: the address alone', '# @service v3\n# @no-auth\nGET /x', 'none at /v3/x'],
    ['a written Authorization wins', 'GET HERE/v3\nAuthorization: Bearer mine', 'mine'],
    ['in any case of letters', 'GET HERE/v3\nauthorization: Bearer mine', 'mine'],
    ['also an empty one', 'GET HERE/v3\nAuthorization:', ''],
    ['$auth.token of another service of this origin', 'GET HERE/x\nAuthorization: Bearer {{$auth.token("v3")}}', 'v3'],
    ['@service with the address of another origin', '# @service v3\nGET OTHER/', 'originUnconfirmed v3 token OTHER'],
    ['and of a strange one', '# @service v3\nGET STRANGE/x', 'originUnconfirmed v3 token STRANGE'],
    ['$auth.token for another origin', 'GET OTHER/\nX: {{$auth.token("v3")}}', 'originUnconfirmed v3 token OTHER'],
    ['$secret for a strange origin', 'GET STRANGE/{{$secret v3 token}}', 'originUnconfirmed v3 token STRANGE'],
    ['a Host of another origin', 'GET HERE/v3\nHost: evil.example', 'originUnconfirmed v3 token http://evil.example'],
    [
      '@service, a path and a foreign Host',
      '# @service v3\nGET /x\nHost: evil.example:8080',
      'originUnconfirmed v3 token http://evil.example:8080',
    ],
    [
      'two Hosts',
      'GET HERE/v3\nHost: 127.0.0.1:PORT\nHost: evil.example',
      'originUnconfirmed v3 token http://evil.example',
    ],
    ['a foreign Host without a credential', '# @no-auth\nGET HERE/v3\nHost: evil.example', 'none'],
    ['a Host that is no host', 'GET HERE/v3\nHost: evil.example@127.0.0.1:PORT', 'problems bad-header'],
    ['a Host with a path', 'GET HERE/v3\nHost: 127.0.0.1:PORT/evil', 'problems bad-header'],
    ['a secret as Host', 'GET HERE/v3\nHost: {{$secret v3 token}}.x', 'problems misplaced-credential'],
    ['a path and the Host of a service', 'GET /v3/x\nHost: 127.0.0.1:PORT', 'v3'],
    ['a service nobody defined', '# @service nope\nGET /x', 'problems unknown-service'],
    ['one nobody defined, for the file', '# @service nope\n\n###\nGET HERE/x', 'problems unknown-service'],
    ['$auth.token of one nobody defined', 'GET HERE/{{$auth.token("nope")}}', 'problems unknown-service'],
    ['$secret of a field the scheme has not', 'GET HERE/{{$secret v3 pasword}}', 'problems unknown-secret-field'],
    ['$secret of a setting', '# @service basic\nGET /{{$secret basic username}}', 'problems unknown-secret-field'],
    ['$secret of a service without authentication', 'GET HERE/{{$secret open token}}', 'problems unknown-secret-field'],
    ['$auth.token of one without authentication', 'GET HERE/{{$auth.token("open")}}', 'problems unknown-secret-field'],
    ['through a variable', '@a = {{$secret v3 x}}\nGET HERE/{{a}}', 'problems unknown-secret-field'],
    ['a name of every object', 'GET HERE/{{$secret v3 constructor}}', 'problems unknown-secret-field'],
    ['a service of every object', '# @service constructor\nGET /', 'problems unknown-service'],
    ['a variable without a value', 'GET HERE/v3/{{nothing}}', 'problems unresolved-variable'],
    ['a path alone', 'GET /v3', 'problems relative-url'],
    ['a secret in the host', 'GET http://{{$secret v3 token}}.evil.example/', 'problems misplaced-credential'],
    ['a secret in user info', 'GET http://{{$secret v3 token}}@127.0.0.1:PORT/', 'problems misplaced-credential'],
    ['a secret as method', '{{$secret v3 token}} HERE/', 'problems misplaced-credential'],
  ];
  for (const [name, text, expected] of cases) {
    it(`${name}: ${expected || 'nothing'}`, async () => {
      const one = bench();
      const here = await servers.http(ok);
      const other = await servers.http(ok);
      const strange = await servers.http(ok);
      const put = (line: string): string =>
        line
          .replaceAll('HERE', here.origin)
          .replaceAll('OTHER', other.origin)
          .replaceAll('STRANGE', strange.origin)
          .replaceAll('PORT', String(here.port));
      const tokens = { whole: newSecret(), v3: newSecret(), mail: newSecret(), other: newSecret() };
      await one.bearer('whole', here.origin, tokens.whole);
      await one.bearer('v3', `${here.origin}/v3`, tokens.v3);
      await one.bearer('mail', `${here.origin}/v3/mail`, tokens.mail);
      await one.bearer('other', other.origin, tokens.other);
      one.define('basic', `${here.origin}/basic`, { scheme: 'basic', username: 'ada' });
      one.define('open', `${here.origin}/open`, { scheme: 'none' });
      const outcome = await one.send(put(text));
      const [arrived] = [here, other, strange].flatMap((server) => server.received);
      if (outcome.kind !== 'finished') {
        assert.equal(outcomeWords(outcome), put(expected));
        assert.equal(here.connections() + other.connections() + strange.connections(), 0, 'something was sent');
        return;
      }
      const authorization = arrived?.headers.authorization;
      const owner = Object.entries(tokens).find(([, token]) => authorization === `Bearer ${token}`)?.[0];
      const rest = authorization === undefined ? 'none' : authorization.replace(/^Bearer /, '');
      const at = expected.includes(' at ') ? ` at ${arrived?.url}` : '';
      assert.equal((owner ?? rest) + at, expected);
      // No other service's token went along.
      const others = Object.entries(tokens).flatMap(([id, token]) => (id === owner ? [] : [token]));
      holdsNone('what arrived', [here, other, strange].map((server) => server.bytes()).join(''), others);
    });
  }

  it('an unknown field is named with those there are and the likely one', async () => {
    const one = bench();
    one.define('a', 'http://127.0.0.1:9', { scheme: 'basic', username: 'ada' });
    const outcome = await one.send('GET http://127.0.0.1:9/\nX: {{$secret a pasword}}');
    assert.equal(outcome.kind, 'problems');
    const [problem] = outcome.kind === 'problems' ? outcome.problems : [];
    assert.deepEqual(problem, {
      code: 'unknown-secret-field',
      span: { start: 27, end: 48 },
      ...{ service: 'a', field: 'pasword', known: ['password'], suggestion: 'password' },
    });
  });

  it('a key of its own written in the request wins over the service, wherever the scheme puts it', async () => {
    for (const [where, request] of [
      ['header', 'GET HERE/\nx-odd: mine'],
      ['query', 'GET HERE/?x-odd=mine'],
      ['cookie', 'GET HERE/\nCookie: a=b; x-odd=mine'],
    ] as const) {
      const one = bench();
      const key = newSecret('key');
      const server = await servers.http(ok);
      one.define('demo', server.origin, { scheme: 'apiKey', in: where, name: 'x-odd' });
      await one.store('demo', 'key', key);
      const finished = finishedOf(await one.send(request.replace('HERE', server.origin)));
      assert.equal(finished.unsigned, 'written-in-request');
      assert.equal(finished.service?.id, 'demo');
      holdsNone(where, server.bytes(), [key]);
      assert.equal(server.bytes().split('mine').length, 2);
    }
  });

  it('without credentials, once: neither the scheme nor a reference gives one', async () => {
    const one = bench();
    const token = newSecret();
    const server = await servers.http(ok);
    await one.bearer('demo', server.origin, token);
    const text =
      `POST ${server.origin}/{{$auth.token("demo")}}/x?a=1&t={{$secret demo token}}&b=2\n` +
      'X-Key: {{$secret demo token}}\nAccept: text/plain\n\n{"t": "{{$secret demo token}}"}';
    const finished = finishedOf(await one.send(text, { credentials: 'leave-out' }));
    assert.equal(finished.unsigned, 'left-out-once');
    holdsNone('what arrived', server.bytes(), [token]);
    const [arrived] = server.received;
    assert.equal(arrived?.url, '//x?a=1&b=2');
    assert.equal(arrived?.headers['x-key'], undefined);
    assert.equal(arrived?.headers.accept, 'text/plain');
    assert.equal(arrived?.body.toString(), '{"t": ""}');
  });
});

describe('a secret that is not at hand', () => {
  const servers = useServers();
  const bench = useBench();

  it('was never entered: it is asked for, and nothing is sent', async () => {
    const one = bench();
    const server = await servers.http(ok);
    one.define('demo', server.origin, { scheme: 'bearer' });
    for (const text of [`GET ${server.origin}/`, `# @no-auth\nGET ${server.origin}/{{$secret demo token}}`]) {
      assert.equal(outcomeWords(await one.send(text)), 'secretMissing demo token');
    }
    assert.equal(outcomeWords(await one.test('demo')), 'secretMissing demo token');
    assert.equal(server.connections(), 0);
    assert.deepEqual(one.core.history.list(), []);
  });

  it('was entered for another address: the new one has to be confirmed, in either scope', async () => {
    for (const scope of ['user', 'workspace'] as const) {
      const one = bench();
      const [before, after] = [await servers.http(ok), await servers.http(ok)];
      const token = newSecret();
      await one.bearer('demo', before.origin, token);
      one.define('demo', after.origin, { scheme: 'bearer' }, {}, scope);
      const outcome = await one.send('# @service demo\nGET /');
      assert.equal(outcomeWords(outcome), `originUnconfirmed demo token ${after.origin}`);
      assert.deepEqual(outcome.kind === 'originUnconfirmed' && outcome.boundTo, [before.origin]);
      assert.equal(outcomeWords(await one.test('demo')), `originUnconfirmed demo token ${after.origin}`);
      assert.equal(after.connections(), 0);
      await one.core.vault.bind({ id: 'demo' }, 'token', after.origin);
      assert.equal(outcomeWords(await one.send('# @service demo\nGET /')), '200');
      assert.equal(after.received[0]?.headers.authorization === `Bearer ${token}`, true);
    }
  });

  it('the vault throws: that is said, nothing is sent and nothing is lost', async () => {
    const secrets = throwingSecrets(new Error('the keyring is locked'));
    const one = bench({ secrets });
    const server = await servers.http(ok);
    const token = newSecret();
    secrets.failWith(undefined);
    await one.bearer('demo', server.origin, token);
    secrets.failWith(new Error('the keyring is locked'), 'get', 'set', 'delete');
    assert.equal(outcomeWords(await one.send(`GET ${server.origin}/`)), 'vaultFailed demo token the keyring is locked');
    assert.equal(server.connections(), 0);
    secrets.failWith(undefined);
    assert.equal(outcomeWords(await one.send(`GET ${server.origin}/`)), '200');
  });

  const damaged = ['', '{', 'null', '[]', '{"v":1}', '{"v":2,"value":"x","origins":["ORIGIN"],"setAt":1}'];
  for (const record of [...damaged, '{"v":1,"value":"","origins":["ORIGIN"],"setAt":1}']) {
    it(`what is stored is damaged: ${record || 'nothing'}`, async () => {
      const one = bench();
      const server = await servers.http(ok);
      await one.bearer('demo', server.origin, newSecret());
      const [key] = one.ports.secrets.content.keys();
      one.ports.secrets.setElsewhere(key ?? '', record.replace('ORIGIN', server.origin));
      assert.equal(outcomeWords(await one.send(`GET ${server.origin}/`)), 'vaultFailed demo token corrupted');
      assert.equal(server.connections(), 0);
    });
  }
});

describe('a certificate that is not to be checked', () => {
  const servers = useServers();
  const bench = useBench();
  const unchecked = { verifyTls: false };

  it("a workspace's wish takes effect once it was confirmed", async () => {
    const one = bench();
    const server = await servers.https(ok, 'self-signed');
    one.define('demo', server.origin, { scheme: 'bearer' }, unchecked, 'workspace');
    await one.store('demo', 'token', newSecret());
    const text = `GET ${server.origin}/`;
    for (const each of [text, `# @no-auth\n${text}`])
      assert.equal(outcomeWords(await one.send(each)), `tlsUnconfirmed demo ${server.origin}`);
    assert.equal(outcomeWords(await one.test('demo')), `tlsUnconfirmed demo ${server.origin}`);
    assert.equal(server.connections(), 0);
    await one.core.consents.allowUnverifiedTls(one.core.services.get('demo') ?? assert.fail());
    const finished = finishedOf(await one.send(text));
    assert.equal(finished.exchange.tlsVerified, false);
    assert.equal(server.received.length, 1);
  });

  it("the person's own wish takes effect at once, and is in the exchange", async () => {
    const one = bench();
    const server = await servers.https(ok, 'expired');
    await one.bearer('demo', server.origin, newSecret(), unchecked);
    const finished = finishedOf(await one.send(`GET ${server.origin}/`));
    assert.equal(finished.exchange.tlsVerified, false);
    assert.ok(finished.exchange.hops[0]?.tls);
  });

  it('a consent is for one address', async () => {
    const one = bench();
    const [first, second] = [await servers.https(ok, 'self-signed'), await servers.https(ok, 'self-signed')];
    one.define('demo', first.origin, { scheme: 'none' }, unchecked, 'workspace');
    await one.core.consents.allowUnverifiedTls(one.core.services.get('demo') ?? assert.fail());
    assert.equal(outcomeWords(await one.send(`GET ${first.origin}/`)), '200');
    one.define('demo', second.origin, { scheme: 'none' }, unchecked, 'workspace');
    assert.equal(outcomeWords(await one.send(`GET ${second.origin}/`)), `tlsUnconfirmed demo ${second.origin}`);
  });

  it('where a redirect leads is checked', async () => {
    const one = bench();
    const other = await servers.https(ok, 'self-signed');
    const server = await servers.https(
      redirect(302, () => other.origin),
      'self-signed',
    );
    await one.bearer('demo', server.origin, newSecret(), unchecked);
    assert.equal(outcomeWords(await one.send(`GET ${server.origin}/`)), 'tls-self-signed');
    assert.equal(other.received.length, 0);
  });

  it("a secret of a service that wants it checked never goes out unchecked, by another's wish", async () => {
    const one = bench();
    const server = await servers.https(ok, 'self-signed');
    await one.bearer('bank', server.origin, newSecret());
    one.define('x', `${server.origin}/v1`, { scheme: 'none' }, unchecked, 'user');
    const text = `GET ${server.origin}/v1/\nAuthorization: Bearer {{$auth.token("bank")}}`;
    assert.equal(outcomeWords(await one.send(text)), 'tls-self-signed');
    assert.equal(server.received.length, 0);
  });

  it('the name in a Host header is not the one that is checked', async () => {
    const one = bench();
    const server = await servers.https(ok, 'wrong-name');
    const token = newSecret();
    await one.bearer('demo', server.origin, token);
    await one.core.vault.bind({ id: 'demo' }, 'token', 'https://other.example');
    assert.equal(outcomeWords(await one.send(`GET ${server.origin}/\nHost: other.example`)), 'tls-wrong-name');
    assert.equal(server.received.length, 0);
  });
});
