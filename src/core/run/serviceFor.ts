import { originOf } from '../http/origin';
import type { RequestNode } from '../language/ast';
import { directivesOf } from '../language/requestDirectives';
import type { ParsedDocument } from '../language/problems';
import type { Dynamic } from '../language/resolution';
import { resolveRequest } from '../language/resolve';
import type { ServiceRegistry } from '../services/registry';
import type { Service } from '../services/service';
import { prepareRequest } from './prepare';

/** Which service a request would use if it were sent now; what the CodeLens shows. */
export type ServiceFinding =
  | { readonly kind: 'service'; readonly service: Service }
  /** Nothing is attached because the request says so. */
  | { readonly kind: 'no-auth' }
  /** The request carries a credential of its own, which wins over the service. */
  | { readonly kind: 'written'; readonly service?: Service }
  /** `# @service` names one that is not there. */
  | { readonly kind: 'unknown-service'; readonly id: string }
  | { readonly kind: 'none'; readonly origin: string }
  /** The address cannot be told yet: a variable has no value, or the request is not complete. */
  | { readonly kind: 'unresolved' };

/** Finds the service of a request without sending anything and without asking the vault. Never throws. */
export function serviceFor(
  parsed: ParsedDocument,
  request: RequestNode,
  services: ServiceRegistry,
  dynamic: Dynamic,
): ServiceFinding {
  const directives = directivesOf(parsed, request);
  const named = directives.service === undefined ? undefined : services.get(directives.service);
  if (directives.service !== undefined && !named) return { kind: 'unknown-service', id: directives.service };
  const resolved = resolveRequest(parsed, request, { dynamic }).request;
  if (!resolved) {
    // The address may not be known yet, but a service that is named is.
    if (directives.noAuth) return { kind: 'no-auth' };
    return named ? { kind: 'service', service: named } : { kind: 'unresolved' };
  }
  const { service, unsigned, url } = prepareRequest(resolved, services, 'attach');
  if (unsigned === 'no-auth-directive') return { kind: 'no-auth' };
  if (unsigned === 'written-in-request') return { kind: 'written', service };
  if (service) return { kind: 'service', service };
  const origin = originOf(url);
  return origin === undefined ? { kind: 'unresolved' } : { kind: 'none', origin };
}
