import type { Store } from '../ports';
import type { Service } from './service';
import type { SecretDescription, Vault, VaultFailure } from './vault';

/** How a test or a send of a service went. Times are milliseconds since the epoch. */
export interface Outcome {
  /** When the request began: a secret that was entered later is not what was tested. */
  readonly startedAt: number;
  readonly at: number;
  readonly ok: boolean;
  /** Code of the first cause, where it failed. */
  readonly cause?: string;
}

/** What the view and the CodeLens say of a service. */
export type ServiceState =
  | { readonly kind: 'no-secret'; readonly field: string }
  | { readonly kind: 'unbound'; readonly field: string; readonly origins: readonly string[] }
  | { readonly kind: 'vault-failed'; readonly field: string; readonly failure: VaultFailure }
  | { readonly kind: 'untested' }
  | { readonly kind: 'verified'; readonly at: number }
  | { readonly kind: 'failed'; readonly at: number; readonly cause?: string };

export interface ServiceStatus {
  readonly state: ServiceState;
  readonly secrets: readonly SecretDescription[];
  /** When the service last answered well with this secret and this definition. */
  readonly lastVerifiedAt?: number;
}

interface Entry extends Outcome {
  /** What was tested: address, scheme, settings, and when each secret was entered. */
  readonly subject: string;
  readonly verifiedAt?: number;
}

const keyOf = (id: string): string => `latchkey/verification/${id}`;

/**
 * Remembers how each service answered last. An outcome counts only for what it was made with: when the address, the
 * scheme, a setting or a secret changes, also in another window, it no longer fits and the service is untested again.
 * Nothing is kept in memory, because the store has no event.
 */
export class Verification {
  constructor(
    private readonly store: Store,
    private readonly vault: Vault,
  ) {}

  /** Remembers an outcome, unless a secret was replaced while the request was under way. Rejects when the store does. */
  async note(service: Service, outcome: Outcome): Promise<void> {
    const secrets = await this.vault.describe(service);
    if (secrets.some((secret) => (secret.setAt ?? 0) > outcome.startedAt)) return;
    const subject = subjectOf(service, secrets);
    const before = this.#entry(service.id, subject);
    const { startedAt, at, ok, cause } = outcome;
    const verifiedAt = ok ? at : before?.verifiedAt;
    await this.store.set(keyOf(service.id), { subject, startedAt, at, ok, cause, verifiedAt } satisfies Entry);
  }

  /** The state of a service now. Never rejects: a vault that fails is a state. */
  async status(service: Service): Promise<ServiceStatus> {
    const secrets = await this.vault.describe(service);
    const entry = this.#entry(service.id, subjectOf(service, secrets));
    return { state: stateOf(secrets, entry), secrets, lastVerifiedAt: entry?.verifiedAt };
  }

  /** Drops what is remembered of a service. */
  async forget(id: string): Promise<void> {
    await this.store.set(keyOf(id), undefined);
  }

  #entry(id: string, subject: string): Entry | undefined {
    const entry = this.store.get(keyOf(id)) as Partial<Entry> | undefined | null;
    if (typeof entry !== 'object' || entry === null || entry.subject !== subject) return undefined;
    const { at, ok, startedAt, cause, verifiedAt } = entry;
    if (typeof at !== 'number' || typeof ok !== 'boolean' || typeof startedAt !== 'number') return undefined;
    return {
      subject,
      startedAt,
      at,
      ok,
      cause: typeof cause === 'string' ? cause : undefined,
      verifiedAt: typeof verifiedAt === 'number' ? verifiedAt : undefined,
    };
  }
}

function subjectOf(service: Service, secrets: readonly SecretDescription[]): string {
  const settings = Object.entries(service.settings).sort(([a], [b]) => (a < b ? -1 : 1));
  const entered = secrets.map(({ field, setAt }) => [field, setAt ?? null]);
  return JSON.stringify([service.baseUrl, service.scheme, settings, entered]);
}

function stateOf(secrets: readonly SecretDescription[], entry: Entry | undefined): ServiceState {
  for (const { field, state, origins, failure } of secrets) {
    if (failure !== undefined) return { kind: 'vault-failed', field, failure };
    if (state === 'missing') return { kind: 'no-secret', field };
    if (state === 'unbound') return { kind: 'unbound', field, origins: origins ?? [] };
  }
  if (entry === undefined) return { kind: 'untested' };
  return entry.ok ? { kind: 'verified', at: entry.at } : { kind: 'failed', at: entry.at, cause: entry.cause };
}
