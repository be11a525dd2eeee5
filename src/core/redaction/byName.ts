import { isSensitiveHeader, isSensitiveMember, isSensitiveParameter } from '../http/sensitive';
import type { Interval } from './intervals';

/*
 * Where credentials stand that nobody told us about, judged by the name beside them: offsets into the text. Each function
 * is linear in the text.
 */

/** Names that are sensitive because a credential of ours stands under them, in lower case. */
export type OwnNames = ReadonlySet<string>;

/** Whose text it is: an answer's `"password": "is too short"` is a message and helps; what was sent is hidden whatever it says. */
export type Side = 'request' | 'response';

const unknown = (start: number, end: number): Interval => ({ start, end, mask: undefined });

/** Header fields whose value is an address. */
const ADDRESSES = new Set(['location', 'content-location', 'referer', 'refresh', 'link', 'origin']);
/** Header fields that start with the name of a scheme, which is no secret. */
const WITH_SCHEME = /^(?:proxy-)?authorization$/;

/** The sensitive pieces of a header field's value. */
export function inHeader(name: string, value: string, own: OwnNames): Interval[] {
  const lower = name.toLowerCase();
  if (lower === 'cookie') return cookies(value, ';');
  if (lower === 'set-cookie') return cookies(value.split(';', 1)[0] ?? '', ';');
  if (isSensitiveHeader(name) || own.has(lower)) {
    const scheme = WITH_SCHEME.test(lower) ? /^\s*[A-Za-z][\w-]*[ \t]+(?=\S)/.exec(value) : null;
    return [unknown(scheme?.[0].length ?? 0, value.length)];
  }
  return ADDRESSES.has(lower) ? inUrl(value, own) : [];
}

/** The values of cookie pairs; a pair without `=` is all value. */
function cookies(text: string, separator: string): Interval[] {
  const found: Interval[] = [];
  let from = 0;
  for (const pair of text.split(separator)) {
    const equals = pair.indexOf('=');
    const value = equals < 0 ? pair.trimStart() : pair.slice(equals + 1);
    const end = from + pair.trimEnd().length;
    found.push(unknown(from + pair.length - value.length, end));
    from += pair.length + separator.length;
  }
  return found;
}

const PARAMETER = /(^|[?&#;])([^=?&#;\s"'<>]{1,100})=/g;
const PARAMETER_VALUE = /[^&#\s"'<>]*/y;
const USER_INFO = /\/\/([^/?#\s@"'<>]{1,1000})@/g;

/** User info and the values of sensitive parameters, in the query or the fragment, of every URL in a text. */
export function inUrl(text: string, own: OwnNames): Interval[] {
  const found: Interval[] = [];
  for (const match of text.matchAll(USER_INFO)) {
    const start = match.index + 2;
    found.push(unknown(start, start + (match[1] ?? '').length));
  }
  return [...found, ...parameters(text, own, 'url')];
}

/** The values of sensitive parameters in a form body (`application/x-www-form-urlencoded`). */
export function inForm(text: string, own: OwnNames): Interval[] {
  return parameters(text, own, 'form');
}

function parameters(text: string, own: OwnNames, where: 'url' | 'form'): Interval[] {
  const found: Interval[] = [];
  for (const match of text.matchAll(PARAMETER)) {
    const [all, before = '', raw = ''] = match;
    // At the very start there is a parameter in a form only.
    if (before === '' && where === 'url') continue;
    const name = decodeName(raw);
    if (!isSensitiveParameter(name) && !own.has(name.toLowerCase())) continue;
    PARAMETER_VALUE.lastIndex = match.index + all.length;
    const value = PARAMETER_VALUE.exec(text)?.[0] ?? '';
    found.push(unknown(match.index + all.length, match.index + all.length + value.length));
  }
  return found;
}

function decodeName(raw: string): string {
  try {
    return decodeURIComponent(raw.replaceAll('+', ' '));
  } catch {
    return raw;
  }
}

/** `"name": "`, also escaped inside another JSON text, as a server does that echoes what it got. */
const MEMBER = /(\\{0,15})"([\w.\- ]{1,60})\1"\s{0,1000}:\s{0,1000}\1"/g;

/** The texts of sensitive members of JSON, in a whole document, a broken one, or JSON inside other text. */
export function inJson(text: string, own: OwnNames, side: Side): Interval[] {
  const found: Interval[] = [];
  MEMBER.lastIndex = 0;
  for (let match = MEMBER.exec(text); match !== null; match = MEMBER.exec(text)) {
    const [, slashes = '', name = ''] = match;
    const start = MEMBER.lastIndex;
    if (!isSensitiveMember(name) && !own.has(name.toLowerCase())) {
      // The opening quote of this value may be the one of a member inside it.
      MEMBER.lastIndex = start - 1 - slashes.length;
      continue;
    }
    const end = endOfString(text, start, slashes.length);
    MEMBER.lastIndex = end;
    const value = text.slice(start, end);
    if (side === 'request' || !/\s/.test(value)) found.push(unknown(start, end));
  }
  return found;
}

/** Where a string ends whose quotes have this many backslashes before them: its closing quote's first backslash. */
function endOfString(text: string, start: number, slashes: number): number {
  let run = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) run++;
    else {
      // Unescaped text: an even number of backslashes before a quote stands for backslashes.
      if (code === 34 && (slashes === 0 ? run % 2 === 0 : run <= slashes)) return slashes === 0 ? at : at - run;
      run = 0;
    }
  }
  return text.length;
}
