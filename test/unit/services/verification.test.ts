import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { schemes } from '../../../src/core/auth/schemes';
import type { Service } from '../../../src/core/services/service';
import { Vault } from '../../../src/core/services/vault';
import { Verification } from '../../../src/core/services/verification';
import { newSecret } from '../../rig/secrets';
import { memorySecrets, memoryStore, settableClock } from '../support/ports';

const service: Service = {
  id: 'demo',
  name: 'Demo',
  baseUrl: 'https://api.example.com/v1',
  origin: 'https://api.example.com',
  scheme: 'apiKey',
  settings: { in: 'header', name: 'X-Key' },
  test: { method: 'GET', path: '' },
  verifyTls: true,
  scope: 'user',
};

/** A vault with a secret entered at 1000, and a verification over a store. */
async function verified() {
  const secrets = memorySecrets();
  const clock = settableClock(1_000);
  const store = memoryStore();
  const vault = new Vault(secrets, clock, schemes);
  await vault.set(service, 'key', newSecret('key'));
  const verification = new Verification(store, vault);
  await verification.note(service, { startedAt: 2_000, at: 2_100, ok: true });
  const state = async (of: Service = service) => (await verification.status(of)).state;
  return { secrets, clock, store, vault, verification, state };
}

describe('verification', () => {
  it('is untested, verified, failed with its cause, and remembers the last success', async () => {
    const { verification, state } = await verified();
    assert.deepEqual(await state(), { kind: 'verified', at: 2_100 });
    await verification.note(service, { startedAt: 3_000, at: 3_100, ok: false, cause: 'credential-expired' });
    assert.deepEqual(await state(), { kind: 'failed', at: 3_100, cause: 'credential-expired' });
    assert.equal((await verification.status(service)).lastVerifiedAt, 2_100);
    await verification.forget('demo');
    assert.deepEqual(await state(), { kind: 'untested' });
  });

  const changes: readonly (readonly [what: string, changed: Service, state: string])[] = [
    ['the name', { ...service, name: 'Other' }, 'verified'],
    ['the test', { ...service, test: { method: 'GET', path: '/x' } }, 'verified'],
    ['the path of the base URL', { ...service, baseUrl: 'https://api.example.com/v2' }, 'untested'],
    ['a setting', { ...service, settings: { in: 'header', name: 'X-Other' } }, 'untested'],
    ['the place of the key', { ...service, settings: { in: 'query', name: 'X-Key' } }, 'untested'],
    ['the scheme', { ...service, scheme: 'none', settings: {} }, 'untested'],
    ['the origin', { ...service, baseUrl: 'https://b.example/v1', origin: 'https://b.example' }, 'unbound'],
    ['the scheme to one with another secret', { ...service, scheme: 'bearer', settings: {} }, 'no-secret'],
    ['the id', { ...service, id: 'other' }, 'no-secret'],
  ];
  for (const [what, changed, kind] of changes) {
    it(`after a change of ${what} it is ${kind}`, async () =>
      assert.equal((await (await verified()).state(changed)).kind, kind));
  }

  it('the order of the settings is no change', async () => {
    const { state } = await verified();
    assert.equal((await state({ ...service, settings: { name: 'X-Key', in: 'header' } })).kind, 'verified');
  });

  it('another secret is untested, also when another window entered it', async () => {
    const { clock, secrets, store, state } = await verified();
    clock.set(5_000);
    const elsewhere = new Vault(secrets, clock, schemes);
    await elsewhere.set(service, 'key', newSecret('key'));
    assert.deepEqual(await state(), { kind: 'untested' });
    await new Verification(store, elsewhere).note(service, { startedAt: 6_000, at: 6_100, ok: true });
    assert.deepEqual(await state(), { kind: 'verified', at: 6_100 });
  });

  it('a secret that was replaced while the request ran is not verified by it', async () => {
    const { clock, vault, verification, state } = await verified();
    clock.set(7_000);
    await vault.set(service, 'key', newSecret('key'));
    await verification.note(service, { startedAt: 6_900, at: 7_100, ok: true });
    assert.deepEqual(await state(), { kind: 'untested' });
  });

  it('no secret, and a vault that fails, are states', async () => {
    const { vault, secrets, state } = await verified();
    await vault.forget(service);
    assert.deepEqual(await state(), { kind: 'no-secret', field: 'key' });
    secrets.failWith(new Error('locked'), 'get');
    const failed = await state();
    assert.ok(failed.kind === 'vault-failed' && failed.failure.detail === 'locked');
  });

  it('what is stored holds no secret, and what it did not store it does not believe', async () => {
    const { store, secrets, state } = await verified();
    const value = (JSON.parse([...secrets.content.values()][0] ?? '') as { value: string }).value;
    assert.ok(![...store.content.values()].join().includes(value));
    for (const junk of ['x', null, 5, [], { at: 'x' }]) {
      await store.set('latchkey/verification/demo', junk);
      assert.deepEqual(await state(), { kind: 'untested' });
    }
  });
});
