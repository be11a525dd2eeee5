import { assertNever } from '../util/assertNever';
import { decodeUserPass } from './basic';
import { firstBadCharacter, type BadCharacter } from './characters';
import { isPlaceholder } from './placeholder';
import type { SchemeSettings } from './scheme';
import { strip, type Piece } from './unwrap';

/** Something around the credential that was taken away. */
export type Repair =
  | { readonly code: 'white-space' | 'line-ends' | 'quotes' | 'trailing-punctuation' | 'curl' | 'json' }
  /** e.g. `Bearer`, `Authorization:`, `X-Api-Key:`, `TOKEN=`. Never part of the credential. */
  | { readonly code: 'prefix'; readonly text: string }
  /** A Basic header or `curl -u` was taken apart. */
  | { readonly code: 'user-and-password' }
  /** It was percent-encoded, because it was cut out of a URL. */
  | { readonly code: 'percent-decoded' };

/** Why what was pasted cannot be a credential. */
export type Refusal =
  | { readonly code: 'empty' }
  /** A header of another scheme, e.g. `Basic` for a bearer token. */
  | { readonly code: 'other-scheme'; readonly text: string }
  | ({ readonly code: 'invisible-character' | 'non-ascii' | 'line-break-inside' } & Pick<
      BadCharacter,
      'position' | 'codePoint' | 'name'
    >);

/** Something that is most likely a mistake, but may be meant. */
export type Question =
  /** `text` is what was pasted: a stand-in, so it may be shown. */
  | { readonly code: 'placeholder'; readonly text: string }
  | { readonly code: 'outer-spaces' | 'quotes' | 'space-inside' | 'starts-with-username' }
  | ({ readonly code: 'invisible-character' } & Pick<BadCharacter, 'position' | 'codePoint' | 'name'>);

export interface Pasted {
  /** The credential as it would be stored. Where there is a refusal, what was left of it. */
  readonly value: string;
  /** What was put right, in the order in which it was done; each code and text once. */
  readonly repairs: readonly Repair[];
  /** Settings that were found beside the secret: the `username` of a Basic header. */
  readonly parts?: SchemeSettings;
  readonly refusal?: Refusal;
  readonly question?: Question;
}

/** What is asked for: the scheme's id, the secret's field, and the settings known so far (an API key's `name` and `in`). */
export interface Expected {
  readonly scheme: string;
  readonly field: string;
  readonly settings?: SchemeSettings;
}

/**
 * Reads what was typed or pasted for a secret: takes away what copying brought along, refuses what no credential can
 * have in it and asks about what is most likely none. The inside of a credential is never changed. A password keeps its
 * spaces and quotes, and may have characters outside ASCII (RFC 7617 sends it in UTF-8); a token or key may not,
 * because it goes into the request as it is. Never throws; linear in the text.
 */
export function readPasted(pasted: string, expected: Expected): Pasted {
  const piece = strip(pasted, expected);
  const pair = expected.scheme === 'basic' ? userAndPassword(piece) : undefined;
  if (pair !== undefined) {
    const { username, password } = pair;
    const repairs = dedupe([...piece.repairs, { code: 'user-and-password' }]);
    // Positions are those in the password itself: in the base64 nobody could find them.
    return judge(
      { value: password, repairs, parts: { username } },
      password,
      { start: 0, end: password.length },
      expected,
    );
  }
  const value = piece.decoded ?? pasted.slice(piece.start, piece.end);
  return judge({ value, repairs: dedupe(piece.repairs) }, pasted, piece, expected);
}

function userAndPassword(piece: Piece): { readonly username: string; readonly password: string } | undefined {
  if (piece.basic !== undefined) return decodeUserPass(piece.basic);
  const colon = piece.userPass?.indexOf(':') ?? -1;
  if (piece.userPass === undefined || colon < 0) return undefined;
  return { username: piece.userPass.slice(0, colon), password: piece.userPass.slice(colon + 1) };
}

function judge(
  read: Pasted,
  source: string,
  { start, end }: { readonly start: number; readonly end: number },
  expected: Expected,
): Pasted {
  const { value } = read;
  if (value === '') return { ...read, refusal: { code: 'empty' } };
  const isPassword = expected.field === 'password';
  // Format characters in a password may be meant; control characters are forbidden in one (RFC 7617 section 2).
  const bad = firstBadCharacter(source, start, end, isPassword ? 'unicode' : 'ascii');
  const odd = isPassword && !bad ? firstBadCharacter(source, start, end, 'visible') : undefined;
  const refusal = bad ? refuse(bad) : otherScheme(value, expected);
  const question = ask(value, odd, expected);
  return { ...read, ...(refusal ? { refusal } : {}), ...(question ? { question } : {}) };
}

function refuse({ kind, ...where }: BadCharacter): Refusal {
  switch (kind) {
    case 'line-break':
      return { code: 'line-break-inside', ...where };
    case 'non-ascii':
      return { code: 'non-ascii', ...where };
    case 'invisible':
      return { code: 'invisible-character', ...where };
    default:
      return assertNever(kind);
  }
}

function otherScheme(value: string, { scheme, field, settings }: Expected): Refusal | undefined {
  if (field === 'password') return undefined;
  if (scheme === 'apiKey' && /^authorization$/i.test(settings?.['name'] ?? '')) return undefined;
  const [, text] = /^(basic|digest|negotiate|ntlm|aws4-hmac-sha256|dpop|hawk|oauth)\s+\S/i.exec(value) ?? [];
  return text === undefined ? undefined : { code: 'other-scheme', text };
}

function ask(
  value: string,
  odd: BadCharacter | undefined,
  { field, settings, scheme }: Expected,
): Question | undefined {
  if (isPlaceholder(value, field)) return { code: 'placeholder', text: value.slice(0, 60) };
  if (field === 'password') {
    const username = settings?.['username'] ?? '';
    if (/^(["'`]).+\1$/s.test(value)) return { code: 'quotes' };
    if (/^\s|\s$/.test(value)) return { code: 'outer-spaces' };
    if (username !== '' && value.startsWith(`${username}:`)) return { code: 'starts-with-username' };
    if (odd === undefined) return undefined;
    const { position, codePoint, name } = odd;
    return { code: 'invisible-character', position, codePoint, name };
  }
  // `Authorization: Token abc` is a scheme of its own, kept as an API key in that header.
  const withWord = scheme === 'apiKey' && /^authorization$/i.test(settings?.['name'] ?? '');
  return !withWord && value.includes(' ') ? { code: 'space-inside' } : undefined;
}

function dedupe(repairs: readonly Repair[]): readonly Repair[] {
  const seen = new Set<string>();
  return repairs.filter((repair) => {
    const key = JSON.stringify(repair).toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}
