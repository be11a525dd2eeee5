import type { Dynamic } from './resolution';

/** A system variable: a value made when the request is sent. */
export interface DynamicVariable {
  readonly name: string;
  /** Its syntax, without the braces. */
  readonly usage: string;
  /**
   * The value for these arguments (the text after the name, trimmed). Undefined where it cannot use them; `not-yet` where
   * another tool could.
   */
  readonly evaluate: (text: string, dynamic: Dynamic) => string | undefined | 'not-yet';
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';

/** All of them, in the order in which they are offered. A new one is an entry here. */
export const dynamicVariables: readonly DynamicVariable[] = [
  { name: '$guid', usage: '$guid', evaluate: uuid },
  { name: '$uuid', usage: '$uuid', evaluate: uuid },
  { name: '$random.uuid', usage: '$random.uuid', evaluate: uuid },
  {
    name: '$timestamp',
    usage: '$timestamp [N UNIT]',
    evaluate: (text, dynamic) => {
      const at = withOffset(dynamic.now(), text);
      return at === undefined ? undefined : String(Math.floor(at / 1000));
    },
  },
  {
    name: '$isoTimestamp',
    usage: '$isoTimestamp',
    evaluate: (text, dynamic) => (text === '' ? new Date(dynamic.now()).toISOString() : undefined),
  },
  {
    name: '$datetime',
    usage: '$datetime rfc1123|iso8601 [N UNIT]',
    evaluate: (text, dynamic) => {
      if (/^["']/.test(text)) return 'not-yet';
      const [format, ...rest] = text.split(/\s+/);
      const at = withOffset(dynamic.now(), rest.join(' '));
      if (at === undefined) return undefined;
      // The date format of HTTP, RFC 9110 section 5.6.7.
      if (format === 'rfc1123') return new Date(at).toUTCString();
      return format === 'iso8601' ? new Date(at).toISOString() : undefined;
    },
  },
  {
    name: '$randomInt',
    usage: '$randomInt [MIN MAX]',
    evaluate: (text, dynamic) => integer(text === '' ? [] : text.split(/\s+/), dynamic),
  },
  {
    name: '$random.integer',
    usage: '$random.integer(MIN, MAX)',
    evaluate: (text, dynamic) => integer(callArguments(text), dynamic),
  },
  {
    name: '$random.float',
    usage: '$random.float(MIN, MAX)',
    evaluate: (text, dynamic) => {
      const range = readRange(callArguments(text), /^-?\d{1,15}(?:\.\d{1,9})?$/);
      return range === undefined ? undefined : String(range.from + dynamic.random() * (range.to - range.from));
    },
  },
  characters('$random.alphabetic', letters),
  characters('$random.alphanumeric', `${letters}${digits}_`),
  characters('$random.hexadecimal', `${digits}abcdef`),
];

const byName = new Map(dynamicVariables.map((variable) => [variable.name, variable]));

export function isDynamic(name: string): boolean {
  return byName.has(name);
}

export function dynamicVariable(name: string): DynamicVariable | undefined {
  return byName.get(name);
}

function uuid(text: string, dynamic: Dynamic): string | undefined {
  return text === '' || text === '()' ? dynamic.uuid() : undefined;
}

function callArguments(text: string): string[] | undefined {
  if (text === '') return [];
  if (!text.startsWith('(') || !text.endsWith(')')) return undefined;
  const inside = text.slice(1, -1).trim();
  return inside === '' ? [] : inside.split(',').map((part) => part.trim());
}

/** From `MIN MAX`, or 0 to 1000; MIN included, MAX not. A range that runs backwards is a mistake, not a wish. */
function readRange(words: readonly string[] | undefined, pattern: RegExp): { from: number; to: number } | undefined {
  if (words === undefined) return undefined;
  if (words.length === 0) return { from: 0, to: 1000 };
  const [from = '', to = ''] = words;
  if (words.length !== 2 || !pattern.test(from) || !pattern.test(to)) return undefined;
  return Number(from) < Number(to) ? { from: Number(from), to: Number(to) } : undefined;
}

function integer(words: readonly string[] | undefined, dynamic: Dynamic): string | undefined {
  const range = readRange(words, /^-?\d{1,15}$/);
  return range === undefined ? undefined : String(range.from + Math.floor(dynamic.random() * (range.to - range.from)));
}

function characters(name: string, alphabet: string): DynamicVariable {
  return {
    name,
    usage: `${name}(LENGTH)`,
    evaluate: (text, dynamic) => {
      const length = /^\(\s*(\d{1,4})\s*\)$/.exec(text)?.[1];
      if (length === undefined) return undefined;
      const pick = (): string => alphabet[Math.floor(dynamic.random() * alphabet.length)] ?? '';
      return Array.from({ length: Number(length) }, pick).join('');
    },
  };
}

const fixedUnits: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const monthUnits: Readonly<Record<string, number>> = { M: 1, Q: 3, y: 12 };

/** Moves a time by `N UNIT` (`y Q M w d h m s ms`, in UTC); without an offset it stays. Undefined where that cannot be read. */
function withOffset(at: number, text: string): number | undefined {
  if (text === '') return at;
  const match = /^([+-]?\d{1,12})\s*(ms|[yQMwdhms])$/.exec(text);
  if (match === null) return undefined;
  const amount = Number(match[1]);
  const months = monthUnits[match[2] ?? ''];
  const moved = months === undefined ? at + amount * (fixedUnits[match[2] ?? ''] ?? 0) : addMonths(at, amount * months);
  // The range of a Date: 100 million days around the epoch.
  return Math.abs(moved) <= 8.64e15 ? moved : undefined;
}

/** The same day so many months on; the last of the month where it has no such day. */
function addMonths(at: number, months: number): number {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}
