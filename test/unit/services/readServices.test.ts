import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { schemes } from '../../../src/core/auth/schemes';
import { readServices } from '../../../src/core/services/readServices';
import { serviceToDefinition } from '../../../src/core/services/service';
import { serviceProblemMessage } from '../../../src/core/services/words';
import { newSecret } from '../../rig/secrets';

const good = {
  name: 'SendGrid',
  baseUrl: 'https://api.sendgrid.com/v3',
  auth: { scheme: 'bearer' },
  test: 'GET /scopes',
};

/** Reads both scopes; problems come as `scope path: code`. */
function read(user: unknown, workspace?: unknown) {
  const { services, problems } = readServices({ user, workspace }, schemes);
  return {
    services,
    ids: services.map((service) => `${service.scope}/${service.id}`),
    problems: problems.map(({ scope, path, detail }) => `${scope} ${path.join('.')}: ${detail.code}`),
    raw: problems,
  };
}

describe('reading latchkey.services', () => {
  it('reads a definition', () => {
    assert.deepEqual(read({ sendgrid: good }).services, [
      {
        id: 'sendgrid',
        name: 'SendGrid',
        baseUrl: 'https://api.sendgrid.com/v3',
        origin: 'https://api.sendgrid.com',
        scheme: 'bearer',
        settings: {},
        test: { method: 'GET', path: '/scopes' },
        verifyTls: true,
        scope: 'user',
      },
    ]);
  });

  it('gives defaults: the id as name, GET of the base URL as test, verified TLS', () => {
    const [service] = read({ a: { baseUrl: 'http://localhost:1', auth: { scheme: 'none' } } }).services;
    assert.deepEqual([service?.name, service?.test, service?.verifyTls], ['a', { method: 'GET', path: '' }, true]);
  });

  it('writes back what it read', () => {
    const definitions = {
      sendgrid: good,
      basic: { name: 'B', baseUrl: 'https://b.example', auth: { scheme: 'basic', username: 'jane' }, verifyTls: false },
      key: { name: 'K', baseUrl: 'https://k.example/x', auth: { scheme: 'apiKey', in: 'query', name: 'api_key' } },
    };
    const { services, problems } = read(definitions);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      Object.fromEntries(services.map((service) => [service.id, serviceToDefinition(service)])),
      definitions,
    );
  });

  const fatal: readonly (readonly [definition: unknown, problem: string])[] = [
    [null, 'x: not-an-object'],
    ['https://api.example.com', 'x: not-an-object'],
    [[good], 'x: not-an-object'],
    [{ ...good, baseUrl: undefined }, 'x: missing-key'],
    [{ ...good, baseUrl: 7 }, 'x.baseUrl: wrong-type'],
    [{ ...good, baseUrl: ' ' }, 'x.baseUrl: empty'],
    [{ ...good, baseUrl: 'api.example.com' }, 'x.baseUrl: bad-base-url'],
    [{ ...good, baseUrl: 'https://u:p@api.example.com' }, 'x.baseUrl: bad-base-url'],
    [{ ...good, auth: undefined }, 'x: missing-key'],
    [{ ...good, auth: 'bearer' }, 'x.auth: not-an-object'],
    [{ ...good, auth: {} }, 'x.auth: missing-key'],
    [{ ...good, auth: { scheme: 'Bearr' } }, 'x.auth.scheme: unknown-scheme'],
    [{ ...good, auth: { scheme: 'basic' } }, 'x.auth: missing-key'],
    [{ ...good, auth: { scheme: 'basic', username: 'a:b' } }, 'x.auth.username: bad-field'],
    [{ ...good, auth: { scheme: 'apiKey', in: 'body', name: 'k' } }, 'x.auth.in: bad-field'],
    [{ ...good, auth: { scheme: 'apiKey', in: 'header', name: 'X Key' } }, 'x.auth.name: bad-field'],
    [{ ...good, auth: { scheme: 'apiKey', in: 'header', name: 'Host' } }, 'x.auth.name: bad-field'],
  ];
  for (const [definition, problem] of fatal) {
    it(`${JSON.stringify(definition)} is a problem and the good one beside it works`, () => {
      const result = read({ x: definition, good });
      assert.deepEqual(result.problems, [`user ${problem}`]);
      assert.deepEqual(result.ids, ['user/good']);
      assert.deepEqual(
        result.raw.map(({ severity }) => severity),
        ['error'],
      );
    });
  }

  const harmless: readonly (readonly [definition: object, problem: string])[] = [
    [{ ...good, name: 3 }, 'x.name: wrong-type'],
    [{ ...good, test: 'scopes' }, 'x.test: bad-test'],
    [{ ...good, verifyTls: 'false' }, 'x.verifyTls: wrong-type'],
    [{ ...good, colour: 'red' }, 'x.colour: unknown-key'],
    [{ ...good, auth: { scheme: 'bearer', realm: 'x' } }, 'x.auth.realm: unknown-key'],
  ];
  for (const [definition, problem] of harmless) {
    it(`${JSON.stringify(definition)} works with a warning`, () => {
      const result = read({ x: definition });
      assert.deepEqual([result.problems, result.ids], [[`user ${problem}`], ['user/x']]);
      assert.equal(result.raw[0]?.severity, 'warning');
      assert.equal(result.services[0]?.verifyTls, true);
    });
  }

  const meant: readonly (readonly [definition: object, meant: string | undefined])[] = [
    [{ ...good, auth: { scheme: 'Bearer' } }, 'bearer'],
    [{ ...good, auth: { scheme: 'api_key' } }, 'apiKey'],
    [{ ...good, auth: { scheme: 'kerberos' } }, undefined],
    [{ ...good, baseurl: 'x' }, 'baseUrl'],
    [{ ...good, base_url: 'x' }, 'baseUrl'],
    [{ ...good, url: 'x' }, 'baseUrl'],
    [{ ...good, auth: { scheme: 'basic', username: 'a', user: 'b' } }, 'username'],
    [{ ...good, colour: 'x' }, undefined],
  ];
  for (const [definition, word] of meant) {
    it(`${JSON.stringify(definition)} suggests ${word ?? 'nothing'}`, () => {
      const detail = read({ x: definition }).raw[0]?.detail;
      assert.ok(detail?.code === 'unknown-key' || detail?.code === 'unknown-scheme');
      assert.equal(detail.meant, word);
    });
  }

  const ids = ['X', 'a b', '', '__proto__', '-a', 'a'.repeat(65)];
  for (const id of ids) {
    it(`the id ${JSON.stringify(id.slice(0, 12))} is a problem with a suggestion`, () => {
      const result = read(JSON.parse(`{${JSON.stringify(id)}: ${JSON.stringify(good)}}`));
      assert.deepEqual(
        result.raw.map(({ detail }) => detail.code),
        ['bad-id'],
      );
      assert.deepEqual(result.ids, []);
    });
  }

  it('names that every object has are ordinary ids', () => {
    assert.deepEqual(read({ constructor: good, tostring: good }).ids, ['user/constructor', 'user/tostring']);
  });

  const whole: readonly unknown[] = [[], 'x', 5, true];
  for (const value of whole) {
    it(`the whole setting as ${JSON.stringify(value)} is one problem`, () =>
      assert.deepEqual(read(value, { good }).problems, ['user : not-an-object']));
  }

  it('an id in both scopes is the workspace’s as a whole, and that is noted', () => {
    const result = read({ a: good, b: good }, { a: { baseUrl: 'https://w.example', auth: { scheme: 'none' } } });
    assert.deepEqual(result.ids, ['user/b', 'workspace/a']);
    assert.deepEqual(result.problems, ['user a: shadowed']);
    assert.equal(result.raw[0]?.severity, 'info');
  });

  it('a broken definition in the workspace does not bring back the user’s', () => {
    const result = read({ a: good }, { a: { baseUrl: 'nonsense' } });
    assert.deepEqual(result.ids, []);
  });

  const secret = newSecret('token');
  const jwt = `${btoa('{"alg":"none"}').replace(/=/g, '')}.${btoa('{"sub":"someone"}').replace(/=/g, '')}.${newSecret('key')}`;
  const leaks: readonly (readonly [definition: object, path: string])[] = [
    [{ ...good, token: secret }, 'x.token'],
    [{ ...good, apiKey: secret }, 'x.apiKey'],
    [{ ...good, auth: { scheme: 'bearer', token: secret } }, 'x.auth.token'],
    [{ ...good, auth: { scheme: 'basic', username: 'jane', password: secret } }, 'x.auth.password'],
    [{ ...good, headers: { Authorization: secret } }, 'x.headers.Authorization'],
    [{ ...good, headers: { 'X-Whatever': `Bearer ${secret}` } }, 'x.headers.X-Whatever'],
    [{ ...good, note: jwt }, 'x.note'],
    [{ ...good, note: `ghp_${secret.slice(3)}` }, 'x.note'],
  ];
  for (const [definition, path] of leaks) {
    it(`a secret at ${path} is named, not shown`, () => {
      const result = read({ x: definition });
      assert.ok(result.problems.includes(`user ${path}: secret-in-settings`), result.problems.join());
      assert.ok(!result.problems.some((line) => line === `user ${path}: unknown-key`));
      assert.deepEqual(result.ids, ['user/x']);
      const said = JSON.stringify(result.raw) + result.raw.map(serviceProblemMessage).join();
      for (const value of [secret, jwt, secret.slice(3)]) assert.ok(!said.includes(value));
      assert.ok(!JSON.stringify(result.services).includes(secret));
    });
  }

  it('an API key called token is a name, not a secret', () => {
    const named = { ...good, auth: { scheme: 'apiKey', in: 'header', name: 'token' } };
    assert.deepEqual(read({ x: named }).problems, []);
  });

  it('never throws, says every problem in words, and gives services that fit', () => {
    const shaped = fc.record(
      {
        name: fc.anything(),
        baseUrl: fc.oneof(fc.webUrl(), fc.anything()),
        auth: fc.oneof(
          fc.anything(),
          fc.record({ scheme: fc.constantFrom('bearer', 'basic', 'apiKey', 'x') }, { requiredKeys: [] }),
        ),
        test: fc.anything(),
        verifyTls: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const setting = fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.oneof(shaped, fc.anything())));
    fc.assert(
      fc.property(setting, setting, (user, workspace) => {
        const { services, problems } = readServices({ user, workspace }, schemes);
        for (const problem of problems) assert.ok(serviceProblemMessage(problem).length > 0);
        for (const { baseUrl, origin } of services) assert.equal(new URL(baseUrl).origin, origin);
      }),
    );
  }).timeout(60_000);
});
