/*
 * What the panel shows: plain data, built in the host from redacted values only, drawn by the webview. Everything here
 * may be persisted by VS Code (the panel's own state), so no secret may ever be in it.
 */

/** A piece of text; a masked piece says where its value came from. */
export interface Segment {
  readonly text: string;
  /** Set on a masked secret: what the tooltip and the screen reader say, e.g. `token of service SendGrid`. */
  readonly secretOf?: string;
}

export interface HeaderRow {
  readonly name: string;
  readonly value: readonly Segment[];
}

export type Severity = 'success' | 'info' | 'warning' | 'error';

export interface Summary {
  /** e.g. `200 OK`, or the failure in two or three words, e.g. `Connection refused`. */
  readonly status: string;
  readonly severity: Severity;
  /** e.g. `128 ms`. */
  readonly time: string;
  /** e.g. `1.2 KB`; absent where there is no body to speak of. */
  readonly size?: string;
  /** e.g. `HTTP/1.1 · 127.0.0.1:8080`. */
  readonly connection?: string;
  /** Remarks that belong to every view of this response, e.g. TLS not verified, the request's own header won. */
  readonly notes: readonly { readonly severity: Severity; readonly text: string }[];
}

export interface EvidenceLine {
  /** e.g. `The API says`. */
  readonly label: string;
  readonly value: readonly Segment[];
  /** Set where the value is the other side's own words: it is set apart as a quotation. */
  readonly quote?: true;
  /** Where a click leads. */
  readonly at?: { readonly tab: TabId; readonly find?: string };
}

export interface FixButton {
  /** Position in the diagnosis' list of fixes; sent back when the button is pressed. */
  readonly id: string;
  readonly label: string;
  /** A codicon name, e.g. `key`. */
  readonly icon: string;
  readonly primary: boolean;
  /** Milliseconds since the epoch: the button counts down to it and then can be pressed. */
  readonly notBefore?: number;
}

export interface CauseCard {
  /** The stable code of the cause, e.g. `credential-expired`. */
  readonly code: string;
  /** e.g. `likely`, already in words. */
  readonly confidence: string;
  /** What happened, in one sentence. */
  readonly headline: string;
  /** One or two sentences more, where they help. */
  readonly explanation?: string;
  readonly evidence: readonly EvidenceLine[];
  /** What was sent: `Bearer ••••7Qx2 from service SendGrid`, or that nothing was. */
  readonly sent: readonly Segment[];
  readonly fixes: readonly FixButton[];
}

export type BodyLanguage = 'json' | 'xml' | 'html' | 'text';

export interface BodyView {
  readonly kind: 'empty' | 'text' | 'binary';
  readonly language: BodyLanguage;
  readonly contentType?: string;
  /** As it came, decoded and redacted; cut at the panel's ceiling. */
  readonly raw: string;
  /** Laid out for reading; absent where it is the same as `raw`. */
  readonly pretty?: string;
  /** Set where `raw` is not all: what is shown and how to see the rest, in words. */
  readonly cut?: { readonly text: string; readonly canOpenWhole: boolean };
  /** e.g. the connection closed early, an unknown charset. */
  readonly notes: readonly string[];
  /** Set by the webview where a large body was left out of what is kept over a reload; `raw` is empty then. */
  readonly notKept?: true;
}

export interface TimingBar {
  readonly phase: 'dns' | 'connect' | 'tls' | 'send' | 'firstByte' | 'download';
  readonly label: string;
  /** Milliseconds from the start of the exchange. */
  readonly start: number;
  readonly duration: number;
}

export interface HopView {
  /** e.g. `GET http://127.0.0.1:4000/here`. */
  readonly title: readonly Segment[];
  /** e.g. `302 Found`, or the failure. */
  readonly outcome: string;
  readonly severity: Severity;
  /** e.g. `credential sent`, `credential left out: another origin`, `connection reused`. */
  readonly notes: readonly string[];
  readonly bars: readonly TimingBar[];
  readonly totalMs: number;
}

export interface RequestView {
  /** Method and URL of the last hop as it was sent. */
  readonly line: readonly Segment[];
  readonly headers: readonly HeaderRow[];
  readonly body?: { readonly text: readonly Segment[]; readonly note?: string };
}

export type TabId = 'body' | 'raw' | 'headers' | 'request' | 'timeline';

export interface SendingState {
  readonly phase: 'sending';
  readonly title: string;
  /** The request line, redacted. */
  readonly line: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** e.g. `Waiting for the first byte…`. */
  readonly progress: string;
}

export interface DoneState {
  readonly phase: 'done';
  readonly title: string;
  readonly summary: Summary;
  /** The first cause large, the others folded; empty where the call went well. */
  readonly causes: readonly CauseCard[];
  readonly body: BodyView;
  readonly headers: readonly HeaderRow[];
  readonly request: RequestView;
  readonly timeline: readonly HopView[];
  /** Milliseconds of the whole exchange: the width of the timeline. */
  readonly totalMs: number;
  /** False for a state restored after a reload: the request is gone, so it can't be sent again from here. */
  readonly canSendAgain: boolean;
}

/** A request that was not sent at all, and why; the response before it is kept below. */
export interface NotSentState {
  readonly phase: 'notSent';
  readonly title: string;
  readonly headline: string;
  readonly details: readonly string[];
  readonly fixes: readonly FixButton[];
  /** What was shown before, so that nothing is lost. */
  readonly earlier?: DoneState;
}

export type PanelState = SendingState | DoneState | NotSentState;
