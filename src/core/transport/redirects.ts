import type { Placement, SecretUse } from '../auth/scheme';
import type { Redirect, RedirectStop } from '../http/exchange';
import type { Headers } from '../http/headers';
import { getHeaders, withoutHeaders } from '../http/headers';
import type { HttpRequest } from '../http/message';
import { createSecretSearch, type SecretSearch } from './secretSearch';
import type { SendOptions } from './options';

/** What the hops so far have led to. */
export interface RedirectState {
  /** True once a hop had another origin than the first: from then on nothing is signed. */
  readonly left: boolean;
  /** Redirects followed so far. */
  readonly followed: number;
  /** Method and URL of every hop so far. */
  readonly visited: readonly string[];
  /** Every secret that was attached to a hop so far. */
  readonly used: readonly SecretUse[];
}

/** A hop as the redirects see it. */
export interface RedirectHop {
  /** The request before it was signed: what the next hop is made from. */
  readonly plain: HttpRequest;
  /** The request as it was signed. */
  readonly signed: HttpRequest;
  readonly used: readonly SecretUse[];
}

export type RedirectStep =
  /** The response is no redirect. */
  | { readonly kind: 'none' }
  /** It is one that is not followed. */
  | { readonly kind: 'stop'; readonly redirect: Redirect }
  | {
      readonly kind: 'follow';
      readonly redirect: Redirect;
      readonly plain: HttpRequest;
      readonly state: RedirectState;
    };

type RedirectOptions = Pick<SendOptions, 'followRedirects' | 'maxRedirects' | 'isSensitiveHeader'>;

/** RFC 9110 sections 15.4.2 to 15.4.9; 300 and 305 leave the choice to the user, 304 is no redirect. */
const redirecting: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Credentials that are the person's own and still belong to one origin. */
const ownCredentials = ['Authorization', 'Cookie', 'Proxy-Authorization'];

export const noRedirects: RedirectState = { left: false, followed: 0, visited: [], used: [] };

/**
 * Where a response sends the request next. Pure.
 * Takes the hop, its response, the options and the state after the hop before; gives the next request, not yet signed,
 * or why there is none. At a change of origin (scheme, host or port) everything that was added by a scheme is gone,
 * whatever its name, with the person's own credentials and every header that holds a secret; a body that holds one is not
 * sent on, and neither is a request whose address the server has written one into. Nothing that is gone comes back.
 */
export function redirectStep(
  hop: RedirectHop,
  response: { readonly status: number; readonly headers: Headers },
  options: RedirectOptions,
  state: RedirectState,
): RedirectStep {
  const locations = new Set(getHeaders(response.headers, 'Location'));
  if (!redirecting.has(response.status) || locations.size === 0) return { kind: 'none' };
  const location = [...locations][0] ?? '';
  const from = new URL(hop.signed.url);
  const target = locations.size === 1 && location !== '' ? parse(location, from) : undefined;
  const used = [...state.used, ...hop.used];
  const search = createSecretSearch(used);
  const crossOrigin = target !== undefined && target.origin !== from.origin;
  const { request, becameGet } = withMethodOf(response.status, hop.plain);
  const { kept, dropped } = crossOrigin ? strip(request.headers, hop, options, search) : withoutLoss(request.headers);
  const next: HttpRequest = { ...request, headers: kept, url: target ? addressFor(target, hop, crossOrigin) : '' };
  const visited = [...state.visited, visitOf(hop.plain)];
  const redirect = { location: target?.href ?? location, crossOrigin, dropped, becameGet };
  const stopped = whyStopped(target, next, { location, crossOrigin, visited }, options, state, search);
  if (stopped) return { kind: 'stop', redirect: { ...redirect, dropped: [], becameGet: false, stopped } };
  return {
    kind: 'follow',
    redirect,
    plain: next,
    state: { left: state.left || crossOrigin, followed: state.followed + 1, visited, used },
  };
}

function whyStopped(
  target: URL | undefined,
  next: HttpRequest,
  found: { readonly location: string; readonly crossOrigin: boolean; readonly visited: readonly string[] },
  options: RedirectOptions,
  state: RedirectState,
  search: SecretSearch,
): RedirectStop | undefined {
  if (!options.followRedirects) return 'not-followed';
  if (!target) return 'bad-location';
  if (target.protocol !== 'http:' && target.protocol !== 'https:') return 'unsupported-scheme';
  if (found.crossOrigin && (search.inText(found.location) || search.inText(target.href))) return 'location-has-secret';
  if (found.crossOrigin && next.body && search.inBytes(next.body)) return 'body-has-secret';
  if (found.visited.includes(visitOf(next))) return 'loop';
  if (state.followed >= options.maxRedirects) return 'too-many';
  return undefined;
}

function parse(location: string, base: URL): URL | undefined {
  try {
    return new URL(location, base);
  } catch {
    return undefined;
  }
}

/** 301 and 302 turn everything but GET and HEAD into GET, as all clients do (RFC 9110 section 15.4.2, note); 303 is meant to. */
function withMethodOf(status: number, plain: HttpRequest): { request: HttpRequest; becameGet: boolean } {
  const reads = plain.method === 'GET' || plain.method === 'HEAD';
  const keeps = status === 307 || status === 308 || (reads && (status !== 303 || !plain.body));
  if (keeps) return { request: plain, becameGet: false };
  const headers = plain.headers.filter(({ name }) => !describesContent(name.toLowerCase()));
  return { request: { method: plain.method === 'HEAD' ? 'HEAD' : 'GET', url: plain.url, headers }, becameGet: true };
}

/** RFC 9110 section 15.4, last list: fields that speak of a content which is no longer sent. */
function describesContent(name: string): boolean {
  return (
    name.startsWith('content-') ||
    ['transfer-encoding', 'trailer', 'expect', 'digest', 'repr-digest', 'last-modified'].includes(name)
  );
}

function withoutLoss(headers: Headers): { kept: Headers; dropped: readonly string[] } {
  return { kept: headers, dropped: [] };
}

/** What may cross to another origin, and the names of what the hop had and the next one has not. */
function strip(
  headers: Headers,
  hop: RedirectHop,
  options: RedirectOptions,
  search: SecretSearch,
): { kept: Headers; dropped: readonly string[] } {
  const placed = hop.used.map(({ placement }) => placement);
  const forbidden = new Set([...ownCredentials, ...placed.flatMap(headerOf)].map((name) => name.toLowerCase()));
  const stays = ({ name, value }: Headers[number]): boolean =>
    !forbidden.has(name.toLowerCase()) && !options.isSensitiveHeader(name) && !search.inText(value);
  // A Host the person wrote is that of the origin it was written for; its absence needs no mention.
  const kept = withoutHeaders(headers.filter(stays), ['Host']);
  const lost = hop.signed.headers.filter((field) => !stays(field)).map(({ name }) => name);
  return { kept, dropped: [...new Set([...lost, ...placed.flatMap(queryLabel)])] };
}

function headerOf(placement: Placement): string[] {
  if (placement.in === 'header') return [placement.name];
  return placement.in === 'cookie' ? ['Cookie'] : [];
}

function queryLabel(placement: Placement): string[] {
  return placement.in === 'query' && placement.name !== '' ? [`?${placement.name}`] : [];
}

/**
 * The address of the next hop: without fragment (it is not sent) and without user information (a server does not give us
 * credentials). On the same origin a query key that signing will add again is taken out, where the server has repeated it.
 */
function addressFor(target: URL, hop: RedirectHop, crossOrigin: boolean): string {
  const url = new URL(target);
  url.hash = '';
  if (url.protocol === 'http:' || url.protocol === 'https:') {
    url.username = '';
    url.password = '';
  }
  if (crossOrigin) return url.href;
  const plain = new URL(hop.plain.url).searchParams;
  for (const { placement, value } of hop.used) {
    if (placement.in !== 'query' || plain.has(placement.name)) continue;
    if (url.searchParams.getAll(placement.name).includes(value)) url.searchParams.delete(placement.name, value);
  }
  return url.href;
}

function visitOf({ method, url }: HttpRequest): string {
  return `${method} ${url.split('#')[0] ?? ''}`;
}
