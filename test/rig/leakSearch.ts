// Finds secrets in texts and files, in every form they take on their way, in one pass over the bytes.
import { closeSync, openSync, readSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A value that may appear nowhere, and what to call it in a report. */
export interface KnownSecret {
  readonly label: string;
  readonly value: string;
}

/** Where to search: a file or folder on disk, or a text that is called `name` in the report. */
export type Place = { readonly path: string } | { readonly name: string; readonly text: string };

/** A secret that was found where none may be. */
export interface Finding {
  readonly secret: string;
  /** How it was written there: `raw`, `part`, `percent-encoded`, `base64`, `JSON-escaped`, … */
  readonly form: string;
  readonly place: string;
  /** The bytes around it, with the secret itself masked. */
  readonly excerpt: string;
}

interface Pattern {
  readonly secret: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/** Shorter than this, a hit would be chance. */
const shortest = 6;
const chunkSize = 4 * 1024 * 1024;

/**
 * Searches places for secrets.
 * Takes the places (folders are read with all below them; file names are searched too), the secrets, and the paths
 * that may hold them. Gives at most one finding per place, secret and form.
 */
export function searchFor(
  places: readonly Place[],
  secrets: readonly KnownSecret[],
  allowed: readonly string[] = [],
): Finding[] {
  if (secrets.length === 0) return [];
  const matcher = new Matcher(secrets.flatMap(patternsOf));
  for (const place of places) {
    if ('text' in place) matcher.scan(Buffer.from(place.text), place.name);
    else scanPath(place.path, matcher, allowed);
  }
  // A part says nothing new where the whole was found.
  const whole = new Set(matcher.findings.filter(({ form }) => form !== 'part').map(placeKey));
  return matcher.findings.filter((finding) => finding.form !== 'part' || !whole.has(placeKey(finding)));
}

/** Every way of writing a secret that counts as a leak. */
export function patternsOf({ label, value }: KnownSecret): Pattern[] {
  const found = new Map<string, Pattern>();
  const add = (form: string, text: string | Buffer): void => {
    const bytes = Buffer.from(text as string);
    const key = bytes.toString('latin1');
    if (bytes.length >= shortest && !found.has(key)) found.set(key, { secret: label, form, bytes });
  };
  add('raw', value);
  // A cut or wrapped secret is one still: any 16 characters of it tell too much.
  for (let at = 0; at + 16 <= value.length && value.length > 20; at += 16) add('part', value.slice(at, at + 16));
  const percent = encodeURIComponent(value);
  const strict = percent.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  for (const text of [percent, strict, new URLSearchParams({ v: value }).toString().slice(2), encodeURI(value)]) {
    add('percent-encoded', text);
    add(
      'percent-encoded',
      text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    );
    add('percent-encoded twice', encodeURIComponent(text));
  }
  for (const text of base64Forms(Buffer.from(value))) add('base64', text);
  for (const text of base64Forms(Buffer.from(value, 'latin1'))) add('base64', text);
  const json = JSON.stringify(value).slice(1, -1);
  add('JSON-escaped', json);
  add('JSON-escaped twice', JSON.stringify(json).slice(1, -1));
  // Some servers escape all that is not ASCII, and the slash.
  const ascii = json.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  for (const text of [ascii, ascii.replaceAll('/', '\\/'), json.replaceAll('/', '\\/')]) add('JSON-escaped', text);
  const html = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  add('HTML-escaped', html.replaceAll('"', '&quot;'));
  add('HTML-escaped', html.replaceAll('"', '&quot;').replaceAll("'", '&#39;'));
  add('UTF-16', Buffer.from(value, 'utf16le'));
  const hex = Buffer.from(value).toString('hex');
  for (const text of [hex, hex.toUpperCase()]) add('hexadecimal', text);
  return [...found.values()];
}

/**
 * Base64 of a secret on its own and inside something longer (`user:secret`), where it starts at one of three
 * alignments; only the characters that depend on nothing but the secret are kept. Both alphabets.
 */
function base64Forms(secret: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), secret]).toString('base64');
    const own = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + secret.length) * 8) / 6));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Looks for many byte strings at once: a table over the next four bytes tells where a closer look is worth it. */
class Matcher {
  readonly findings: Finding[] = [];
  readonly longest: number;
  private readonly table = new Uint8Array(1 << 16);
  private readonly byStart = new Map<number, Pattern[]>();
  private readonly reported = new Set<string>();
  private readonly longestFirst: readonly Pattern[];

  constructor(patterns: readonly Pattern[]) {
    this.longestFirst = [...patterns].sort((a, b) => b.bytes.length - a.bytes.length);
    this.longest = Math.max(0, ...patterns.map((pattern) => pattern.bytes.length));
    for (const pattern of patterns) {
      const start = pattern.bytes.readUInt32BE(0);
      this.table[hash(start)] = 1;
      this.byStart.set(start, [...(this.byStart.get(start) ?? []), pattern]);
    }
  }

  /** Adds what is found in `bytes` to the findings, under the name of the place. */
  scan(bytes: Buffer, place: string): void {
    let next = 0;
    for (let end = 0; end < bytes.length; end++) {
      next = ((next << 8) | bytes[end]!) >>> 0;
      if (end < 3 || this.table[hash(next)] === 0) continue;
      for (const pattern of this.byStart.get(next) ?? []) {
        const at = end - 3;
        if (bytes.subarray(at, at + pattern.bytes.length).equals(pattern.bytes)) this.report(pattern, bytes, at, place);
      }
    }
  }

  private report(pattern: Pattern, bytes: Buffer, at: number, place: string): void {
    const key = `${place}\0${pattern.secret}\0`;
    if (this.reported.has(key + pattern.form)) return;
    this.reported.add(key + pattern.form);
    const excerpt = this.mask(bytes, at, pattern);
    this.findings.push({ secret: pattern.secret, form: pattern.form, place, excerpt });
  }

  /** What stands around a hit, with this and every other secret in it masked. */
  private mask(bytes: Buffer, at: number, hit: Pattern): string {
    const margin = this.longest + 40;
    let text = bytes.subarray(Math.max(0, at - margin), at + hit.bytes.length + margin).toString('latin1');
    for (const { bytes: each } of this.longestFirst) text = text.replaceAll(each.toString('latin1'), '<SECRET>');
    // Masked first and cut afterwards, so that no secret is cut in half and slips through.
    const shown = Math.max(0, text.indexOf('<SECRET>') - 40);
    return text.slice(shown, shown + 100).replace(/[^\x20-\x7e]+/g, ' ');
  }
}

function placeKey({ secret, place }: Finding): string {
  return `${secret}\0${place}`;
}

function scanPath(path: string, matcher: Matcher, allowed: readonly string[]): void {
  if (allowed.some((prefix) => path === prefix || path.startsWith(join(prefix, '/')))) return;
  let stat;
  try {
    stat = statSync(path, { throwIfNoEntry: false });
  } catch {
    return;
  }
  if (!stat) return;
  matcher.scan(Buffer.from(path), `the name ${path}`);
  if (stat.isDirectory()) for (const name of readdirSync(path)) scanPath(join(path, name), matcher, allowed);
  else if (stat.isFile()) scanFile(path, matcher);
}

function scanFile(path: string, matcher: Matcher): void {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return;
  }
  try {
    const buffer = Buffer.alloc(chunkSize + matcher.longest);
    let kept = 0;
    for (;;) {
      const read = readSync(file, buffer, kept, chunkSize, null);
      if (read === 0) break;
      matcher.scan(buffer.subarray(0, kept + read), path);
      // The end of this chunk is looked at again with the next one: a secret may lie across the border.
      const keep = Math.min(matcher.longest - 1, kept + read);
      buffer.copy(buffer, 0, kept + read - keep, kept + read);
      kept = keep;
    }
  } finally {
    closeSync(file);
  }
}

function hash(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> 16;
}
