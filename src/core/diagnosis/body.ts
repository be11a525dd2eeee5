import { decodeText } from '../http/contentType';
import type { ApiMessage } from './apiMessage';
import { NO_MESSAGE, addressIn, sentence } from './apiMessage';
import { readJsonMessage } from './jsonMessage';
import { readHtmlMessage, readXmlMessage } from './markupMessage';

/** An error larger than this (bytes) is read only at its beginning. */
const LARGEST = 256 * 1024;

/**
 * What the API says about a failure.
 * Takes the bytes of the body and its Content-Type; gives the message by shape: JSON in the forms in use (RFC 9457,
 * RFC 6749, GraphQL, lists, nested objects), XML, an HTML page's headings, plain text. Never throws, linear time.
 */
export function readApiMessage(bytes: Uint8Array, contentType: string | undefined): ApiMessage {
  if (bytes.length === 0) return NO_MESSAGE;
  const text = decodeText(bytes.subarray(0, LARGEST), contentType).text.replace(/^\uFEFF/, '');
  return readTextMessage(text, contentType);
}

/** As {@link readApiMessage}, for text that is decoded already. */
export function readTextMessage(text: string, contentType: string | undefined): ApiMessage {
  const type = (contentType ?? '').toLowerCase();
  const start = text.slice(0, 200).trimStart();
  if (start === '') return NO_MESSAGE;
  if (/^<(?:!doctype html|html|head|body)/i.test(start) || (/html/.test(type) && start.startsWith('<'))) {
    return readHtmlMessage(text);
  }
  if (/^<[?!A-Za-z]/.test(start)) return readXmlMessage(text);
  if (/^[{["]/.test(start)) {
    const json = parse(text);
    if (json !== undefined) return typeof json === 'string' ? plain(json) : readJsonMessage(json);
    return brokenJson(text);
  }
  // A form, as some token endpoints answer: `error=invalid_grant&error_description=…`.
  if (/^[\w.]+=[^\s]*$/.test(start) && /error/.test(start)) return formMessage(text.slice(0, 4096));
  // Bytes that are no text say nothing.
  if (/[\u0000-\u0008\u000e-\u001f]/.test(start)) return NO_MESSAGE;
  return plain(text);
}

function plain(text: string): ApiMessage {
  const main = sentence(text);
  return main === undefined
    ? NO_MESSAGE
    : { ...NO_MESSAGE, format: 'text', main: { text: main }, help: addressIn(main) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** JSON that is cut off or not quite JSON: the first members that look like an error's. */
function brokenJson(text: string): ApiMessage {
  const members: Record<string, string> = {};
  const member = /"(error_description|error|message|detail|code|title|msg)"\s*:\s*"((?:[^"\\]|\\.){0,1000})"/g;
  for (const match of text.slice(0, 65_536).matchAll(member)) {
    const name = match[1] ?? '';
    members[name] ??= (parse(`"${match[2]}"`) as string | undefined) ?? match[2] ?? '';
  }
  return Object.keys(members).length > 0 ? readJsonMessage(members) : plain(text);
}

function formMessage(text: string): ApiMessage {
  return readJsonMessage(Object.fromEntries(new URLSearchParams(text)));
}
