/** A character that cannot be part of a credential, named so that the person finds it. */
export interface BadCharacter {
  /** `invisible`: it takes no place or looks like a space. `non-ascii`: it shows, and cannot go into a header. */
  readonly kind: 'invisible' | 'non-ascii' | 'line-break';
  /** Counted in characters from 1, in the text as it was pasted. */
  readonly position: number;
  /** e.g. `U+200B`. */
  readonly codePoint: string;
  /** Its Unicode name where it is one of the usual ones, e.g. `ZERO WIDTH SPACE`; else what sort it is, e.g. `Cyrillic letter`. */
  readonly name: string;
}

/** What word processors, chats and web pages put into copied text. Names as in the Unicode Character Database. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x00, 'NULL'],
  [0x09, 'TAB'],
  [0x0a, 'LINE FEED'],
  [0x0d, 'CARRIAGE RETURN'],
  [0x1b, 'ESCAPE'],
  [0x7f, 'DELETE'],
  [0x85, 'NEXT LINE'],
  [0xa0, 'NO-BREAK SPACE'],
  [0xad, 'SOFT HYPHEN'],
  [0x034f, 'COMBINING GRAPHEME JOINER'],
  [0x061c, 'ARABIC LETTER MARK'],
  [0x2007, 'FIGURE SPACE'],
  [0x2009, 'THIN SPACE'],
  [0x200a, 'HAIR SPACE'],
  [0x200b, 'ZERO WIDTH SPACE'],
  [0x200c, 'ZERO WIDTH NON-JOINER'],
  [0x200d, 'ZERO WIDTH JOINER'],
  [0x200e, 'LEFT-TO-RIGHT MARK'],
  [0x200f, 'RIGHT-TO-LEFT MARK'],
  [0x2010, 'HYPHEN'],
  [0x2011, 'NON-BREAKING HYPHEN'],
  [0x2012, 'FIGURE DASH'],
  [0x2013, 'EN DASH'],
  [0x2014, 'EM DASH'],
  [0x2018, 'LEFT SINGLE QUOTATION MARK'],
  [0x2019, 'RIGHT SINGLE QUOTATION MARK'],
  [0x201c, 'LEFT DOUBLE QUOTATION MARK'],
  [0x201d, 'RIGHT DOUBLE QUOTATION MARK'],
  [0x2022, 'BULLET'],
  [0x2026, 'HORIZONTAL ELLIPSIS'],
  [0x2028, 'LINE SEPARATOR'],
  [0x2029, 'PARAGRAPH SEPARATOR'],
  [0x202a, 'LEFT-TO-RIGHT EMBEDDING'],
  [0x202b, 'RIGHT-TO-LEFT EMBEDDING'],
  [0x202c, 'POP DIRECTIONAL FORMATTING'],
  [0x202d, 'LEFT-TO-RIGHT OVERRIDE'],
  [0x202e, 'RIGHT-TO-LEFT OVERRIDE'],
  [0x202f, 'NARROW NO-BREAK SPACE'],
  [0x2060, 'WORD JOINER'],
  [0x2066, 'LEFT-TO-RIGHT ISOLATE'],
  [0x2067, 'RIGHT-TO-LEFT ISOLATE'],
  [0x2068, 'FIRST STRONG ISOLATE'],
  [0x2069, 'POP DIRECTIONAL ISOLATE'],
  [0x2212, 'MINUS SIGN'],
  [0x3000, 'IDEOGRAPHIC SPACE'],
  [0xfeff, 'ZERO WIDTH NO-BREAK SPACE'],
  [0xfffd, 'REPLACEMENT CHARACTER'],
]);

const SORTS: readonly (readonly [RegExp, string])[] = [
  [/\p{Cc}/u, 'control character'],
  [/[\p{Cf}\p{Default_Ignorable_Code_Point}]/u, 'invisible character'],
  [/\p{Zs}/u, 'kind of space'],
  [/\p{Script=Cyrillic}/u, 'Cyrillic letter'],
  [/\p{Script=Greek}/u, 'Greek letter'],
  [/\p{Extended_Pictographic}/u, 'emoji'],
  [/[\uFF01-\uFF5E]/u, 'full-width character'],
  [/\p{L}/u, 'letter'],
];

/** Which characters a credential may have. */
export type Allowed = 'ascii' | 'visible' | 'unicode';

/** What has no shape of its own: controls, format characters, fillers, spaces that are not U+0020. */
const INVISIBLE = /(?! )[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * The first bad character from `start` to `end` (UTF-16 offsets) of a pasted text, or undefined. `ascii` allows what can
 * stand in a header as it is; `visible` allows everything that can be seen; `unicode` all but control characters.
 */
export function firstBadCharacter(
  pasted: string,
  start: number,
  end: number,
  allowed: Allowed,
): BadCharacter | undefined {
  if (/^[ -~]*$/.test(pasted.slice(start, end))) return undefined;
  let position = Array.from(pasted.slice(0, start)).length;
  for (const character of pasted.slice(start, end)) {
    position++;
    const kind = kindOf(character, allowed);
    if (kind === undefined) continue;
    const code = character.codePointAt(0) ?? 0;
    return {
      kind,
      position,
      codePoint: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
      name: nameOf(character),
    };
  }
  return undefined;
}

function kindOf(character: string, allowed: Allowed): BadCharacter['kind'] | undefined {
  if (character >= ' ' && character <= '~') return undefined;
  if (/[\r\n\u0085\u2028\u2029]/.test(character)) return 'line-break';
  if (allowed === 'unicode' ? /\p{Cc}/u.test(character) : INVISIBLE.test(character)) return 'invisible';
  if (/\p{Surrogate}|\uFFFD/u.test(character)) return 'non-ascii';
  return allowed === 'ascii' ? 'non-ascii' : undefined;
}

function nameOf(character: string): string {
  const name = NAMES.get(character.codePointAt(0) ?? 0);
  return name ?? SORTS.find(([pattern]) => pattern.test(character))?.[1] ?? 'character outside ASCII';
}
