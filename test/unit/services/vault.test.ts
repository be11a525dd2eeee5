import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { schemes } from '../../../src/core/auth/schemes';
import type { Service } from '../../../src/core/services/service';
import { Vault } from '../../../src/core/services/vault';
import { newSecret } from '../../rig/secrets';
import { memorySecrets, settableClock, throwingSecrets, type MemorySecretStore } from '../support/ports';

const origin = 'https://api.example.com';
const other = 'https://evil.example';
const service: Pick<Service, 'id' | 'origin' | 'scheme'> = { id: 'demo', origin, scheme: 'bearer' };
const key = 'latchkey/secret/demo/token';

function open(secrets: MemorySecretStore = memorySecrets()) {
  const clock = settableClock(1_000);
  return { secrets, clock, vault: new Vault(secrets, clock, schemes) };
}

describe('vault', () => {
  it('gives a secret to the origin it was entered for, and to no other', async () => {
    const { vault } = open();
    const value = newSecret('token');
    assert.deepEqual(await vault.read(service, 'token', origin), { state: 'missing' });
    assert.deepEqual(await vault.set(service, 'token', value), { state: 'ok' });
    assert.deepEqual(await vault.read(service, 'token', origin), { state: 'ok', value });
    const strangers = [
      other,
      'http://api.example.com',
      `${origin}:8443`,
      `${origin}.evil.example`,
      '',
      'null',
      `${origin}/`,
    ];
    for (const stranger of strangers) {
      const read = await vault.read(service, 'token', stranger);
      assert.deepEqual(read, { state: 'unbound', origins: [origin] }, stranger);
    }
  });

  it('a definition that comes along with the same id and another address gets nothing until the person confirms', async () => {
    const { vault } = open();
    const value = newSecret('token');
    await vault.set(service, 'token', value);
    const cloned = { ...service, origin: other };
    assert.equal((await vault.read(cloned, 'token', cloned.origin)).state, 'unbound');
    const [described] = await vault.describe(cloned);
    assert.equal(described?.state, 'unbound');
    assert.deepEqual(await vault.bind(service, 'token', other), { state: 'ok' });
    assert.deepEqual(await vault.read(cloned, 'token', other), { state: 'ok', value });
    assert.equal((await vault.read(service, 'token', origin)).state, 'ok');
  });

  it('entering a secret again binds it to the present origin alone', async () => {
    const { vault } = open();
    await vault.set(service, 'token', newSecret());
    await vault.bind(service, 'token', other);
    await vault.set(service, 'token', newSecret());
    assert.equal((await vault.read(service, 'token', other)).state, 'unbound');
  });

  const strange = ['https://evil.example/path', 'evil.example', '*', '', 'HTTPS://EVIL.EXAMPLE', 'file:///'];
  for (const text of strange) {
    it(`binds to nothing that is no origin: ${JSON.stringify(text)}`, async () => {
      const { vault, secrets } = open();
      await vault.set(service, 'token', newSecret());
      const before = secrets.content.get(key);
      await vault.bind(service, 'token', text);
      assert.equal(secrets.content.get(key), before);
    });
  }

  it('binding what is not there stores nothing', async () => {
    const { vault, secrets } = open();
    assert.deepEqual(await vault.bind(service, 'token', other), { state: 'missing' });
    assert.equal(secrets.content.size, 0);
  });

  it('forgets the secrets of every scheme the service had', async () => {
    const { vault, secrets } = open();
    await vault.set(service, 'token', newSecret());
    await vault.set({ ...service }, 'password', newSecret('password'));
    await vault.set({ id: 'demo2', origin }, 'token', newSecret());
    assert.deepEqual(await vault.forget(service), { state: 'ok' });
    assert.deepEqual([...secrets.content.keys()], ['latchkey/secret/demo2/token']);
  });

  const damage: readonly ((value: string) => string)[] = [
    (value) => value,
    (value) => `"${value}"`,
    (value) => `{"v":1,"value":"${value}"`,
    (value) => JSON.stringify({ v: 2, value, origins: [origin], setAt: 1 }),
    (value) => JSON.stringify({ v: 1, value, origins: origin, setAt: 1 }),
    (value) => JSON.stringify({ v: 1, value, origins: [7], setAt: 1 }),
    (value) => JSON.stringify({ v: 1, value: [value], origins: [origin], setAt: 1 }),
    () => JSON.stringify({ v: 1, value: '', origins: [origin], setAt: 1 }),
    () => '',
    () => 'null',
  ];
  damage.forEach((make, index) => {
    it(`a damaged record is a failure that shows nothing of it (${index + 1})`, async () => {
      const value = newSecret('token');
      const { vault } = open(memorySecrets({ [key]: make(value) }));
      assert.deepEqual(await vault.read(service, 'token', origin), { state: 'failed', code: 'corrupted' });
      const described = await vault.describe(service);
      assert.equal(described[0]?.state, 'failed');
      assert.ok(!JSON.stringify(described).includes(value));
      assert.equal((await vault.set(service, 'token', value)).state, 'ok');
      assert.equal((await vault.read(service, 'token', origin)).state, 'ok');
    });
  });

  it('a store that throws is a failure with its message, on every way', async () => {
    const { vault } = open(throwingSecrets(new Error('the keyring\n is locked')));
    const failed = { state: 'failed', code: 'store', detail: 'the keyring is locked' };
    assert.deepEqual(await vault.read(service, 'token', origin), failed);
    assert.deepEqual(await vault.set(service, 'token', newSecret()), failed);
    assert.deepEqual(await vault.bind(service, 'token', other), failed);
    assert.deepEqual(await vault.forget(service), failed);
    assert.deepEqual((await vault.describe(service))[0], { field: 'token', state: 'failed', failure: failed });
  });

  it('a store whose message repeats what was to be stored is not quoted', async () => {
    const value = newSecret('token');
    const password = newSecret('password');
    const { vault } = open(throwingSecrets(new Error(`cannot store ${value} or ${JSON.stringify(password)}`)));
    assert.deepEqual(await vault.set(service, 'token', value), { state: 'failed', code: 'store' });
    assert.deepEqual(await vault.set(service, 'password', password), { state: 'failed', code: 'store' });
  });

  it('works again after a failure', async () => {
    const { vault, secrets } = open(throwingSecrets());
    const value = newSecret();
    await vault.set(service, 'token', value);
    secrets.failWith(undefined);
    assert.equal((await vault.set(service, 'token', value)).state, 'ok');
    assert.deepEqual(await vault.read(service, 'token', origin), { state: 'ok', value });
  });

  it('describes by hint, time and the end a JWT names, and never by value', async () => {
    const { vault, clock } = open();
    const jwt = [{ alg: 'HS256' }, { exp: 1_767_225_600 }].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const value = `${jwt.join('.')}.${newSecret('key')}`;
    clock.set(42_000);
    await vault.set(service, 'token', value);
    const described = await vault.describe(service);
    assert.deepEqual(described, [
      {
        field: 'token',
        state: 'ok',
        hint: `••••${value.slice(-4)}`,
        origins: [origin],
        setAt: 42_000,
        expiresAt: 1_767_225_600,
      },
    ]);
  });

  const hints: readonly (readonly [value: string, hint: string])[] = [
    [newSecret('key').slice(0, 15), '••••'],
    ['a', '••••'],
    ['0123456789abWXYZ', '••••WXYZ'],
    ['0123456789ab…äöü', '••••'],
    ['0123456789ab Z\n9', '••••'],
  ];
  for (const [value, hint] of hints) {
    it(`the hint of ${value.length} characters is ${hint}`, async () => {
      const { vault } = open();
      await vault.set(service, 'token', value);
      assert.equal((await vault.describe(service))[0]?.hint, hint);
    });
  }

  it('asks the store each time and keeps nothing', async () => {
    const { vault, secrets } = open();
    const value = newSecret();
    await vault.set(service, 'token', newSecret());
    secrets.setElsewhere(key, JSON.stringify({ v: 1, value, origins: [origin], setAt: 5 }));
    assert.deepEqual(await vault.read(service, 'token', origin), { state: 'ok', value });
    secrets.setElsewhere(key, undefined);
    assert.deepEqual(await vault.read(service, 'token', origin), { state: 'missing' });
  });

  it('tells the id of the service that changed, also from another window, and nothing of other keys', async () => {
    const { vault, secrets } = open();
    const heard: string[] = [];
    vault.onDidChange((id) => heard.push(id));
    await vault.set(service, 'token', newSecret());
    secrets.setElsewhere('latchkey/secret/a.b-c_d/key', 'x');
    secrets.setElsewhere('something/else', 'x');
    await vault.forget(service);
    assert.deepEqual(heard, ['demo', 'a.b-c_d', 'demo']);
  });

  it('changes of one secret happen in the order in which they were asked for', async () => {
    const { vault, secrets } = open();
    const last = newSecret();
    await Promise.all([
      vault.set(service, 'token', newSecret()),
      vault.forget(service),
      vault.set(service, 'token', last),
      vault.bind(service, 'token', other),
    ]);
    assert.deepEqual(await vault.read(service, 'token', other), { state: 'ok', value: last });
    await Promise.all([vault.bind(service, 'token', 'https://third.example'), vault.forget(service)]);
    assert.equal(secrets.content.size, 0);
  });
});
