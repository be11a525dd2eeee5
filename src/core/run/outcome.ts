import type { Diagnosis } from '../diagnosis/cause';
import type { Exchange } from '../http/exchange';
import type { Problem } from '../language/problems';
import type { Mark } from '../redaction/redact';
import type { Redacted } from '../redaction/redacted';
import type { Service } from '../services/service';

/** Why nothing of a service was attached to a request. */
export type Unsigned = 'no-service' | 'no-auth-directive' | 'written-in-request' | 'left-out-once' | 'scheme-none';

/** What came of a request. Everything but `finished` means that nothing was sent. */
export type RunOutcome =
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  /** The person has to enter these secrets first. */
  | { readonly kind: 'secretMissing'; readonly service: Service; readonly fields: readonly string[] }
  /** The secret was entered for other origins; the person has to confirm the new one. */
  | {
      readonly kind: 'originUnconfirmed';
      readonly service: Service;
      readonly fields: readonly string[];
      readonly origin: string;
      readonly boundTo: readonly string[];
    }
  /** The workspace's definition turns certificate checks off; the person has to confirm it. */
  | { readonly kind: 'tlsUnconfirmed'; readonly service: Service; readonly origin: string }
  /** The secret storage did not answer, or what it holds is damaged. `detail` holds no secret. */
  | { readonly kind: 'vaultFailed'; readonly service: Service; readonly field: string; readonly detail: string }
  | { readonly kind: 'finished'; readonly finished: Finished };

/** A request that was sent: redacted, so that it can be shown, logged and kept. */
export interface Finished {
  readonly exchange: Redacted<Exchange>;
  readonly diagnosis: Redacted<Diagnosis>;
  /** The masks that occur in it, and whose secret each stands for. */
  readonly marks: readonly Mark[];
  /** The service whose credential was attached, or would have been. */
  readonly service?: Service;
  readonly unsigned?: Unsigned;
}
