import type { PanelState } from './panelState';
import type { Redacted } from '../core/redaction/redacted';

/** Messages to the webview. Only redacted state goes there. */
export type ToWebview = {
  readonly type: 'state';
  readonly state: Redacted<PanelState>;
  /**
   * The host's clock when this was sent, in milliseconds since the epoch: the page may run on another machine, and counts
   * elapsed time and waiting time by the difference.
   */
  readonly now?: number;
};

/** Messages from the webview: what the person did. Treated as coming from a stranger: checked before use. */
export type FromWebview =
  /** The page has loaded and wants its state. */
  | { readonly type: 'ready' }
  /** Run the fix with this id of the state now shown. */
  | { readonly type: 'fix'; readonly id: string }
  | { readonly type: 'cancel' }
  | { readonly type: 'sendAgain' }
  /** Open the whole body in an editor of its own. */
  | { readonly type: 'openBody' }
  | { readonly type: 'saveBody' }
  /** Put redacted text on the clipboard. */
  | { readonly type: 'copy'; readonly what: 'body' | 'headers' | 'request' };

/** The page's fixed words: filled by the host, so that localisation stays there; given in an attribute of the page. */
export interface PanelStrings {
  readonly body: string;
  readonly raw: string;
  readonly headers: string;
  readonly request: string;
  readonly timeline: string;
  readonly cancel: string;
  readonly sendAgain: string;
  readonly copy: string;
  readonly save: string;
  readonly openWhole: string;
  readonly preview: string;
  readonly showSource: string;
  readonly previewWarning: string;
  readonly find: string;
  readonly empty: string;
  readonly binary: string;
  readonly noHeaders: string;
  readonly otherCauses: string;
  readonly whyWeThinkSo: string;
  readonly whatWasSent: string;
  readonly availableIn: string;
  readonly waitingForResponse: string;
  readonly earlierResponse: string;
  readonly seconds: string;
  readonly nothingYet: string;
  /** What a screen reader calls the row of tabs. */
  readonly response: string;
  readonly wrapLines: string;
  /** Column titles of the table of headers. */
  readonly headerName: string;
  readonly headerValue: string;
  /** What a screen reader says for a masked value; `{0}` is e.g. `token of service SendGrid`. */
  readonly maskedSecret: string;
  readonly highlightingOff: string;
  readonly bodyNotKept: string;
  readonly noTimeline: string;
  /** What a screen reader says before the total time of a hop. */
  readonly total: string;
  /** Words of the body's viewer by their English text, e.g. `next`, `match case`, `Fold line` (CodeMirror's phrases). */
  readonly editorPhrases: Readonly<Record<string, string>>;
}
