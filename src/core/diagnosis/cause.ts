import type { Exchange, TransportFailureCode } from '../http/exchange';
import type { AuthScheme, Placement, SchemeSettings, SecretUse } from '../auth/scheme';
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

/** What the person has to do about a cause, beyond the buttons: one sentence of advice each. */
export type Action =
  | 'set-credential'
  | 'fix-credential-format'
  | 'replace-credential'
  | 'refresh-or-sign-in-again'
  | 'change-scheme'
  | 'add-scope'
  | 'ask-for-permission'
  | 'fix-clock'
  | 'fix-host'
  | 'add-client-certificate'
  | 'configure-proxy'
  | 'wait-and-retry'
  | 'enable-account'
  | 'follow-vendor-link'
  | 'none';

/** What is wrong with the text of a credential, seen without asking anybody. */
export type CredentialFault =
  | 'empty'
  | 'line-break'
  | 'space-around'
  | 'space-inside'
  | 'quotes'
  | 'scheme-word-twice'
  | 'scheme-word-inside'
  | 'header-name-inside'
  | 'unresolved-variable'
  | 'placeholder'
  | 'nothing-word'
  | 'invisible-character'
  | 'control-character'
  | 'not-ascii'
  | 'percent-encoded'
  | 'too-short'
  | 'broken-jwt'
  | 'no-colon'
  | 'sent-twice';

/** What the prefix of a key tells: whose it is and of which kind. */
export type KeyRemark = 'vendor' | 'kind' | 'expected-prefix';

export type Confidence = 'certain' | 'likely' | 'possible';

/** Something a person can look at and check. `text` is quoted from the exchange, so it is redacted before it is shown. */
export type EvidenceItem =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'header'; readonly name: string; readonly text: string; readonly hop: number }
  | { readonly kind: 'body'; readonly text: string; readonly pointer?: string }
  | { readonly kind: 'claim'; readonly name: string; readonly text: string }
  /** `position` counts characters from 0. `text` never holds the credential, only what may be said of it. */
  | {
      readonly kind: 'credential';
      readonly code: CredentialFault | KeyRemark;
      readonly text?: string;
      readonly position?: number;
    }
  /** What was asked for beside what the token has, each a list separated by spaces. */
  | { readonly kind: 'scopes'; readonly needed: string; readonly granted?: string }
  /** What the certificate of the other side says. */
  | {
      readonly kind: 'certificate';
      readonly field: 'names' | 'subject' | 'issuer' | 'validFrom' | 'validTo';
      readonly text: string;
    }
  | { readonly kind: 'hop'; readonly hop: number; readonly text: string }
  | { readonly kind: 'clock'; readonly skewSeconds: number }
  | { readonly kind: 'system'; readonly text: string };

export interface Cause {
  readonly code: CauseCode;
  readonly confidence: Confidence;
  readonly evidence: readonly EvidenceItem[];
  /** The API's own message, word for word. */
  readonly said?: string;
  /** What the person has to do. Every rule sets it. */
  readonly action?: Action;
  /** What else it could be, because the API answers the same way to both. */
  readonly also?: readonly CauseCode[];
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

/** A credential as it may be shown: who it came from, where it stood, and its mask, e.g. `Bearer ••••7Qx2`. */
export interface SentCredential {
  readonly text: string;
  readonly placement: Placement;
  /** Id and name of the service, or absent where the person wrote the credential into the request. */
  readonly service?: { readonly id: string; readonly name: string };
  readonly field?: string;
}

/** What the request carried, or why it carried nothing. Holds masks only. */
export interface Sent {
  readonly credentials: readonly SentCredential[];
  readonly unsigned?: Evidence['unsigned'];
  /** True where no connection was made, so that nothing left this machine, whatever was attached. */
  readonly unreached?: boolean;
  /** The address nothing was registered for, where `unsigned` is `no-service`. */
  readonly origin?: string;
}

/** Causes in order of likelihood; empty where the call went well. A rule is described in `rules/rule.ts`. */
export interface Diagnosis {
  readonly causes: readonly Cause[];
  /** What the request carried. `diagnose` always sets it. */
  readonly sent?: Sent;
}
