import { credentialWritten, writtenSecrets } from '../auth/written';
import { schemeById } from '../auth/schemes';
import type { AuthScheme, Placement, SecretUse, SignContext, Signed } from '../auth/scheme';
import { getHeaders, type Headers } from '../http/headers';
import type { HttpRequest } from '../http/message';
import { originOf } from '../http/origin';
import { placeCredentials } from '../language/credentials';
import type { CredentialReference, ResolvedRequest } from '../language/resolution';
import type { ServiceRegistry } from '../services/registry';
import type { Service } from '../services/service';
import { testUrl } from '../services/service';
import type { Unsigned } from './outcome';

/** A request with its address, and what is to be attached to it: everything but the secrets themselves. */
export interface Prepared {
  readonly method: string;
  /** Absolute; credential references are still markers in it. */
  readonly url: string;
  readonly origin: string;
  /**
   * The origin that each written `Host` header names, where it is not `origin`: a server that many share goes by that
   * name (RFC 9110 section 7.2), so a secret has to be bound to it as well.
   */
  readonly hostOrigins: readonly string[];
  readonly resolved: Pick<ResolvedRequest, 'headers' | 'body' | 'credentials'>;
  /** The service of the address: gives the credential, the TLS setting and the name in the panel. */
  readonly service?: Service;
  readonly scheme?: AuthScheme;
  /** Why the scheme does not sign, where it does not. */
  readonly unsigned?: Unsigned;
  readonly timeoutMs?: number;
  readonly followRedirects?: boolean;
}

/** Finds the service of a request: the one it names, else the one of its address (product rule 1 and 2). */
export function prepareRequest(
  written: ResolvedRequest,
  services: ServiceRegistry,
  credentials: 'attach' | 'leave-out',
): Prepared {
  const resolved = credentials === 'leave-out' ? withoutCredentials(written) : written;
  const { directives, target } = resolved;
  const named = directives.service === undefined ? undefined : services.get(directives.service);
  const url = target.startsWith('/') && named ? named.baseUrl + target : target;
  // A service named for the whole file gives its credential to its own address only; others find their own service.
  const foreign = named !== undefined && directives.serviceFrom === 'file' && originOf(url) !== named.origin;
  const service = named && !foreign ? named : services.match(url)?.service;
  const request: HttpRequest = { method: resolved.method, url, headers: resolved.headers, body: resolved.body };
  const scheme = service && schemeById(service.scheme);
  return {
    method: resolved.method,
    url,
    origin: originOf(url) ?? '',
    hostOrigins: hostOrigins(url, resolved.headers),
    resolved,
    service,
    scheme,
    unsigned: whyUnsigned(request, service, scheme, directives.noAuth, credentials),
    timeoutMs: directives.timeoutMs,
    followRedirects: directives.followRedirects,
  };
}

/** The test request of a service: its address with the method and path it names. */
export function prepareTest(service: Service, credentials: 'attach' | 'leave-out'): Prepared {
  const scheme = schemeById(service.scheme);
  const { method } = service.test;
  const url = testUrl(service);
  const request: HttpRequest = { method, url, headers: [] };
  return {
    method,
    url,
    origin: service.origin,
    hostOrigins: [],
    resolved: { headers: [], credentials: [] },
    service,
    scheme,
    unsigned: whyUnsigned(request, service, scheme, false, credentials),
  };
}

/** The request without the credentials placed by hand: the header or parameter that holds one goes, elsewhere only the value. */
function withoutCredentials(resolved: ResolvedRequest): ResolvedRequest {
  const markers = resolved.credentials.map((reference) => reference.marker);
  if (markers.length === 0) return resolved;
  const holds = (text: string): boolean => markers.some((marker) => text.includes(marker));
  const emptied = (text: string): string => markers.reduce((rest, marker) => rest.replaceAll(marker, ''), text);
  const [path = '', ...query] = resolved.target.split('?');
  const kept = query
    .join('?')
    .split('&')
    .filter((parameter) => parameter !== '' && !holds(parameter));
  return {
    ...resolved,
    target: emptied(path) + (kept.length > 0 ? `?${kept.join('&')}` : ''),
    headers: resolved.headers.filter(({ value }) => !holds(value)),
    body:
      resolved.body &&
      new TextEncoder().encode(emptied(new TextDecoder('utf-8', { ignoreBOM: true }).decode(resolved.body))),
    credentials: [],
  };
}

function hostOrigins(url: string, headers: Headers): readonly string[] {
  const origin = originOf(url);
  const scheme = origin?.split('://', 1)[0] ?? '';
  const named = getHeaders(headers, 'Host').map((host) => {
    const text = `${scheme}://${host}`;
    return (/[\s/?#@\\]/.test(host) ? undefined : originOf(text)) ?? text;
  });
  return [...new Set(named)].filter((each) => each !== origin);
}

function whyUnsigned(
  request: HttpRequest,
  service: Service | undefined,
  scheme: AuthScheme | undefined,
  noAuth: boolean,
  credentials: 'attach' | 'leave-out',
): Unsigned | undefined {
  if (credentials === 'leave-out') return 'left-out-once';
  if (noAuth) return 'no-auth-directive';
  const placements = service && scheme ? scheme.placements(service.settings) : [authorization];
  if (credentialWritten(request, placements)) return 'written-in-request';
  if (!service || !scheme) return 'no-service';
  return scheme.fields.some((field) => field.secret) ? undefined : 'scheme-none';
}

const authorization: Placement = { in: 'header', name: 'Authorization' };

/** Names of a secret: a field of a service. */
export interface SecretName {
  readonly service: string;
  readonly field: string;
}

/** The field that `{{$auth.token("id")}}` means: the first secret of the service's scheme. */
export function fieldOf(reference: CredentialReference, service: Service): string | undefined {
  return reference.field ?? schemeById(service.scheme)?.fields.find((field) => field.secret)?.name;
}

/** The request with the placed credentials in it, and the function that attaches the scheme's own on each hop. */
export function assemble(
  prepared: Prepared,
  secretOf: (name: SecretName) => string,
  serviceOf: (id: string) => Service,
): { readonly request: HttpRequest; readonly sign: (request: HttpRequest) => Promise<Signed> } {
  const { method, url, resolved, service, scheme, unsigned } = prepared;
  const nameOf = (reference: CredentialReference): SecretName => ({
    service: reference.service,
    field: fieldOf(reference, serviceOf(reference.service)) ?? '',
  });
  const { target, headers, body, placed } = placeCredentials({ ...resolved, target: url }, (reference) =>
    secretOf(nameOf(reference)),
  );
  const request: HttpRequest = { method, url: target, headers, body };
  const byHand = placed.map(({ reference, secret, wire }): SecretUse => {
    const placement = placementOf(reference);
    // What stands around it in Authorization is part of the credential: a word too many there is why it is refused.
    const whole = placement.in === 'header' && /authorization$/i.test(placement.name);
    const line = whole ? getHeaders(headers, placement.name).find((value) => value.includes(wire)) : undefined;
    return { ...nameOf(reference), value: secret, wire: line ?? wire, placement };
  });
  // A credential that came from the vault is known as such; what stands beside it was written by the person.
  const known = new Set(byHand.map((use) => use.value));
  const written = writtenSecrets(request).filter((use) => !known.has(use.value));
  const fixed = [...byHand, ...written];
  if (!service || !scheme || unsigned) return { request, sign: async (hop) => ({ request: hop, used: fixed }) };
  const context: SignContext = {
    service: service.id,
    secret: (field) => secretOf({ service: service.id, field }),
  };
  return {
    request,
    sign: async (hop) => {
      const signed = await scheme.sign(hop, service.settings, context);
      return { request: signed.request, used: [...signed.used, ...fixed] };
    },
  };
}

function placementOf(reference: CredentialReference): Placement {
  if (reference.where === 'header') return { in: 'header', name: reference.header ?? '' };
  if (reference.where === 'url') return { in: 'query', name: reference.parameter ?? '' };
  return { in: 'body', name: '' };
}
