/*
 * Character classes, by UTF-16 code unit. Loops over these replace regular expressions such as `\s+$`, which take
 * quadratic time on a long run of spaces.
 */

/** White space inside a line: what `String.prototype.trim` takes away, without the line ends CR and LF. */
export function isSpace(code: number): boolean {
  if (code === 0x20 || code === 0x09) return true;
  if (code < 0xa0) return code === 0x0b || code === 0x0c;
  return (
    code === 0xa0 ||
    code === 0xfeff ||
    code === 0x3000 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f
  );
}

/** The first offset in [start, end) that is no white space, or `end`. */
export function skipSpace(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The offset after the last character in [start, end) that is no white space, or `start`. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

/** True for a token of RFC 9110 section 5.6.2: what a header name and a method are made of. */
export function isToken(text: string): boolean {
  if (text === '') return false;
  for (let at = 0; at < text.length; at++) if (!isTokenChar(text.charCodeAt(at))) return false;
  return true;
}

export function isTokenChar(code: number): boolean {
  return isWordChar(code) || (code > 0x20 && code < 0x7f && "!#$%&'*+-.^`|~".includes(String.fromCharCode(code)));
}

/** ASCII letters, digits and the underscore. */
export function isWordChar(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f
  );
}
