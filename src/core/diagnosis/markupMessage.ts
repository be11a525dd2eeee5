import type { ApiMessage, Said } from './apiMessage';
import { NO_MESSAGE, addressIn, sentence } from './apiMessage';

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', nbsp: ' ' };

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|quot|apos|amp|nbsp));/gi, (all, dec, hex, name) => {
    if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? all;
    const code = Number.parseInt((dec ?? hex) as string, dec === undefined ? 16 : 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

/** The elements that hold nothing but text, in order. Linear: a match never reaches past the next `<`. */
function leaves(text: string): { readonly name: string; readonly text: string }[] {
  const found: { name: string; text: string }[] = [];
  for (const match of text.matchAll(/<([A-Za-z_][\w:.-]{0,80})(?:\s[^<>]*)?>([^<]*)<\/([A-Za-z_][\w:.-]{0,80})/g)) {
    if (found.length >= 400) break;
    if (match[1] !== match[3]) continue;
    const content = sentence(decode(match[2] ?? ''));
    if (content !== undefined) found.push({ name: (match[1] ?? '').replace(/^.*:/, '').toLowerCase(), text: content });
  }
  return found;
}

const XML_SENTENCES = [
  'message',
  'errormessage',
  'error_description',
  'faultstring',
  'text',
  'description',
  'detail',
  'msg',
  'reason',
];
const XML_CODES = ['code', 'errorcode', 'faultcode', 'type', 'status', 'error', 'value'];

/** Takes XML text, e.g. AWS's `<Error><Code>…</Code><Message>…</Message></Error>` or a SOAP fault. */
export function readXmlMessage(text: string): ApiMessage {
  const all = leaves(text);
  const pick = (names: readonly string[]): Said[] =>
    all.filter((leaf) => names.includes(leaf.name)).map((leaf) => ({ text: leaf.text }));
  const sentences = pick(XML_SENTENCES);
  const main = sentences[0] ?? pick(['error', 'title'])[0];
  // What the error names beside its message (a region, a time, an endpoint) is often the answer itself.
  const rest = all
    .filter((leaf) => !XML_SENTENCES.includes(leaf.name) && !XML_CODES.includes(leaf.name))
    .filter((leaf) => /region|endpoint|servertime|requesttime|expires|stringtosign|bucket|accesskeyid/.test(leaf.name))
    .map((leaf) => ({ text: `${leaf.name}: ${leaf.text}` }));
  return {
    ...NO_MESSAGE,
    format: 'xml',
    ...(main ? { main } : {}),
    codes: pick(XML_CODES).slice(0, 10),
    details: [...sentences.slice(1), ...rest].slice(0, 12),
    help: main ? addressIn(main.text) : undefined,
    failed: /<(?:\w+:)?(?:error|fault|errors)\b/i.test(text.slice(0, 4096)),
  };
}

/** Takes an HTML page: its headings and first paragraphs are the message, and whether it asks for a password counts. */
export function readHtmlMessage(text: string): ApiMessage {
  const all = leaves(text);
  const of = (...names: string[]): Said[] =>
    all.filter((leaf) => names.includes(leaf.name)).map((leaf) => ({ text: leaf.text }));
  const headings = of('h1', 'h2', 'h3');
  const title = of('title');
  const paragraphs = of('p', 'center', 'b', 'strong', 'li', 'noscript', 'div', 'span', 'u', 'pre');
  // The heading of an error page is often only the status; a paragraph then says more.
  const main = [...headings, ...title, ...paragraphs].find((said) => !/^(?:error|\d{3}[\s\S]{0,40})$/i.test(said.text));
  const first = main ?? title[0] ?? headings[0] ?? paragraphs[0];
  return {
    ...NO_MESSAGE,
    format: 'html',
    ...(first ? { main: first } : {}),
    details: [...title, ...headings, ...paragraphs].filter((said) => said !== first).slice(0, 16),
    help: undefined,
    asksForPassword: /<input[^<>]{0,400}type\s*=\s*["']?password/i.test(text),
  };
}
