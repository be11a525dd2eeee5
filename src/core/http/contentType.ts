/** A Content-Type (RFC 9110 section 8.3). Names are in lower case, values as they were written. */
export interface ContentType {
  /** `type/subtype`, e.g. `application/problem+json`. */
  readonly essence: string;
  /** What follows the last `+` of the subtype (RFC 6838 section 4.2.8), e.g. `json`. */
  readonly suffix?: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  /** The value of the first `charset` parameter. */
  readonly charset?: string;
}

const token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const essencePattern = new RegExp(`^\\s*(${token})/(${token})\\s*(?=[;,]|$)`);
/** One parameter; white space around `=` is not allowed, but seen. */
const parameterPattern = new RegExp(
  `\\s*;\\s*(?:(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"?|([^;\\s]*)))?[^;]*`,
  'y',
);

/** Reads a Content-Type. Takes the field value; gives undefined where it has no `type/subtype`. Never throws. */
export function parseContentType(value: string | undefined): ContentType | undefined {
  const start = essencePattern.exec(value ?? '');
  if (!start || value === undefined) return undefined;
  const [whole, type = '', subtype = ''] = start;
  const parameters: { name: string; value: string }[] = [];
  parameterPattern.lastIndex = whole.length;
  for (let match = parameterPattern.exec(value); match; match = parameterPattern.exec(value)) {
    const [, name, quoted, plain] = match;
    if (name === undefined) continue;
    parameters.push({ name: name.toLowerCase(), value: quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '' });
  }
  const suffix = /\+([^+]+)$/.exec(subtype)?.[1]?.toLowerCase();
  const charset = parameters.find(({ name }) => name === 'charset')?.value.trim();
  return {
    essence: `${type}/${subtype}`.toLowerCase(),
    ...(suffix === undefined ? {} : { suffix }),
    parameters,
    ...(charset ? { charset } : {}),
  };
}

/** Bytes as text, and how it was found out what they mean. */
export interface DecodedText {
  readonly text: string;
  /** The encoding that was used, by its WHATWG name, e.g. `utf-8`, `windows-1252`. */
  readonly charset: string;
  /** What named it: the byte order mark, Content-Type, the document itself, or nobody (then UTF-8, else Windows-1252). */
  readonly namedBy: 'bom' | 'header' | 'document' | 'nobody';
  readonly problem?: TextProblem;
}

export type TextProblem =
  /** The named encoding is unknown; the text was read as `charset` says. */
  | { readonly code: 'unknown-charset'; readonly named: string }
  /** Some bytes are not valid in the named encoding; U+FFFD stands for them. */
  | { readonly code: 'invalid-bytes' };

/**
 * Turns the bytes of a body into text. In this order: a byte order mark, the charset of the Content-Type, the one an XML or
 * HTML document declares, UTF-8 where the bytes are valid in it, Windows-1252 (which contains Latin-1). Takes decoded bytes,
 * which may end in the middle of a character, and the Content-Type field value. Never throws.
 */
export function decodeText(bytes: Uint8Array, contentType: string | undefined): DecodedText {
  const type = parseContentType(contentType);
  const mark = byteOrderMark(bytes);
  if (mark) return decodeAs(new TextDecoder(mark), bytes, 'bom');
  const named = type?.charset === undefined ? declared(bytes, type) : type.charset;
  const decoder = named === undefined ? undefined : decoderFor(named);
  if (decoder) return decodeAs(decoder, bytes, type?.charset === undefined ? 'document' : 'header');
  const charset = isUtf8(bytes) ? 'utf-8' : 'windows-1252';
  const { text } = decodeAs(new TextDecoder(charset), bytes, 'nobody');
  const problem: TextProblem | undefined = named === undefined ? undefined : { code: 'unknown-charset', named };
  return { text, charset, namedBy: 'nobody', ...(problem ? { problem } : {}) };
}

type Decoder = InstanceType<typeof TextDecoder>;

/** WHATWG Encoding section 6, "BOM sniff". */
function byteOrderMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return undefined;
}

function decoderFor(label: string): Decoder | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}

function decodeAs(decoder: Decoder, bytes: Uint8Array, namedBy: DecodedText['namedBy']): DecodedText {
  // As part of a stream: a character that was cut off at the end is left out, not marked as wrong.
  const text = decoder.decode(bytes, { stream: true });
  const invalid =
    namedBy !== 'nobody' && text.includes('\ufffd') && textAs(decoder.encoding, bytes, 'cut off') === undefined;
  return { text, charset: decoder.encoding, namedBy, ...(invalid ? { problem: { code: 'invalid-bytes' } } : {}) };
}

/**
 * Bytes that end in the middle of a character count as UTF-8 only where another character shows that they are: `Zo\xeb` is
 * Latin-1 for `Zoë`, not UTF-8 that was cut off.
 */
function isUtf8(bytes: Uint8Array): boolean {
  const text = textAs('utf-8', bytes, 'cut off');
  return text !== undefined && (/[^\x00-\x7f]/.test(text) || textAs('utf-8', bytes, 'whole') !== undefined);
}

/** The text, or undefined where bytes are not valid in the encoding. */
function textAs(encoding: string, bytes: Uint8Array, end: 'whole' | 'cut off'): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: end === 'cut off' });
  } catch {
    return undefined;
  }
}

/** What an XML declaration (XML 1.0 section 4.3.3) or an HTML `meta` (HTML section 4.2.5.4) in the first bytes says. */
function declared(bytes: Uint8Array, type: ContentType | undefined): string | undefined {
  const markup = type === undefined || /[/+](?:x?html|xml)/.test(type.essence);
  if (!markup) return undefined;
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).trimStart();
  if (!start.startsWith('<')) return undefined;
  const name =
    /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"'<>]+)["']/.exec(start)?.[1] ??
    /<meta\s[^>]*?\bcharset\s*=\s*["']?\s*([^"'\s/>;]+)/i.exec(start)?.[1];
  // Whoever could read the declaration byte by byte was not reading UTF-16 (HTML section 13.2.3.2).
  return name !== undefined && /^utf-?16/i.test(name) ? 'utf-8' : name;
}
