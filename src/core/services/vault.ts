import type { AuthScheme } from '../auth/scheme';
import { originOf } from '../http/origin';
import { containsForm, secretForms } from '../http/secretForms';
import type { Clock, SecretStore } from '../ports';
import { DisposableOwner } from '../util/disposable';
import { Emitter, type Event } from '../util/event';
import { maskOf } from '../util/mask';
import { jwtExpiry } from './jwtExpiry';
import type { Service } from './service';

/** Why the vault could not do what it was asked. `detail` is the store's own message; it holds no secret. */
export interface VaultFailure {
  readonly state: 'failed';
  /** `store`: the secret storage rejected. `corrupted`: what it holds is not what we wrote. */
  readonly code: 'store' | 'corrupted';
  readonly detail?: string;
}

/** What a read gives. The value comes out only for an origin that the secret is bound to. */
export type VaultRead =
  | { readonly state: 'ok'; readonly value: string }
  | { readonly state: 'missing' }
  /** There is a secret, for these origins only. */
  | { readonly state: 'unbound'; readonly origins: readonly string[] }
  | VaultFailure;

export type VaultWrite = { readonly state: 'ok' } | { readonly state: 'missing' } | VaultFailure;

/** What may be shown of a secret. */
export interface SecretDescription {
  readonly field: string;
  /** `ok` and `unbound` as seen from the service's present origin. */
  readonly state: VaultRead['state'];
  /** `••••7Qx2`, or dots alone for a short secret. */
  readonly hint?: string;
  readonly origins?: readonly string[];
  /** When it was entered, milliseconds since the epoch. */
  readonly setAt?: number;
  /** What a JWT says of its own end, in seconds since the epoch. */
  readonly expiresAt?: number;
  readonly failure?: VaultFailure;
}

interface VaultRecord {
  readonly v: 1;
  readonly value: string;
  readonly origins: readonly string[];
  readonly setAt: number;
}

type Id = Pick<Service, 'id'>;

const PREFIX = 'latchkey/secret/';
const keyOf = (service: Id, field: string): string => `${PREFIX}${service.id}/${field}`;

/**
 * The secrets of the services, over SecretStorage. Keeps nothing: every question asks the store, so that windows never
 * disagree, and the keys follow from the service and its fields, so that there is no list to go stale.
 *
 * Two definitions with one id (one in the user's settings, one in a workspace's, or one in each of two repositories)
 * share a key. That is harmless because a secret is bound to the origins it was entered or confirmed for: a definition
 * that comes along with another address gets `unbound`, never the value.
 *
 * No method throws or rejects; a store that does becomes `failed`.
 */
export class Vault extends DisposableOwner {
  readonly #changed = this.register(new Emitter<string>());
  /** The last write under way for each key: a write waits for the one before it. */
  readonly #writing = new Map<string, Promise<unknown>>();

  /** Fires with the service's id when one of its secrets changed, in this window or another. */
  readonly onDidChange: Event<string> = this.#changed.event;

  constructor(
    private readonly secrets: SecretStore,
    private readonly clock: Clock,
    private readonly schemes: readonly AuthScheme[],
  ) {
    super();
    this.register(
      secrets.onDidChange((key) => {
        if (!key.startsWith(PREFIX)) return;
        const [id] = key.slice(PREFIX.length).split('/');
        if (id !== undefined) this.#changed.fire(id);
      }),
    );
  }

  /** The names of the secrets that the service's scheme uses. */
  fields(service: Pick<Service, 'scheme'>): readonly string[] {
    const scheme = this.schemes.find((candidate) => candidate.id === service.scheme);
    return (scheme?.fields ?? []).filter((field) => field.secret).map((field) => field.name);
  }

  /** Stores a secret that the person entered, bound to the service's present origin and to no other. */
  set(service: Pick<Service, 'id' | 'origin'>, field: string, value: string): Promise<VaultWrite> {
    const key = keyOf(service, field);
    return this.#write(key, value, async () => {
      await this.#store(key, { v: 1, value, origins: [service.origin], setAt: this.clock.now() });
      return { state: 'ok' };
    });
  }

  /** The secret, if it is bound to this origin (as `originOf` writes it). */
  async read(service: Id, field: string, origin: string): Promise<VaultRead> {
    const found = await this.#load(keyOf(service, field));
    if (found.state !== 'ok') return found;
    const { value, origins } = found.record;
    return origins.includes(origin) ? { state: 'ok', value } : { state: 'unbound', origins };
  }

  /** What may be shown of each secret of the service, seen from its present origin. */
  async describe(service: Pick<Service, 'id' | 'origin' | 'scheme'>): Promise<readonly SecretDescription[]> {
    return Promise.all(this.fields(service).map((field) => this.#describe(service, field)));
  }

  /** Lets a stored secret go to one origin more. Only after the person has confirmed exactly that. */
  bind(service: Id, field: string, origin: string): Promise<VaultWrite> {
    const key = keyOf(service, field);
    return this.#write(key, undefined, async () => {
      const found = await this.#load(key);
      if (found.state !== 'ok') return found;
      const { record } = found;
      if (originOf(origin) === origin && !record.origins.includes(origin))
        await this.#store(key, { ...record, origins: [...record.origins, origin] });
      return { state: 'ok' };
    });
  }

  /** Deletes every secret of this service, also those of a scheme it used earlier. */
  async forget(service: Id): Promise<VaultWrite> {
    const fields = new Set(this.schemes.flatMap((scheme) => this.fields({ scheme: scheme.id })));
    const results = await Promise.all(
      [...fields].map((field) => {
        const key = keyOf(service, field);
        return this.#write(key, undefined, async () => {
          await this.secrets.delete(key);
          return { state: 'ok' };
        });
      }),
    );
    return results.find((result) => result.state === 'failed') ?? { state: 'ok' };
  }

  async #describe(service: Pick<Service, 'id' | 'origin'>, field: string): Promise<SecretDescription> {
    const found = await this.#load(keyOf(service, field));
    if (found.state === 'missing') return { field, state: 'missing' };
    if (found.state === 'failed') return { field, state: 'failed', failure: found };
    const { value, origins, setAt } = found.record;
    return {
      field,
      state: origins.includes(service.origin) ? 'ok' : 'unbound',
      hint: maskOf(value),
      origins,
      setAt,
      expiresAt: jwtExpiry(value),
    };
  }

  async #store(key: string, record: VaultRecord): Promise<void> {
    await this.secrets.set(key, JSON.stringify(record));
  }

  async #load(
    key: string,
  ): Promise<{ readonly state: 'ok'; readonly record: VaultRecord } | { readonly state: 'missing' } | VaultFailure> {
    let text: string | undefined;
    try {
      text = await this.secrets.get(key);
    } catch (error) {
      return storeFailure(error, undefined);
    }
    if (text === undefined) return { state: 'missing' };
    const record = readRecord(text);
    return record === undefined ? { state: 'failed', code: 'corrupted' } : { state: 'ok', record };
  }

  /** Runs one change of a key after those before it, in the order in which they were asked for. */
  async #write(key: string, secret: string | undefined, change: () => Promise<VaultWrite>): Promise<VaultWrite> {
    const before = this.#writing.get(key) ?? Promise.resolve();
    const mine = before.then(change).catch((error: unknown) => storeFailure(error, secret));
    this.#writing.set(key, mine);
    const result = await mine;
    if (this.#writing.get(key) === mine) this.#writing.delete(key);
    return result;
  }
}

/** Reads what `#store` wrote. The parser's own error quotes the text, so it goes no further. */
function readRecord(text: string): VaultRecord | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null) return undefined;
  const { v, value, origins, setAt } = json as Partial<Record<keyof VaultRecord, unknown>>;
  if (v !== 1 || typeof value !== 'string' || value === '' || typeof setAt !== 'number') return undefined;
  if (!Array.isArray(origins) || !origins.every((origin): origin is string => typeof origin === 'string'))
    return undefined;
  return { v, value, origins, setAt };
}

/** The store's message helps (a locked keyring says so), unless it repeats what was to be stored. */
function storeFailure(error: unknown, secret: string | undefined): VaultFailure {
  const message = error instanceof Error ? error.message : undefined;
  const quotes = message !== undefined && secret !== undefined && containsForm(message, secretForms(secret));
  if (message === undefined || message === '' || quotes) return { state: 'failed', code: 'store' };
  return { state: 'failed', code: 'store', detail: message.replace(/\s+/g, ' ').slice(0, 200) };
}
