import type { Cause, EvidenceItem, Sent } from '../core/diagnosis/cause';
import type { Fix } from '../core/diagnosis/fix';
import type { RedirectStop, TransportFailureCode } from '../core/http/exchange';
import type { BodyProblem } from '../core/http/message';
import type { TimingBar } from './panelState';

/*
 * This room builds the panel's state and knows no language. What it wants said it asks for here; the core's
 * `diagnosis/panelWords.ts` gives an object of this shape, and the host hands it over.
 */

/** A remark on one hop of the timeline. Names and addresses in it come from redacted values. */
export type HopNote =
  | { readonly code: 'credential-sent' }
  | { readonly code: 'credential-left-out'; readonly names: readonly string[] }
  | { readonly code: 'connection-reused' }
  | { readonly code: 'became-get' }
  | { readonly code: 'redirect-stopped'; readonly why: RedirectStop }
  | { readonly code: 'tls'; readonly protocol: string; readonly verified: boolean };

/** A remark on the body. Sizes in bytes. */
export type BodyNote =
  | BodyProblem
  | { readonly code: 'unknown-charset'; readonly charset: string; readonly readAs: string }
  | { readonly code: 'no-text' };

/** A remark that belongs to the whole response. */
export type SummaryNote = { readonly code: 'tls-not-verified' } | { readonly code: 'own-header-won' };

export interface PanelWords {
  explain(cause: Cause): { readonly headline: string; readonly explanation?: string; readonly confidence: string };
  evidenceLabel(item: EvidenceItem): string;
  evidenceText(item: EvidenceItem): string;
  fixLabel(fix: Fix): string;
  /** A codicon name. */
  fixIcon(fix: Fix): string;
  sentText(sent: Sent): string;
  failureTitle(code: TransportFailureCode): string;
  phase(phase: TimingBar['phase']): string;
  hopNote(note: HopNote): string;
  bodyNote(note: BodyNote): string;
  summaryNote(note: SummaryNote): string;
  /** e.g. `The first 1 MB of 34 MB is shown.` Sizes come formatted. */
  cut(shown: string, total: string): string;
}
