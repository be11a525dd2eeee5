import type { HttpRequest } from '../http/message';

/** Where in a request a credential stands. Names of headers and parameters, never values. */
export type Placement =
  | { readonly in: 'header'; readonly name: string }
  | { readonly in: 'query'; readonly name: string }
  | { readonly in: 'cookie'; readonly name: string }
  /** Somewhere in the body, only where the person put it there; `name` is that of the member or field, where it is known. */
  | { readonly in: 'body'; readonly name: string };

/** One thing a scheme asks the person for. Forms, completion, validation and the setting's schema are driven by it. */
export interface Field {
  /** The key under `auth` in the setting, or of the secret in the vault. */
  readonly name: string;
  /** A secret lives in the vault only; the others are plain settings and may be shared. */
  readonly secret: boolean;
  /** May be left empty. */
  readonly optional?: boolean;
  /** Fixed values to pick from. */
  readonly choices?: readonly string[];
  /** What the form offers first. */
  readonly suggestion?: string;
  /** What the form offers first where that depends on the other settings; goes before `suggestion`. */
  suggest?(settings: SchemeSettings): string | undefined;
  /**
   * Code of the reason a value cannot be used, or undefined where it can. Only for fields that are not secret.
   * `settings` are the scheme's other settings, as far as they are known.
   */
  validate?(value: string, settings?: SchemeSettings): FieldProblem | undefined;
}

export type FieldProblem = 'empty' | 'not-a-token' | 'not-a-choice' | 'colon' | 'control-character' | 'reserved-name';

/** The plain settings of a scheme: what stands under `auth` beside `scheme`. */
export type SchemeSettings = Readonly<Record<string, string>>;

/**
 * A secret that was put into a request: the exact value and where it stands. This is what redaction, redirects and
 * diagnosis go by, so a scheme must report every secret it uses.
 */
export interface SecretUse {
  /** Id of the service, or undefined where the person wrote the credential into the request. */
  readonly service?: string;
  /** Field of the scheme, e.g. `token`. */
  readonly field: string;
  /** The secret itself, as the vault has it. */
  readonly value: string;
  /** The text that stands in the request because of it, e.g. `Bearer abc` or `Basic dTpw`. */
  readonly wire: string;
  readonly placement: Placement;
}

export interface SignContext {
  /** Id of the service that is signed for. */
  readonly service: string;
  /** A secret of this service, bound to the request's origin. Never undefined: the run stops before when one is missing. */
  secret(field: string): string;
}

export interface Signed {
  readonly request: HttpRequest;
  readonly used: readonly SecretUse[];
}

/** A way to authenticate: one exported const in a file of its own, and one line in `schemes.ts`. */
export interface AuthScheme {
  readonly id: string;
  readonly fields: readonly Field[];
  /** Entries of the drop-down: most schemes are one; an API key is one for each place it can stand. */
  readonly choices: readonly { readonly code: string; readonly settings: SchemeSettings }[];
  /** Where this scheme will put the credential: a header written in the request there wins over the service. */
  placements(settings: SchemeSettings): readonly Placement[];
  /** Gives a request that carries the credential. Runs last, and again on each hop to the same origin. */
  sign(request: HttpRequest, settings: SchemeSettings, context: SignContext): Promise<Signed>;
}
