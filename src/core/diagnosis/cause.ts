import type { Exchange, TransportFailureCode } from '../http/exchange';
import type { AuthScheme, SchemeSettings, SecretUse } from '../auth/scheme';
import type { Fix } from './fix';

/** Why a call failed. Stable: shown in the panel's details, kept in the history, matched by tests. */
export type CauseCode =
  | 'no-credential-sent'
  | 'credential-malformed'
  | 'credential-invalid'
  | 'credential-expired'
  | 'clock-skew'
  | 'wrong-scheme'
  | 'wrong-credential-kind'
  | 'wrong-audience-or-issuer'
  | 'insufficient-scope'
  | 'insufficient-permission'
  | 'step-up-required'
  | 'signature-mismatch'
  | 'wrong-host-or-region'
  | 'client-certificate-required'
  | 'proxy-auth-required'
  | 'ip-not-allowed'
  | 'account-disabled-or-billing'
  | 'rate-limited'
  | 'csrf-or-session'
  | 'hidden-as-404'
  | 'login-page-redirect'
  | 'dpop-required'
  | 'redirect-dropped-credential'
  | 'not-an-auth-problem'
  | `transport-${TransportFailureCode}`;

export type Confidence = 'certain' | 'likely' | 'possible';

/** Something a person can look at and check. `text` is quoted from the exchange, so it is redacted before it is shown. */
export type EvidenceItem =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'header'; readonly name: string; readonly text: string; readonly hop: number }
  | { readonly kind: 'body'; readonly text: string; readonly pointer?: string }
  | { readonly kind: 'claim'; readonly name: string; readonly text: string }
  | { readonly kind: 'credential'; readonly code: string; readonly text?: string; readonly position?: number }
  | { readonly kind: 'hop'; readonly hop: number; readonly text: string }
  | { readonly kind: 'clock'; readonly skewSeconds: number }
  | { readonly kind: 'system'; readonly text: string };

export interface Cause {
  readonly code: CauseCode;
  readonly confidence: Confidence;
  readonly evidence: readonly EvidenceItem[];
  /** The API's own message, word for word. */
  readonly said?: string;
  /** Facts the sentence needs, e.g. `{ scope: 'mail.send' }` or `{ retryAt: 1700000000000 }`. */
  readonly data: Readonly<Record<string, string | number>>;
  readonly fixes: readonly Fix[];
}

/** All that a rule may look at. Never leaves the core: it holds secrets. */
export interface Evidence {
  readonly exchange: Exchange;
  /** Every secret that was sent, with its value. Empty where the request carried no credential. */
  readonly used: readonly SecretUse[];
  readonly service?: {
    readonly id: string;
    readonly name: string;
    readonly baseUrl: string;
    readonly scheme: AuthScheme;
    readonly settings: SchemeSettings;
  };
  /** Why nothing was attached, where nothing was. */
  readonly unsigned?: 'no-service' | 'no-auth-directive' | 'written-in-request' | 'left-out-once' | 'scheme-none';
  /** Our clock, milliseconds since the epoch. */
  readonly now: number;
  /** When this service last answered well, milliseconds since the epoch. */
  readonly lastVerifiedAt?: number;
}

/** From evidence to a cause, or undefined where the rule has nothing to say. Pure. */
export type Rule = (evidence: Evidence) => Cause | undefined;

/** Causes in order of likelihood; empty where the call went well. */
export interface Diagnosis {
  readonly causes: readonly Cause[];
}
