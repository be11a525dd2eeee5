import type { DecodedText } from '../core/http/contentType';
import type { Headers } from '../core/http/headers';
import type { ResponseBody } from '../core/http/message';
import { formatSize } from './format';
import type { BodyLanguage, BodyView } from './panelState';
import type { PanelWords } from './panelWords';
import { pretty } from './pretty';

/** Characters of a body that the panel takes; the rest is opened in an editor. */
export const PANEL_CEILING = 1_000_000;

/** Turns bytes into text by their Content-Type: `decodeText` of core/http, handed in because this room imports types only. */
export type Decode = (bytes: Uint8Array, contentType: string | undefined) => DecodedText;

export interface BodyInput {
  readonly body: ResponseBody;
  readonly headers: Headers;
  readonly decode: Decode;
  readonly words: Pick<PanelWords, 'bodyNote' | 'cut'>;
}

/** The body as the panel shows it: what it is, its text up to the panel's ceiling, and remarks. Takes a redacted body. */
export function bodyView({ body, headers, decode, words }: BodyInput): BodyView {
  const contentType = fieldValue(headers, 'content-type');
  const notes: string[] = body.problem ? [words.bodyNote(body.problem)] : [];
  const common = contentType === undefined ? {} : { contentType };
  if (body.bytes.length === 0) return { kind: 'empty', language: 'text', raw: '', notes, ...common };
  if (isBinary(body.bytes, contentType)) return { kind: 'binary', language: 'text', raw: '', notes, ...common };
  // Four bytes a character at most: more than this can't be shown, so it is not decoded either.
  const decoded = decode(body.bytes.subarray(0, PANEL_CEILING * 4), contentType);
  if (decoded.problem?.code === 'unknown-charset') {
    notes.push(words.bodyNote({ code: 'unknown-charset', charset: decoded.problem.named, readAs: decoded.charset }));
  }
  const raw = cutText(decoded.text);
  const isWhole =
    raw.length === decoded.text.length && body.bytes.length <= PANEL_CEILING * 4 && body.size <= keptBytes(body);
  const language = bodyLanguage(raw, contentType);
  const laidOut = isWhole && body.problem?.code !== 'bad-encoding' ? pretty(raw, language) : undefined;
  return {
    kind: 'text',
    language,
    raw,
    notes,
    ...common,
    ...(laidOut === undefined ? {} : { pretty: laidOut }),
    ...(isWhole ? {} : { cut: cutRemark(raw, body, words) }),
  };
}

/** How much of the response is in memory; masks may have made what stands for it shorter or longer. */
function keptBytes(body: ResponseBody): number {
  return body.keptBytes ?? body.bytes.length;
}

/** The first value of a header. Names compare without case. */
export function fieldValue(headers: Headers, name: string): string | undefined {
  return headers.find((field) => field.name.toLowerCase() === name)?.value;
}

function cutText(text: string): string {
  if (text.length <= PANEL_CEILING) return text;
  // Not between the halves of a surrogate pair.
  const last = text.charCodeAt(PANEL_CEILING - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? PANEL_CEILING - 1 : PANEL_CEILING);
}

function cutRemark(raw: string, body: ResponseBody, words: Pick<PanelWords, 'cut'>): NonNullable<BodyView['cut']> {
  const shown = Math.min(new TextEncoder().encode(raw).length, body.bytes.length);
  return {
    text: words.cut(formatSize(shown), formatSize(body.size)),
    // What is neither in memory nor in a file is gone.
    canOpenWhole: body.file !== undefined || body.size <= keptBytes(body),
  };
}

/** The language for the editor: by the media type, then by how the text begins. */
export function bodyLanguage(text: string, contentType: string | undefined): BodyLanguage {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (/[/+-](?:json|ndjson|json-seq|jsonl|x-ndjson)$/.test(type)) return 'json';
  if (/^text\/html$|[/+]xhtml\+xml$/.test(type)) return 'html';
  if (/[/+]xml$/.test(type)) return 'xml';
  const start = text
    .slice(0, 512)
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^<(?:!doctype html|html|head|body)\b/i.test(start)) return 'html';
  if (/^<(?:\?xml|[A-Za-z][\w:.-]*[\s/>])/.test(start)) return 'xml';
  const end = text.slice(-64).trimEnd();
  if ((start.startsWith('{') && end.endsWith('}')) || (start.startsWith('[') && end.endsWith(']'))) return 'json';
  return 'text';
}

const BINARY_TYPE =
  /^(?:image\/(?!svg)|audio\/|video\/|font\/|application\/(?:pdf|zip|gzip|x-gzip|x-tar|x-7z-compressed|vnd\.rar|wasm|msword|vnd\.(?:ms-|openxmlformats)|protobuf|x-protobuf|grpc|cbor|msgpack))/i;

/** Whether bytes are no text: by the media type, else by what is in the first four kilobytes. */
export function isBinary(bytes: Uint8Array, contentType: string | undefined): boolean {
  if (BINARY_TYPE.test((contentType ?? '').trim())) return true;
  const start = bytes.subarray(0, 4096);
  const isUtf16 =
    /charset\s*=\s*"?utf-?16/i.test(contentType ?? '') ||
    (start[0] === 0xff && start[1] === 0xfe) ||
    (start[0] === 0xfe && start[1] === 0xff);
  if (isUtf16) return false;
  let odd = 0;
  for (const byte of start) {
    if (byte === 0) return true;
    if (
      byte < 0x20 &&
      byte !== 0x09 &&
      byte !== 0x0a &&
      byte !== 0x0d &&
      byte !== 0x0c &&
      byte !== 0x1b &&
      byte !== 0x1e
    )
      odd++;
  }
  return odd > start.length / 20;
}
