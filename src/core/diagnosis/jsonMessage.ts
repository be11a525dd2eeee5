import type { ApiMessage, Said } from './apiMessage';
import { NO_MESSAGE, addressIn, sentence, webAddress } from './apiMessage';

/*
 * Vendors agree on few names but on one form: a sentence under a name such as `message`, a word under a name such as
 * `code`, somewhere near the top. So every member is looked at, and its name and depth decide; no vendor is known here.
 */

/** Members that hold a sentence, the better the smaller. Names without `_`, `-` and case. */
const SENTENCES: Readonly<Record<string, number>> = {
  errordescription: 1,
  message: 1,
  detail: 1,
  errormessage: 1,
  errormsg: 1,
  faultstring: 1,
  statusmessage: 1,
  err: 2,
  msg: 1,
  errormessages: 1,
  error: 2,
  errors: 2,
  errorsummary: 2,
  fault: 2,
  userpresentablemessage: 3,
  usermessage: 3,
  description: 3,
  details: 3,
  longmessage: 3,
  developermessage: 3,
  messages: 3,
  reason: 4,
  cause: 4,
  title: 5,
  hint: 6,
  info: 6,
};

const CODES = new Set([
  'code',
  'error',
  'errorcode',
  'errcode',
  'type',
  'errortype',
  'reason',
  'status',
  'statuscode',
  'category',
  'name',
  'tag',
  'subcode',
  'errorsubcode',
  'errorsubtype',
  'errorname',
  'ecode',
  'issue',
  'id',
  'key',
]);

const HELP: Readonly<Record<string, number>> = {
  documentationurl: 1,
  docurl: 1,
  docsurl: 1,
  helpurl: 1,
  helplink: 1,
  help: 1,
  moreinfo: 1,
  moreinfourl: 1,
  infourl: 1,
  erroruri: 1,
  documentation: 1,
  docs: 1,
  registrationurl: 2,
  activationurl: 2,
  learnmore: 2,
  supporturl: 2,
  url: 3,
  uri: 3,
  href: 3,
  link: 3,
  type: 4,
};

const FAILED = new Set(['error', 'errors', 'errorcode', 'errormessage', 'fault', 'errormessages', 'errordescription']);

/** Deeper or longer than this nobody writes an error message. */
const DEEPEST = 8;
const MOST_MEMBERS = 2000;

interface Found extends Said {
  readonly rank: number;
}

/** Takes parsed JSON; gives what it says. Looks at no more than two thousand members. */
export function readJsonMessage(json: unknown): ApiMessage {
  const walk = new Walk();
  walk.visit(json, '', '', 0);
  return walk.message(json);
}

class Walk {
  #left = MOST_MEMBERS;
  readonly #sentences: Found[] = [];
  readonly #codes: Said[] = [];
  readonly #help: { readonly url: string; readonly rank: number }[] = [];
  readonly #needed = new Set<string>();
  readonly #granted = new Set<string>();
  readonly #fields = new Set<string>();

  visit(value: unknown, key: string, pointer: string, depth: number): void {
    if (depth > DEEPEST || this.#left-- <= 0) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.slice(0, 50).entries()) this.visit(item, key, `${pointer}/${index}`, depth + 1);
    } else if (typeof value === 'object' && value !== null) {
      this.#object(value as Record<string, unknown>, key, pointer, depth);
    } else {
      this.#leaf(value, key, pointer, depth);
    }
  }

  #object(object: Record<string, unknown>, parent: string, pointer: string, depth: number): void {
    // `errors: { name: ["…"] }`; the members of `errors: [{ … }]` are those of an error, not fields of the request.
    const isMapOfFields =
      /^(?:errors|fielderrors|validationerrors|invalidparams)$/.test(parent) && depth > 0 && !/\/\d+$/.test(pointer);
    for (const [name, value] of Object.entries(object)) {
      const key = plainKey(name);
      const at = `${pointer}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`;
      if (value === true && /invalid|expired|unauth|denied|missing|revoked/i.test(name)) {
        this.#codes.push({ text: name, pointer: at });
      }
      if (isField(key) && typeof value === 'string' && value !== '') this.#fields.add(value);
      if (key === 'loc' && Array.isArray(value)) this.#fields.add(value.map(String).join('.'));
      const list = strings(value);
      if (isMapOfFields && list.length > 0 && !(key in SENTENCES) && (Array.isArray(value) || !CODES.has(key))) {
        this.#fields.add(name);
        // The text beside a field's name is the complaint about it.
        this.visit(value, 'description', at, depth + 1);
        continue;
      }
      if (list.length > 0) this.#scopes(key, list);
      this.visit(value, key, at, depth + 1);
    }
  }

  #scopes(key: string, list: readonly string[]): void {
    const isScope = /scope|permission/.test(key) && !/url|link|message/.test(key);
    if (!isScope && !/^(?:needed|provided)$/.test(key)) return;
    const into = /provided|granted|current|actual|tokenscope/.test(key) ? this.#granted : this.#needed;
    if (!/need|requir|miss|expect|accept|provided|granted|current|actual|scope/.test(key)) return;
    for (const item of list) {
      for (const one of item.split(/[\s,]+/)) if (one !== '' && one.length <= 200) into.add(one);
    }
  }

  #leaf(value: unknown, key: string, pointer: string, depth: number): void {
    if (typeof value === 'number' && /^(?:code|errorcode|errcode|subcode)$/.test(key) && value > 599) {
      this.#codes.push({ text: String(value), pointer });
      return;
    }
    if (typeof value !== 'string' || value === '') return;
    const url = webAddress(value);
    const rank = HELP[key];
    if (url !== undefined) {
      if (rank !== undefined && !isSpecification(url)) this.#help.push({ url, rank });
      return;
    }
    if (rank === 1) {
      const inside = addressIn(value);
      if (inside !== undefined) this.#help.push({ url: inside, rank: 2 });
    }
    const text = sentence(value);
    if (text === undefined) return;
    const isWord = /^[\w.\-#:/[\]]{1,120}$/.test(text) && !/^\d+$/.test(text);
    if (isWord && CODES.has(key) && !(key === 'id' && /\d/.test(text))) this.#codes.push({ text, pointer });
    const best = SENTENCES[key];
    if (best !== undefined && !/^\d+$/.test(text)) {
      // A lone word under a sentence's name is a sentence only where nothing better stands.
      this.#sentences.push({ text, pointer, rank: best * 10 + depth + (isWord ? 40 : 0) });
    }
  }

  message(json: unknown): ApiMessage {
    const ordered = [...this.#sentences].sort((a, b) => a.rank - b.rank);
    const [main, ...details] = ordered.map(({ text, pointer }) => ({ text, pointer }));
    const help = [...this.#help].sort((a, b) => a.rank - b.rank)[0]?.url;
    return {
      ...NO_MESSAGE,
      format: 'json',
      ...(main ? { main } : {}),
      details: details.slice(0, 20),
      codes: this.#codes.slice(0, 20),
      help: help ?? (main ? addressIn(main.text) : undefined),
      needed: [...this.#needed].slice(0, 40),
      granted: [...this.#granted].slice(0, 40),
      fields: [...this.#fields].slice(0, 20),
      failed: saysFailed(json),
    };
  }
}

/** A success may carry an empty `errors` list: only something in it speaks of a failure. */
function saysFailed(json: unknown): boolean {
  if (Array.isArray(json)) return json.length > 0 && json.length <= 3 && saysFailed(json[0]);
  if (typeof json !== 'object' || json === null) return false;
  return Object.entries(json as Record<string, unknown>).some(([name, value]) => {
    const key = plainKey(name);
    if ((key === 'ok' || key === 'success') && value === false) return true;
    if (key === 'status' && typeof value === 'string') {
      return /^(?:error|fail|failure|failed|.*_denied|unauthorized|forbidden|over_.*limit)$/i.test(value);
    }
    if (!FAILED.has(key) || value === null || value === undefined || value === false || value === '' || value === 0) {
      return false;
    }
    return typeof value !== 'object' || Object.keys(value).length > 0;
  });
}

function plainKey(name: string): string {
  return name.replace(/[_\-.@]/g, '').toLowerCase();
}

function isField(key: string): boolean {
  return /^(?:field|param|parameter|property|path|fieldname|locationtype|attribute)$/.test(key);
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** RFC 9457 `type` members often point at the specification of the status code, which helps nobody. */
function isSpecification(url: string): boolean {
  return /\/\/(?:tools\.ietf\.org|datatracker\.ietf\.org|www\.rfc-editor\.org|httpstatuses\.|developer\.mozilla\.org|www\.w3\.org)/.test(
    url,
  );
}
