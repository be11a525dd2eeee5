import type { Facts } from './facts';
import type { Fix } from './fix';

/*
 * Fixes that several rules offer. Each looks at who sent the credential: a secret of a service is changed in the vault,
 * one that stands in the request is changed there.
 */

/** Enter the secret that was used anew, or change the text in the request that carried it. */
export function replaceSecret(facts: Facts): Fix {
  const { service } = facts.evidence;
  const use = facts.credential?.use;
  const id = use?.service ?? (facts.carried.length === 0 ? service?.id : undefined);
  if (id === undefined) return { kind: 'editRequest', at: 'authorization' };
  const field = use?.field ?? service?.scheme.fields.find(({ secret }) => secret)?.name ?? 'token';
  return { kind: 'setSecret', service: id, field, replace: use !== undefined };
}

/** Change how the service authenticates, or the header in the request. */
export function changeScheme(facts: Facts): Fix {
  const { service } = facts.evidence;
  const id = facts.credential?.use?.service ?? (facts.carried.length === 0 ? service?.id : undefined);
  return id === undefined
    ? { kind: 'editRequest', at: 'authorization' }
    : { kind: 'editService', service: id, at: 'auth' };
}

/** Correct the address: of the service, or in the request. */
export function changeAddress(facts: Facts): Fix {
  const { service } = facts.evidence;
  return service ? { kind: 'editService', service: service.id, at: 'baseUrl' } : { kind: 'editRequest', at: 'url' };
}

/** What gives a request its first credential, by the reason why it had none. */
export function attachCredential(facts: Facts): readonly Fix[] {
  const { unsigned, service } = facts.evidence;
  const origin = facts.url?.origin ?? '';
  const secret = service?.scheme.fields.find((field) => field.secret)?.name;
  const set: readonly Fix[] =
    service && secret !== undefined
      ? [{ kind: 'setSecret', service: service.id, field: secret, replace: false }]
      : service
        ? [{ kind: 'editService', service: service.id, at: 'auth' }]
        : [{ kind: 'addService', baseUrl: origin }];
  switch (unsigned) {
    case 'no-auth-directive':
      return [{ kind: 'editRequest', at: 'noAuthDirective' }];
    case 'left-out-once':
      return [{ kind: 'sendAgain' }];
    case 'scheme-none':
      return service ? [{ kind: 'editService', service: service.id, at: 'auth' }] : set;
    case 'written-in-request':
      return [{ kind: 'editRequest', at: 'authorization' }];
    case 'no-service':
      return [{ kind: 'addService', baseUrl: origin }];
    case undefined:
      return set;
  }
}
