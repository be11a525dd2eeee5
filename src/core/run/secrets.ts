import { schemeById } from '../auth/schemes';
import type { Service } from '../services/service';
import type { Vault } from '../services/vault';
import type { RunOutcome } from './outcome';
import { fieldOf, type Prepared, type SecretName } from './prepare';

/** The secrets a request needs, or what stands in the way. */
export type Gathered =
  | { readonly kind: 'ready'; readonly secretOf: (name: SecretName) => string }
  | { readonly kind: 'stopped'; readonly outcome: RunOutcome };

/**
 * Takes from the vault what the request needs, for the request's own origin and no other. Stops at the first thing only
 * the person can decide: a missing secret, an origin the secret was not entered for, a store that does not answer.
 */
export async function gatherSecrets(
  prepared: Prepared,
  vault: Vault,
  serviceOf: (id: string) => Service | undefined,
): Promise<Gathered> {
  const found = new Map<string, string>();
  const origins = [prepared.origin, ...prepared.hostOrigins];
  for (const { service, fields } of wanted(prepared, serviceOf)) {
    const missing: string[] = [];
    const unbound: string[] = [];
    let boundTo: readonly string[] = [];
    let origin = prepared.origin;
    for (const field of fields) {
      let read = await vault.read(service, field, prepared.origin);
      for (const other of prepared.hostOrigins) {
        if (read.state !== 'ok') break;
        origin = other;
        read = await vault.read(service, field, other);
      }
      if (read.state === 'ok') found.set(keyOf({ service: service.id, field }), read.value);
      else if (read.state === 'missing') missing.push(field);
      else if (read.state === 'unbound') {
        unbound.push(field);
        boundTo = read.origins;
      } else {
        const detail = read.detail ?? read.code;
        return { kind: 'stopped', outcome: { kind: 'vaultFailed', service, field, detail } };
      }
    }
    // A secret that was never entered is asked for before one that only has to be confirmed.
    if (missing.length > 0) {
      // What is entered now is bound to the service's own address, which must then be where the request goes.
      const foreign = origins.find((each) => each !== service.origin);
      if (foreign !== undefined) {
        const boundTo = [service.origin];
        const outcome: RunOutcome = { kind: 'originUnconfirmed', service, fields: missing, origin: foreign, boundTo };
        return { kind: 'stopped', outcome };
      }
      return { kind: 'stopped', outcome: { kind: 'secretMissing', service, fields: missing } };
    }
    if (unbound.length > 0) {
      return { kind: 'stopped', outcome: { kind: 'originUnconfirmed', service, fields: unbound, origin, boundTo } };
    }
  }
  return { kind: 'ready', secretOf: (name) => found.get(keyOf(name)) ?? '' };
}

const keyOf = ({ service, field }: SecretName): string => `${service}/${field}`;

/** Each service with the fields that are needed of it: the scheme's own, and those placed by hand. */
function wanted(
  { service, unsigned, resolved }: Prepared,
  serviceOf: (id: string) => Service | undefined,
): readonly { readonly service: Service; readonly fields: readonly string[] }[] {
  const fields = new Map<Service, Set<string>>();
  const want = (owner: Service, field: string): void => {
    const set = fields.get(owner) ?? new Set();
    fields.set(owner, set.add(field));
  };
  if (service && !unsigned) {
    const own = (schemeById(service.scheme)?.fields ?? []).filter((field) => field.secret && !field.optional);
    for (const field of own) want(service, field.name);
  }
  for (const reference of resolved.credentials) {
    const owner = serviceOf(reference.service);
    const field = owner && fieldOf(reference, owner);
    if (owner && field !== undefined) want(owner, field);
  }
  return [...fields].map(([owner, set]) => ({ service: owner, fields: [...set] }));
}
