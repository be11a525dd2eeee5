import type { FieldProblem } from '../auth/scheme';
import type { SettingsScope } from '../ports';
import type { BaseUrlProblem } from './baseUrl';

/** What is wrong, with the facts a sentence needs. Never the text of a value that may be a secret. */
export type ServiceProblemDetail =
  | { readonly code: 'not-an-object' }
  | { readonly code: 'bad-id'; readonly suggestion: string }
  | { readonly code: 'missing-key'; readonly key: string }
  | { readonly code: 'wrong-type'; readonly expected: 'text' | 'true-or-false' }
  | { readonly code: 'empty' }
  | { readonly code: 'bad-base-url'; readonly problem: BaseUrlProblem }
  | { readonly code: 'unknown-scheme'; readonly known: readonly string[]; readonly meant?: string }
  | { readonly code: 'bad-field'; readonly problem: FieldProblem; readonly choices?: readonly string[] }
  | { readonly code: 'bad-test' }
  | { readonly code: 'unknown-key'; readonly key: string; readonly known: readonly string[]; readonly meant?: string }
  /** A credential in plain settings: it belongs into the vault. */
  | { readonly code: 'secret-in-settings'; readonly key: string }
  /** The same id stands in the workspace, which wins as a whole. */
  | { readonly code: 'shadowed' };

export type ServiceProblemCode = ServiceProblemDetail['code'];

/** Something in `latchkey.services` that does not fit. */
export interface ServiceProblem {
  readonly scope: SettingsScope;
  /** The service's id as written; undefined where the setting as a whole is meant. */
  readonly id?: string;
  /** JSON path below `latchkey.services`, e.g. `['sendgrid', 'auth', 'scheme']`; a missing key's path is its parent's. */
  readonly path: readonly string[];
  /** `error`: the service cannot be used, or a secret lies open. `warning`: it works all the same. `info`: only to know. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly detail: ServiceProblemDetail;
}
