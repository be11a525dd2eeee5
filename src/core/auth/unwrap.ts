import { decodeUserPass } from './basic';
import type { Expected, Repair } from './paste';
import { decode } from './query';

/** Where the credential stands in what was pasted (UTF-16 offsets), and what was found on the way. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly repairs: readonly Repair[];
  /** The credentials of a Basic header, still encoded. */
  readonly basic?: string;
  /** The argument of `curl -u`. */
  readonly userPass?: string;
  /** The value where it is not what stands there letter by letter. */
  readonly decoded?: string;
}

type Step = (text: string, piece: Piece, expected: Expected) => Piece | undefined;

/** One thing goes inside another (`"Authorization": "Bearer abc",`), but never deeper than this. */
const DEPTH = 12;

/** Takes away, layer by layer, what stands around a credential. */
export function strip(text: string, expected: Expected): Piece {
  let piece: Piece = { start: 0, end: text.length, repairs: [] };
  const steps = expected.field === 'password' ? [lineEnds, fromCurl, fromBasic] : [whiteSpace, ...wrappings];
  for (let depth = 0; depth < DEPTH; depth++) {
    const next = first(steps, text, piece, expected);
    if (next === undefined) return piece;
    piece = next;
    if (piece.decoded !== undefined || piece.basic !== undefined || piece.userPass !== undefined) return piece;
  }
  return piece;
}

function first(steps: readonly Step[], text: string, piece: Piece, expected: Expected): Piece | undefined {
  for (const step of steps) {
    const next = step(text, piece, expected);
    if (next !== undefined) return next;
  }
  return undefined;
}

const inside = (text: string, { start, end }: Piece): string => text.slice(start, end);

/** The piece without so many characters at both ends; undefined where nothing goes. */
function cut(piece: Piece, before: number, after: number, repair: Repair): Piece | undefined {
  if (before + after === 0) return undefined;
  const start = Math.min(piece.start + before, piece.end);
  return { start, end: Math.max(start, piece.end - after), repairs: [...piece.repairs, repair] };
}

/** Cuts what matches at the start. */
function cutPrefix(text: string, piece: Piece, pattern: RegExp): Piece | undefined {
  const prefix = pattern.exec(inside(text, piece))?.[0];
  if (prefix === undefined || prefix === '') return undefined;
  return cut(piece, prefix.length, 0, { code: 'prefix', text: prefix.trim() });
}

const lineEnds: Step = (text, piece) => {
  const content = inside(text, piece);
  const rest = content.replace(/^[\r\n]+/, '');
  return cut(piece, content.length - rest.length, rest.length - trimEnd(rest, /[\r\n]/).length, { code: 'line-ends' });
};

const whiteSpace: Step = (text, piece) => {
  const content = inside(text, piece);
  const rest = content.trimStart();
  const removed = content.slice(0, content.length - rest.length) + rest.slice(rest.trimEnd().length);
  const code = /^[\r\n]+$/.test(removed) ? 'line-ends' : 'white-space';
  return cut(piece, content.length - rest.length, rest.length - rest.trimEnd().length, { code });
};

/** A pattern such as `[\r\n]+$` would be tried at every start of a run. */
function trimEnd(text: string, character: RegExp): string {
  let end = text.length;
  while (end > 0 && character.test(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}

/** `curl … -H 'Authorization: Bearer abc'`: the header that is wanted, or the argument of `-u`. */
const fromCurl: Step = (text, piece, expected) => {
  const content = inside(text, piece);
  if (!/^\s*(?:\$\s*)?curl(?:\.exe)?\s/.test(content)) return undefined;
  const repairs: readonly Repair[] = [...piece.repairs, { code: 'curl' }];
  const option = /(?:^|\s)(-H|--header|-u|--user)[ \t=]*("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']\S*)/g;
  for (const match of content.matchAll(option)) {
    const [whole, name = '', quoted = ''] = match;
    const argument = /^["']/.test(quoted) ? quoted.slice(1, -1) : quoted;
    const start = piece.start + match.index + whole.length - quoted.length + (quoted.length - argument.length) / 2;
    const found: Piece = { start, end: start + argument.length, repairs };
    if (/^-(?:u|-user)$/.test(name)) {
      if (expected.scheme === 'basic') return { ...found, userPass: argument };
    } else if (headerPattern(expected).test(argument)) return found;
  }
  return undefined;
};

/** `Authorization: Basic dTpw` or `Basic dTpw`, where that decodes to a user name and a password. */
const fromBasic: Step = (text, piece, expected) => {
  if (expected.scheme !== 'basic') return undefined;
  const [, credentials] =
    /^\s*["']?(?:authorization["']?\s*:\s*["']?)?basic\s+([A-Za-z0-9+/_-]+={0,2})["',;\s]*$/i.exec(
      inside(text, piece),
    ) ?? [];
  return credentials !== undefined && decodeUserPass(credentials) ? { ...piece, basic: credentials } : undefined;
};

/** The name of the header in which the credential goes, with its colon. */
function headerPattern({ scheme, settings }: Expected): RegExp {
  const name = scheme === 'apiKey' ? (settings?.['name'] ?? '') : 'Authorization';
  const escaped = name.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  return new RegExp(`^["'\`]?${name === '' ? '(?!)' : escaped}["'\`]?\\s*:\\s*`, 'i');
}

const headerName: Step = (text, piece, expected) => {
  const found = cutPrefix(text, piece, headerPattern(expected));
  if (found === undefined || expected.scheme === 'apiKey') return found;
  // GitHub's older word for a bearer token; only behind the header's name, where it cannot be the token itself.
  return cutPrefix(text, found, /^["'`]?token\s+(?=\S)/i) ?? found;
};

const bearerWord: Step = (text, piece, { scheme }) =>
  scheme === 'bearer' ? cutPrefix(text, piece, /^bearer(?:\s*:\s*|\s+)(?=\S)/i) : undefined;

/** `api_key=abc` of a query or a cookie, also inside a whole URL or Cookie header; ends at the next parameter. */
const parameter: Step = (text, piece, { scheme, settings }) => {
  const where = settings?.['in'];
  const name = settings?.['name'] ?? '';
  if (scheme !== 'apiKey' || name === '' || (where !== 'query' && where !== 'cookie')) return undefined;
  const content = inside(text, piece);
  const head = where === 'query' ? /^(?:[a-z]+:\/\/\S*?)?[?&]?/i : /^(?:cookie\s*:\s*)?/i;
  const separator = where === 'query' ? '&' : ';';
  let from = head.exec(content)?.[0].length ?? 0;
  if (where === 'query' && /^[a-z]+:\/\//i.test(content)) from = content.indexOf('?') + 1;
  for (const part of content.slice(from).split(separator)) {
    const lead = part.length - part.trimStart().length;
    if (part.slice(lead).startsWith(`${name}=`)) {
      const start = piece.start + from + lead + name.length + 1;
      const value = part.slice(lead + name.length + 1).split('#', 1)[0] ?? '';
      const prefix: Repair = { code: 'prefix', text: `${name}=` };
      const found: Piece = { start, end: start + value.length, repairs: [...piece.repairs, prefix] };
      const decoded = where === 'query' ? decode(value.replaceAll('+', '%2B')) : value;
      return decoded === value
        ? found
        : { ...found, decoded, repairs: [...found.repairs, { code: 'percent-decoded' }] };
    }
    from += part.length + 1;
  }
  return undefined;
};

/** `export API_TOKEN=abc` of a shell or an environment file, `"access_token": ` of JSON. */
const assignment: Step = (text, piece) =>
  cutPrefix(text, piece, /^(?:export\s+|set\s+|\$env:)?[A-Z][A-Z0-9_]{2,60}\s*=\s*(?=["'`]|\S{8})/) ??
  cutPrefix(text, piece, /^["'][\w.-]{1,60}["']\s*:\s*(?=["'])/);

/** A whole answer of a token endpoint. */
const json: Step = (text, piece, { settings }) => {
  const content = inside(text, piece);
  if (!content.startsWith('{') || !content.endsWith('}')) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const members = new Map(Object.entries(parsed) as [string, unknown][]);
  for (const name of [settings?.['name'] ?? '', 'access_token', 'accessToken', 'token', 'api_key', 'apiKey', 'key']) {
    const value = members.get(name);
    if (typeof value !== 'string' || value === '') continue;
    const at = content.indexOf(value);
    if (at >= 0) {
      const start = piece.start + at;
      return { start, end: start + value.length, repairs: [...piece.repairs, { code: 'json' }] };
    }
  }
  return undefined;
};

const QUOTES: readonly (readonly [string, string])[] = [
  ['\\"', '\\"'],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['\u201c', '\u201d'],
  ['\u201d', '\u201d'],
  ['\u201e', '\u201c'],
  ['\u2018', '\u2019'],
  ['\u2019', '\u2019'],
  ['\u00ab', '\u00bb'],
];

const quotes: Step = (text, piece) => {
  const content = inside(text, piece);
  const pair = QUOTES.find(
    ([open, close]) =>
      content.length >= open.length + close.length && content.startsWith(open) && content.endsWith(close),
  );
  return pair && cut(piece, pair[0].length, pair[1].length, { code: 'quotes' });
};

/** A comma or semicolon that ended the line it was copied from. */
const punctuation: Step = (text, piece) => {
  const content = inside(text, piece);
  return cut(piece, 0, content.length - trimEnd(content, /[,;]/).length, { code: 'trailing-punctuation' });
};

const wrappings: readonly Step[] = [fromCurl, parameter, headerName, bearerWord, json, assignment, punctuation, quotes];
