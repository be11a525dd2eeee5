import type { Placement, SecretUse } from '../auth/scheme';
import { getHeaders } from '../http/headers';
import type { HttpRequest } from '../http/message';
import { isSensitiveHeader, isSensitiveParameter } from '../http/sensitive';
import type { CredentialFault, Evidence } from './cause';
import type { Jwt } from './jwt';
import { readJwt } from './jwt';
import type { KeyKind } from './vendors';
import { keyKindOf } from './vendors';

/** A credential as the API saw it. Holds the secret: never leaves the rules. */
export interface Carried {
  readonly placement: Placement;
  readonly use?: SecretUse;
  /** The word in front, in small letters: `bearer`, `basic`, `token`; empty where there is none. */
  readonly word: string;
  /** What follows the word; of Basic the decoded `user:password`. */
  readonly value: string;
  readonly jwt?: Jwt;
  readonly key?: KeyKind;
}

export interface Fault {
  readonly code: CredentialFault;
  readonly position?: number;
  readonly text?: string;
  /** True where it cannot be right; false where it only looks odd, so that the API has to have complained as well. */
  readonly certain: boolean;
}

/** Everything in a request that an API may read as a credential, whether a scheme put it there or the person wrote it. */
export function carriedCredentials(evidence: Evidence): readonly Carried[] {
  const request = evidence.exchange.hops[0]?.request;
  const used = evidence.used.map((use) => carried(use.placement, use.wire, use));
  const taken = new Set(used.map(({ placement }) => placeKey(placement)));
  const written = request ? writtenCredentials(request) : [];
  return [...used, ...written.filter(({ placement }) => !taken.has(placeKey(placement)))];
}

function placeKey(placement: Placement): string {
  return `${placement.in} ${placement.in === 'query' ? placement.name : placement.name.toLowerCase()}`;
}

function writtenCredentials(request: HttpRequest): Carried[] {
  const found: Carried[] = [];
  for (const { name, value } of request.headers) {
    if (/^(?:proxy-authorization|cookie|x-csrf-?token|x-xsrf-token)$/i.test(name)) continue;
    if (isSensitiveHeader(name)) found.push(carried({ in: 'header', name }, value));
  }
  try {
    for (const [name, value] of new URL(request.url).searchParams) {
      if (isSensitiveParameter(name)) found.push(carried({ in: 'query', name }, value));
    }
  } catch {
    // An address that is none has no parameters.
  }
  for (const cookies of getHeaders(request.headers, 'cookie')) {
    for (const cookie of cookies.split(';')) {
      const [name = '', ...rest] = cookie.split('=');
      if (/sess|sid|auth|token|jwt/i.test(name)) {
        found.push(carried({ in: 'cookie', name: name.trim() }, rest.join('=')));
      }
    }
  }
  return found;
}

function carried(placement: Placement, wire: string, use?: SecretUse): Carried {
  const isAuthorization = placement.in === 'header' && /authorization$/i.test(placement.name);
  const match = isAuthorization ? /^([A-Za-z][A-Za-z0-9_-]{1,30})[ \t]+([\s\S]*)$/.exec(wire) : null;
  const word = match?.[1]?.toLowerCase() ?? '';
  let value = match?.[2] ?? wire;
  if (word === 'basic') value = decodeBasic(value) ?? value;
  else if (word === '' && use) value = use.value;
  const secret = secretPart(word, value);
  const jwt = readJwt(secret.trim());
  const key = keyKindOf(secret.trim());
  return { placement, word, value, ...(use ? { use } : {}), ...(jwt ? { jwt } : {}), ...(key ? { key } : {}) };
}

/** Of `user:password` (RFC 7617 section 2) the password, or the user where that is empty and so has to be the key. */
export function secretPart(word: string, value: string): string {
  if (word !== 'basic') return value;
  const colon = value.indexOf(':');
  if (colon < 0) return value;
  return value.slice(colon + 1) || value.slice(0, colon);
}

function decodeBasic(text: string): string | undefined {
  try {
    const binary = atob(text.trim());
    return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** Words after which other things than one token stand: parameters with quotes and spaces are right there. */
const PARAMETERS = new Set([
  'digest',
  'oauth',
  'hawk',
  'aws4-hmac-sha256',
  'signature',
  'hmac',
  'negotiate',
  'ntlm',
  'mac',
]);

export function takesParameters(word: string): boolean {
  return PARAMETERS.has(word) || word.startsWith('aws4-') || word.startsWith('hmac-');
}

/** What is wrong with the text of a credential, the surest first. */
export function faultsOf(credential: Carried): readonly Fault[] {
  const { word, value } = credential;
  if (takesParameters(word)) return [];
  if (credential.placement.in === 'cookie') return [];
  if (word !== 'basic') return textFaults(value, credential);
  const colon = value.indexOf(':');
  if (colon < 0) return [{ code: 'no-colon', certain: true }];
  const user = value.slice(0, colon);
  const password = value.slice(colon + 1);
  // An empty half is right for many APIs, which take the key alone; both empty is not.
  if (user === '' && password === '') return [{ code: 'empty', certain: true }];
  return [user, password]
    .filter((part) => part !== '')
    .flatMap((part) => textFaults(part, credential))
    .filter((fault) => !['not-ascii', 'space-inside', 'too-short', 'percent-encoded'].includes(fault.code));
}

function textFaults(text: string, { word, placement, jwt }: Carried): Fault[] {
  const faults: Fault[] = [];
  const add = (code: CredentialFault, certain: boolean, more: { position?: number; text?: string } = {}): void => {
    faults.push({ code, certain, ...more });
  };
  const trimmed = text.trim();
  if (trimmed === '') return [{ code: 'empty', certain: true }];
  const lineBreak = text.search(/[\r\n]/);
  if (lineBreak >= 0) add('line-break', true, { position: lineBreak });
  const invisible = text.search(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/);
  if (invisible >= 0) add('invisible-character', true, { position: invisible, text: codePoint(text, invisible) });
  const control = text.search(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]/);
  if (control >= 0) add('control-character', true, { position: control, text: codePoint(text, control) });
  if (/^(["'`]).*\1$/s.test(trimmed) || /^[“”‘’„]|[“”‘’]$/.test(trimmed)) add('quotes', true);
  if (/^authorization\s*:/i.test(trimmed)) add('header-name-inside', true);
  const inner = /^(?:bearer|basic|token)\s+\S/i.exec(trimmed);
  if (inner) {
    const isAuthorization = placement.in === 'header' && /authorization$/i.test(placement.name);
    add(isAuthorization && word !== '' ? 'scheme-word-twice' : 'scheme-word-inside', true);
  }
  const unquoted = trimmed.replace(/^["'`]|["'`]$/g, '');
  if (/\{\{[^}]*\}\}|\$\{[^}]*\}|^%\w+%$|^\$[A-Z_][A-Z0-9_]*$|<%=/.test(unquoted)) add('unresolved-variable', true);
  else if (/^(?:undefined|null|none|nil|nan|\[object object\])$/i.test(unquoted))
    add('nothing-word', true, { text: unquoted.toLowerCase() });
  else if (isPlaceholder(unquoted)) add('placeholder', true);
  if (lineBreak < 0 && text !== trimmed) add('space-around', true);
  const foreign = text.search(/[^\u0000-\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff“”‘’„]|[\u0080-\u00ac]/);
  if (foreign >= 0) add('not-ascii', true, { position: foreign, text: codePoint(text, foreign) });
  if (!inner && /\S\s+\S/.test(trimmed)) add('space-inside', false, { position: text.search(/\S\s+\S/) + 1 });
  if (/%(?:2[0-9BF]|3[0-9D]|20)/i.test(trimmed) && placement.in !== 'query') add('percent-encoded', false);
  if (trimmed.startsWith('eyJ') && !jwt && !faults.length) add('broken-jwt', false);
  if (trimmed.length < 8 && faults.length === 0) add('too-short', false);
  return faults;
}

function isPlaceholder(text: string): boolean {
  return (
    /^<[^>]*>$|^\[[^\]]*\]$|^\(.*\)$/.test(text) ||
    /(?:^|[_\- ])your[_\- ]?(?:api|access|secret|auth|bearer|private|token|key|password|credential|client|own|actual)/i.test(
      text,
    ) ||
    /_here$|^x{6,}$|^\*{4,}$|^\.{3,}$/i.test(text) ||
    /^(?:token|api[_-]?key|my[_-]?(?:token|key)|access[_-]?token|secret|password|change[_-]?me|replace[_-]?me|insert[_-].*|todo|dummy|example|foo|bar)$/i.test(
      text,
    )
  );
}

function codePoint(text: string, at: number): string {
  return `U+${(text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
