import type { Challenge } from '../auth/challenge';
import { getParam, parseChallenges } from '../auth/challenge';
import type { Hop } from '../http/exchange';
import type { Headers } from '../http/headers';
import { getHeader, getHeaders } from '../http/headers';
import type { HttpResponse } from '../http/message';
import type { ApiMessage } from './apiMessage';
import { NO_MESSAGE } from './apiMessage';
import { readApiMessage } from './body';
import type { Evidence, EvidenceItem } from './cause';
import type { Carried, Fault } from './credential';
import { carriedCredentials, faultsOf } from './credential';
import type { Jwt } from './jwt';
import type { Topic } from './phrases';
import { findPhrase, plainWords } from './phrases';

/** A text the API gave, with the item of evidence that points at it. */
interface Text {
  readonly words: string;
  readonly item: EvidenceItem;
}

/** A success larger than this (bytes) is not searched for an error inside it: it has to cost next to nothing. */
const LARGEST_SUCCESS = 16 * 1024;
/** All texts together, in characters: what is said later than this is no message. */
const MOST_WORDS = 8000;

/**
 * What the rules ask of an exchange, worked out once and only when asked for. Holds secrets, as the evidence does; a rule
 * takes from here only what may be quoted.
 */
export class Facts {
  readonly evidence: Evidence;
  readonly hop: number;
  readonly last: Hop | undefined;
  readonly response: HttpResponse | undefined;
  readonly status: number;
  readonly headers: Headers;
  #carried: readonly Carried[] | undefined;
  #message: ApiMessage | undefined;
  #texts: readonly Text[] | undefined;
  #challenges: readonly Challenge[] | undefined;
  readonly #said = new Map<string, EvidenceItem | undefined>();

  constructor(evidence: Evidence) {
    const { hops, outcome } = evidence.exchange;
    this.evidence = evidence;
    this.hop = Math.max(0, hops.length - 1);
    this.last = hops[hops.length - 1];
    this.response = outcome.kind === 'response' ? outcome.response : undefined;
    this.status = this.response?.status ?? 0;
    this.headers = this.response?.headers ?? [];
  }

  /** The address that answered, or that was tried last. */
  get url(): URL | undefined {
    try {
      return new URL(this.last?.request.url ?? '');
    } catch {
      return undefined;
    }
  }

  get host(): string {
    return this.url?.hostname ?? '';
  }

  /** What the API is called: the service's name, or its host and port. */
  get api(): string {
    return this.evidence.service?.name ?? this.url?.host ?? '';
  }

  /** Every credential that was sent. */
  get carried(): readonly Carried[] {
    return (this.#carried ??= carriedCredentials(this.evidence));
  }

  /** The credential that counts: the service's, else the first. */
  get credential(): Carried | undefined {
    return this.carried.find(({ use }) => use?.service !== undefined) ?? this.carried[0];
  }

  get jwt(): Jwt | undefined {
    return this.carried.find(({ jwt }) => jwt)?.jwt;
  }

  /** What is wrong with the texts of the credentials, the surest first. */
  get faults(): readonly (Fault & { readonly of: Carried })[] {
    const own = this.carried.flatMap((of) => faultsOf(of).map((fault) => ({ ...fault, of })));
    return own.sort((a, b) => Number(b.certain) - Number(a.certain));
  }

  get contentType(): string | undefined {
    return getHeader(this.headers, 'content-type');
  }

  get isHtml(): boolean {
    return /html/i.test(this.contentType ?? '') || this.message.format === 'html';
  }

  /** What the body says. Empty for a large success. */
  get message(): ApiMessage {
    return (this.#message ??= this.#readMessage());
  }

  #readMessage(): ApiMessage {
    const body = this.response?.body;
    if (!body) return NO_MESSAGE;
    const ok = this.status >= 200 && this.status < 300;
    if (ok && body.size > LARGEST_SUCCESS && !/html/i.test(this.contentType ?? '')) return NO_MESSAGE;
    return readApiMessage(ok ? body.bytes.subarray(0, LARGEST_SUCCESS * 4) : body.bytes, this.contentType);
  }

  /** The challenges of WWW-Authenticate. */
  get challenges(): readonly Challenge[] {
    return (this.#challenges ??= parseChallenges(getHeaders(this.headers, 'www-authenticate')));
  }

  challenge(scheme: string): Challenge | undefined {
    return this.challenges.find((challenge) => challenge.scheme.toLowerCase() === scheme);
  }

  /** The first value a parameter has in any challenge. */
  challengeParam(name: string): string | undefined {
    for (const challenge of this.challenges) {
      const value = getParam(challenge, name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** When the server answered, by its own clock (RFC 9110 section 6.6.1); our clock where it does not say. */
  get serverTime(): number {
    const date = Date.parse(getHeader(this.headers, 'date') ?? '');
    return Number.isNaN(date) ? this.evidence.now : date;
  }

  /** Our clock minus the server's, in seconds; 0 where the server names no time. Latency counts into it. */
  get skewSeconds(): number {
    return Math.round((this.evidence.now - this.serverTime) / 1000);
  }

  /** True where the status itself is a refusal: what the API says is then about the caller. */
  get isRefusal(): boolean {
    return this.status === 401 || this.status === 403 || this.status === 407;
  }

  /** True where the request's own content is what the API complains of. */
  get isValidation(): boolean {
    if (this.isRefusal || (this.status !== 400 && this.status !== 422)) return false;
    return this.message.fields.length > 0 || this.status === 422;
  }

  header(name: string): string | undefined {
    return getHeader(this.headers, name);
  }

  /** The item of evidence for a header of the answer, or undefined where it has none. */
  headerItem(name: string): EvidenceItem | undefined {
    const text = this.header(name);
    return text === undefined ? undefined : { kind: 'header', name, text: shorten(text), hop: this.hop };
  }

  get statusItem(): EvidenceItem {
    return { kind: 'status', status: this.status };
  }

  /** The API's own sentence as evidence. */
  get saidItem(): EvidenceItem | undefined {
    const { main } = this.message;
    return main && { kind: 'body', text: main.text, ...(main.pointer === undefined ? {} : { pointer: main.pointer }) };
  }

  /** Where the API speaks of a topic, or undefined. Outside a refusal only what can mean nothing else counts. */
  says(topic: Topic): EvidenceItem | undefined {
    return this.#says(topic, this.isRefusal ? 'any' : 'sure');
  }

  /** As `says`, without the words that mean it only sometimes. */
  saysSurely(topic: Topic): EvidenceItem | undefined {
    return this.#says(topic, 'sure');
  }

  #says(topic: Topic, strength: 'sure' | 'any'): EvidenceItem | undefined {
    const key = `${topic} ${strength}`;
    if (!this.#said.has(key)) {
      this.#said.set(key, this.texts.find(({ words }) => findPhrase(words, topic, strength) !== undefined)?.item);
    }
    return this.#said.get(key);
  }

  /** All the API says, as plain words, the most telling first. */
  get texts(): readonly Text[] {
    return (this.#texts ??= this.#collect());
  }

  #collect(): Text[] {
    const texts: Text[] = [];
    let left = MOST_WORDS;
    const add = (item: EvidenceItem, text: string): void => {
      if (left <= 0) return;
      const words = plainWords(text.slice(0, left));
      left -= words.length;
      if (words !== '') texts.push({ words, item });
    };
    for (const name of ['error', 'error_description']) {
      const text = this.challengeParam(name);
      if (text !== undefined)
        add({ kind: 'header', name: 'WWW-Authenticate', text: shorten(text), hop: this.hop }, text);
    }
    for (const { name, value } of this.headers) {
      if (
        /(?:error|reason|denied|failure)/i.test(name) &&
        !/report|nel|cors|access-control|x-envoy|policy/i.test(name)
      ) {
        add({ kind: 'header', name, text: shorten(value), hop: this.hop }, value);
      }
    }
    const { main, codes, details, format } = this.message;
    for (const said of [main, ...codes, ...(format === 'html' ? details.slice(0, 6) : details)]) {
      if (!said) continue;
      const pointer = said.pointer === undefined ? {} : { pointer: said.pointer };
      add({ kind: 'body', text: said.text, ...pointer }, said.text);
    }
    return texts;
  }
}

/** A header as evidence is read by a person: a thousand characters of it are enough. */
function shorten(text: string): string {
  return text.length <= 1000 ? text : `${text.slice(0, 1000)}…`;
}
