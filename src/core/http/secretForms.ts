/*
 * A secret does not stay as it was typed: it is percent-encoded into a query, base64-encoded into `user:password`,
 * JSON-escaped by a server that echoes it. Whoever looks for a secret by value looks for all of these.
 */

/** A derived form shorter than this would be found by chance; the secret as it is always counts. */
const shortest = 4;

/**
 * Every form a secret takes on its way, as text to search for: as it is, percent-encoded (once and twice, as a path, a
 * query and a form write it, in both cases of the hexadecimal digits), base64 and base64url (alone, and the part that
 * stays the same inside anything longer such as `user:secret`), JSON-escaped, HTML-escaped, and as UTF-8 that was read
 * as Latin-1 (Node reads header fields so).
 * Takes the value; gives the forms without repetition, the longest first, so that replacing them in this order leaves no
 * rest. Empty for an empty value. A value of fewer than four characters gives itself and its longer forms.
 */
export function secretForms(value: string): readonly string[] {
  if (value === '') return [];
  const bytes = new TextEncoder().encode(value);
  const once = [...new Set(percentForms(bytes))];
  const twice = once.flatMap((form) => percentForms(new TextEncoder().encode(form), commonAlphabets));
  const percent = [...once, ...twice];
  const json = jsonForms(value);
  const derived = [
    ...percent,
    ...base64Forms(bytes),
    ...(isLatin1(value) ? base64Forms(latin1Bytes(value)) : []),
    ...json,
    ...json.map((form) => JSON.stringify(form).slice(1, -1)),
    ...htmlForms(value),
    binaryText(bytes),
  ];
  const forms = new Set([value, ...derived.filter((form) => form.length >= shortest)]);
  return [...forms].sort((a, b) => b.length - a.length);
}

/** True where the text has one of these forms in it. */
export function containsForm(text: string, forms: Iterable<string>): boolean {
  for (const form of forms) if (text.includes(form)) return true;
  return false;
}

/** Bytes as text with one character for each, so that bytes can be searched like text. */
export function binaryText(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join('');
}

/** For each byte, how it is written where the characters of `left` stay as they are. */
type Alphabet = readonly string[];

function alphabet(left: RegExp): Alphabet {
  return Array.from({ length: 256 }, (_, byte) => {
    const character = String.fromCharCode(byte);
    return left.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

/** `encodeURIComponent`. */
const component = alphabet(/[A-Za-z0-9\-._~!'()*]/);
/** The WHATWG form serializer (URL section 5.2), but for the space. */
const form = alphabet(/[A-Za-z0-9\-._*]/);
const commonAlphabets = [component, form];
const alphabets = [
  ...commonAlphabets,
  alphabet(/[A-Za-z0-9\-._~]/), // RFC 3986 section 2.3, "unreserved"
  alphabet(/[A-Za-z0-9\-._~!'()*;/?:@&=+$,#]/), // encodeURI
  alphabet(/[^\x00-\x20"#<>\x7f-\xff']/), // what the WHATWG URL parser leaves in a query
  alphabet(/[^\x00-\x20"#<>?`{}\x7f-\xff]/), // and in a path
];

function percentForms(bytes: Uint8Array, used: readonly Alphabet[] = alphabets): string[] {
  const forms = used.map((each) => percentEncode(bytes, each));
  forms.push(formEncode(bytes));
  return forms.flatMap((text) => [text, text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())]);
}

/** `application/x-www-form-urlencoded` (WHATWG URL section 5): a space becomes a plus sign. */
function formEncode(bytes: Uint8Array): string {
  return percentEncode(bytes, form).replaceAll('%20', '+');
}

function percentEncode(bytes: Uint8Array, written: Alphabet): string {
  return Array.from(bytes, (byte) => written[byte]).join('');
}

/**
 * Base64 (RFC 4648 sections 4 and 5) of the bytes alone, with and without padding, and the characters that depend on
 * nothing but these bytes when they start at any of the three places inside a group of three.
 */
function base64Forms(bytes: Uint8Array): string[] {
  const alone = btoa(binaryText(bytes));
  const inside = [0, 1, 2].map((before) => {
    const padded = new Uint8Array(before + bytes.length);
    padded.set(bytes, before);
    const first = Math.ceil((before * 8) / 6);
    const end = Math.floor((padded.length * 8) / 6);
    return btoa(binaryText(padded)).slice(first, end);
  });
  return [alone, alone.replace(/=+$/, ''), ...inside].flatMap((form) => [
    form,
    form.replaceAll('+', '-').replaceAll('/', '_'),
    // Base64 in a query: `+`, `/` and `=` are encoded.
    encodeURIComponent(form),
  ]);
}

/** RFC 8259 section 7: what must be escaped, then also the slash, then everything outside ASCII, as servers do. */
function jsonForms(value: string): string[] {
  const least = JSON.stringify(value).slice(1, -1);
  const slash = least.replaceAll('/', '\\/');
  return [least, slash].flatMap((form) => [
    form,
    unicodeEscaped(form, /[^\x20-\x7e]/g, (code) => code),
    unicodeEscaped(form, /[^\x20-\x7e]/g, (code) => code.toUpperCase()),
    // Many serializers also escape what HTML could misread.
    unicodeEscaped(form, /[^\x20-\x7e]|[<>&'+]/g, (code) => code),
    unicodeEscaped(form, /[^\x20-\x7e]|[<>&'+]/g, (code) => code.toUpperCase()),
  ]);
}

function unicodeEscaped(text: string, what: RegExp, digits: (code: string) => string): string {
  return text.replace(what, (character) => `\\u${digits(character.charCodeAt(0).toString(16).padStart(4, '0'))}`);
}

/** The ways of writing `& < > " '` in HTML and XML. */
function htmlForms(value: string): string[] {
  const markup = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const double = ['"', '&quot;', '&#34;', '&#x22;'];
  const single = ["'", '&#39;', '&#x27;', '&apos;', '&#039;'];
  return double.flatMap((d) => single.map((s) => markup.replaceAll('"', d).replaceAll("'", s)));
}

function isLatin1(value: string): boolean {
  for (let at = 0; at < value.length; at++) if (value.charCodeAt(at) > 0xff) return false;
  return true;
}

function latin1Bytes(value: string): Uint8Array {
  return Uint8Array.from(value, (character) => character.charCodeAt(0));
}
