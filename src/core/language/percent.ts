/* Percent-encoding, RFC 3986 section 2.1. A lone surrogate, which has no UTF-8 form, becomes U+FFFD. */

const utf8 = new TextEncoder();
const escapes: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});

/** Every byte of a text's UTF-8 form as an escape. */
export function escapeBytes(text: string): string {
  const only = text.length === 1 ? text.charCodeAt(0) : 0x80;
  if (only < 0x80) return escapes[only] ?? '';
  let escaped = '';
  for (const byte of utf8.encode(text)) escaped += escapes[byte] ?? '';
  return escaped;
}

/** A text in which only the unreserved characters (section 2.3) are as they were: it stays one value wherever it is put. */
export function percentEncoded(text: string): string {
  return text.replace(/[^0-9A-Za-z._~-]+/g, escapeBytes);
}

/**
 * What neither a target nor a form may hold: blanks, quotes, `<>\^{|}` and a backtick, everything outside ASCII, and a `%`
 * that begins no escape.
 */
export const forbidden = /%(?![0-9A-Fa-f]{2})|[^\x21-\x7e]+|["<>\\^`{|}]/g;
