import { getHeader, hasHeader } from '../http/headers';
import type { HttpRequest } from '../http/message';
import { isSensitiveHeader, isSensitiveMember, isSensitiveParameter } from '../http/sensitive';
import { decodeUserPass } from './basic';
import { cookiePairs } from './cookie';
import { decode, queryParameters } from './query';
import type { Placement, SecretUse } from './scheme';

/** Cookies shorter than this are settings (`theme=dark`) more often than secrets; they are masked where they stand only. */
const SHORTEST_COOKIE = 8;
/** Bytes of a body that are searched for members with sensitive names. */
const LONGEST_BODY = 1024 * 1024;

/**
 * The credential that the request already carries in one of these places, or in an `Authorization` header, if it has
 * one: then the request wins over the service and the scheme must not sign. An empty header counts too: it was written.
 */
export function credentialWritten(request: HttpRequest, placements: readonly Placement[]): Placement | undefined {
  const authorization: Placement = { in: 'header', name: 'Authorization' };
  const candidates = placements.length === 0 ? [] : [...placements, authorization];
  return candidates.find((placement) => stands(request, placement));
}

function stands(request: HttpRequest, placement: Placement): boolean {
  switch (placement.in) {
    case 'header':
      return hasHeader(request.headers, placement.name);
    case 'query':
      return queryParameters(request.url).some((parameter) => parameter.name === placement.name);
    case 'cookie':
      return cookiePairs(request.headers).some((pair) => pair.name === placement.name);
    case 'body':
      return false;
  }
}

/**
 * The credentials that the person wrote into the request itself: in `Authorization` and its like (a Basic one also
 * decoded, so that the password alone is known), cookies, sensitive query parameters, user info in the URL, and members
 * of a JSON or form body such as `client_secret`. `service` is undefined in each. Give it the request before a scheme
 * has signed it.
 */
export function writtenSecrets(request: HttpRequest): readonly SecretUse[] {
  return [...inHeaders(request), ...inCookies(request), ...inUrl(request), ...inBody(request)].filter(
    (use) => use.value !== '',
  );
}

function inHeaders({ headers }: HttpRequest): SecretUse[] {
  return headers.flatMap(({ name, value: wire }): SecretUse[] => {
    if (!isSensitiveHeader(name) || /^(?:cookie|set-cookie)$/i.test(name)) return [];
    const placement: Placement = { in: 'header', name };
    const [, scheme, credentials] = /^([A-Za-z][\w-]*)[ \t]+(\S.*)$/s.exec(wire.trim()) ?? [];
    if (scheme === undefined || credentials === undefined) {
      return [{ field: name.toLowerCase(), value: wire.trim(), wire, placement }];
    }
    const whole: SecretUse = { field: scheme.toLowerCase(), value: credentials.trim(), wire, placement };
    const pair = scheme.toLowerCase() === 'basic' ? decodeUserPass(credentials) : undefined;
    return pair === undefined ? [whole] : [...userAndPassword(pair, wire, placement), whole];
  });
}

/**
 * The password; and the user name too where the password is empty or a dummy, because then the name is the key
 * (`sk_live_…:` is how several APIs want theirs).
 */
function userAndPassword(
  pair: { readonly username: string; readonly password: string },
  wire: string,
  placement: Placement,
): SecretUse[] {
  const password: SecretUse = { field: 'password', value: pair.password, wire, placement };
  if (pair.password.trim().length >= 4) return [password];
  return [password, { field: 'username', value: pair.username, wire, placement }];
}

function inCookies({ headers }: HttpRequest): SecretUse[] {
  return cookiePairs(headers)
    .filter(({ value }) => value.length >= SHORTEST_COOKIE)
    .map(({ name, value }) => ({
      field: name,
      value,
      wire: `${name}=${value}`,
      placement: { in: 'cookie', name } as const,
    }));
}

function inUrl({ url }: HttpRequest): SecretUse[] {
  const parameters = queryParameters(url)
    .filter(({ name }) => isSensitiveParameter(name))
    .map(({ name, value, raw }) => ({ field: name, value, wire: raw, placement: { in: 'query', name } as const }));
  const [, info] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)@/i.exec(url) ?? [];
  if (info === undefined) return parameters;
  const colon = info.indexOf(':');
  const username = decodeInfo(colon < 0 ? info : info.slice(0, colon));
  const password = colon < 0 ? '' : decodeInfo(info.slice(colon + 1));
  return [...parameters, ...userAndPassword({ username, password }, info, { in: 'header', name: 'Authorization' })];
}

/** A plus sign in user info is a plus sign. */
const decodeInfo = (text: string): string => decode(text.replaceAll('+', '%2B'));

function inBody({ headers, body }: HttpRequest): SecretUse[] {
  if (body === undefined || body.length === 0 || body.length > LONGEST_BODY) return [];
  const type = getHeader(headers, 'Content-Type') ?? '';
  const text = new TextDecoder().decode(body);
  const use = (name: string, value: string): SecretUse => ({
    field: name,
    value,
    wire: value,
    placement: { in: 'body', name },
  });
  if (/x-www-form-urlencoded/i.test(type)) {
    return queryParameters(`?${text.trim()}`)
      .filter(({ name, value }) => isSensitiveParameter(name) && value.length >= 4)
      .map(({ name, value }) => use(name, value));
  }
  return /^\s*[[{]/.test(text) ? sensitiveMembers(text).map(([name, value]) => use(name, value)) : [];
}

/** Texts of at least four characters under a sensitive name, anywhere in a JSON document. */
function sensitiveMembers(text: string): [string, string][] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return [];
  }
  const found: [string, string][] = [];
  const waiting: unknown[] = [json];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value) as [string, unknown][]) {
      if (typeof member !== 'string') waiting.push(member);
      else if (member.length >= 4 && isSensitiveMember(name)) found.push([name, member]);
    }
  }
  return found;
}
