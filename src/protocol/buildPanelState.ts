import type { Diagnosis } from '../core/diagnosis/cause';
import type { Exchange, Hop } from '../core/http/exchange';
import type { Redacted } from '../core/redaction/redacted';
import { bodyLanguage, bodyView, fieldValue, isBinary, type Decode } from './bodyView';
import { causeCards } from './causeCards';
import { formatDuration, formatSize, formatStatus } from './format';
import { statusSeverity, timeline } from './hopView';
import type { BodyView, DoneState, HeaderRow, RequestView, Segment, Severity, Summary } from './panelState';
import type { PanelWords } from './panelWords';
import { pretty } from './pretty';

export { fixAt } from './causeCards';

/** A mask that occurs in redacted values, and whose secret it stands for, in words: `Mark` of core/redaction. */
interface Mark {
  readonly mask: string;
  readonly secretOf: string;
}

/**
 * What the panel's state is made of. Values are redacted before they come here. This room imports types only, so the three
 * things it needs done are handed in: `words` is `panelWords(names)` of core/diagnosis, `split` is `splitAtMarks` of
 * core/redaction, `decode` is `decodeText` of core/http.
 */
export interface DoneInput {
  /** e.g. the request's name, or its method and path. */
  readonly title: string;
  readonly exchange: Redacted<Exchange>;
  readonly diagnosis: Redacted<Diagnosis>;
  readonly marks: readonly Mark[];
  /** Remarks of the host, beside those the exchange itself gives rise to. Redacted. */
  readonly notes?: Summary['notes'];
  readonly canSendAgain: boolean;
  readonly words: PanelWords;
  readonly split: (text: string, marks: readonly Mark[]) => readonly Segment[];
  readonly decode: Decode;
}

/** Characters of a request's body that are shown. */
const REQUEST_CEILING = 100_000;

/** The state of the panel for a request that was sent. Pure; linear in the size of the exchange. */
export function buildDoneState(input: DoneInput): Redacted<DoneState> {
  const { exchange, diagnosis, words, decode } = input;
  const split = (text: string): readonly Segment[] => input.split(text, input.marks);
  const { outcome } = exchange;
  const response = outcome.kind === 'response' ? outcome.response : undefined;
  const last = exchange.hops[exchange.hops.length - 1];
  const state: DoneState = {
    phase: 'done',
    title: input.title,
    summary: summaryOf(input, last),
    causes: causeCards(diagnosis, { words, split, hops: exchange.hops.length }),
    body: response ? bodyView({ body: response.body, headers: response.headers, decode, words }) : NO_BODY,
    headers: [...(response?.headers ?? []), ...(response?.trailers ?? [])].map((field) => row(field, split)),
    request: requestOf(last, split, input),
    timeline: timeline(exchange, words, split),
    totalMs: exchange.totalMs,
    canSendAgain: input.canSendAgain,
  };
  // Every text in it came in redacted or is a fixed word of ours: what is made of redacted values is redacted.
  return state as Redacted<DoneState>;
}

const NO_BODY: BodyView = { kind: 'empty', language: 'text', raw: '', notes: [] };

function row(
  { name, value }: { readonly name: string; readonly value: string },
  split: (text: string) => readonly Segment[],
): HeaderRow {
  return { name, value: split(value) };
}

function summaryOf({ exchange, diagnosis, words, notes }: DoneInput, last: Hop | undefined): Summary {
  const { outcome } = exchange;
  const own: { severity: Severity; text: string }[] = [];
  if (!exchange.tlsVerified) own.push({ severity: 'warning', text: words.summaryNote({ code: 'tls-not-verified' }) });
  if (diagnosis.sent?.unsigned === 'written-in-request') {
    own.push({ severity: 'info', text: words.summaryNote({ code: 'own-header-won' }) });
  }
  const common = { time: formatDuration(exchange.totalMs), notes: [...own, ...(notes ?? [])], ...connectionOf(last) };
  if (outcome.kind === 'failure') {
    const { code } = outcome.failure;
    return { status: words.failureTitle(code), severity: code === 'cancelled' ? 'info' : 'error', ...common };
  }
  const { status, statusText, body } = outcome.response;
  const severity = statusSeverity(status);
  // A 200 with a sign-in page, a redirect that led nowhere, a body that broke off: not what was asked for.
  const worse =
    (diagnosis.causes.length > 0 || body.problem !== undefined) && (severity === 'success' || severity === 'info')
      ? 'warning'
      : severity;
  const size = body.size > 0 || body.problem ? { size: formatSize(body.size) } : {};
  return { status: formatStatus(status, statusText), severity: worse, ...size, ...common };
}

/** e.g. `HTTP/1.1 · 127.0.0.1:8080 · TLSv1.3`. */
function connectionOf(last: Hop | undefined): { connection?: string } {
  const parts: string[] = [];
  if (last?.response) parts.push(`HTTP/${last.response.httpVersion}`);
  if (last?.remote) {
    const { address, port } = last.remote;
    parts.push(address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);
  }
  if (last?.tls?.protocol !== undefined) parts.push(last.tls.protocol);
  return parts.length > 0 ? { connection: parts.join(' · ') } : {};
}

function requestOf(
  last: Hop | undefined,
  split: (text: string) => readonly Segment[],
  { words, decode }: DoneInput,
): RequestView {
  if (!last) return { line: [], headers: [] };
  const { method, url, headers, body } = last.request;
  const view: RequestView = { line: split(`${method} ${url}`), headers: headers.map((field) => row(field, split)) };
  if (!body || body.length === 0) return view;
  const contentType = fieldValue(headers, 'content-type');
  if (isBinary(body, contentType)) {
    return { ...view, body: { text: [], note: `${words.bodyNote({ code: 'no-text' })} ${formatSize(body.length)}` } };
  }
  const text = decode(body.subarray(0, REQUEST_CEILING * 4), contentType).text;
  const shown = text.slice(0, REQUEST_CEILING);
  const isWhole = shown.length === text.length && body.length <= REQUEST_CEILING * 4;
  if (!isWhole) {
    const cut = words.cut(formatSize(new TextEncoder().encode(shown).length), formatSize(body.length));
    return { ...view, body: { text: split(shown), note: cut } };
  }
  return { ...view, body: { text: split(pretty(shown, bodyLanguage(shown, contentType)) ?? shown) } };
}
