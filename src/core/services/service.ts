import type { SchemeSettings } from '../auth/scheme';
import type { SettingsScope } from '../ports';

/** An API as the person knows it. Read from `latchkey.services`; holds no secret. */
export interface Service {
  /** The key in the setting; matches `^[a-z0-9][a-z0-9._-]*$`, at most 64 characters. */
  readonly id: string;
  readonly name: string;
  /** Absolute http(s) URL without query, fragment, user info or trailing slash. */
  readonly baseUrl: string;
  /** The origin of `baseUrl`: what a secret entered now is bound to. */
  readonly origin: string;
  /** Id of a scheme in `auth/schemes.ts`. */
  readonly scheme: string;
  /** What stands under `auth` beside `scheme`. */
  readonly settings: SchemeSettings;
  /** The test request, by default `GET` of the base URL. */
  readonly test: { readonly method: string; readonly path: string };
  /** False only where the definition says `"verifyTls": false`. */
  readonly verifyTls: boolean;
  readonly scope: SettingsScope;
}
