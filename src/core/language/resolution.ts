import type { Headers } from '../http/headers';
import type { VariableSource } from './environments';
import type { Problem } from './problems';
import type { Span } from './span';

/** The world a system variable needs. Handed in, so that a test can stop the clock. */
export interface Dynamic {
  /** Milliseconds since the epoch. */
  now(): number;
  /** At least 0, less than 1. */
  random(): number;
  /** A version 4 UUID (RFC 9562), lower case. */
  uuid(): string;
}

export interface ResolveContext {
  readonly dynamic: Dynamic;
  /** Where names are looked up after the file's own variables, in order of precedence. */
  readonly sources?: readonly VariableSource[];
  /** Ids of the services there are. Where given, a reference or directive that names another one is a problem. */
  readonly services?: readonly string[];
  /** The secrets a service has. Where given, a reference to another one is a problem; undefined for an unknown service. */
  readonly secretFields?: (service: string) => readonly string[] | undefined;
}

/**
 * `{{$auth.token("ID")}}` or `{{$secret ID field}}`: the resolver never sees a secret. It leaves `marker` in the request, and
 * `credentials.ts` puts the value in its place when the request is signed.
 */
export interface CredentialReference {
  /** Unique text of lower-case letters and digits; stands in the request where the value belongs. */
  readonly marker: string;
  readonly service: string;
  /** Field of the service's scheme; undefined for `$auth.token`: whatever the scheme sends. */
  readonly field?: string;
  readonly where: 'url' | 'header' | 'body';
  /** Name of the header, where it stands in one. */
  readonly header?: string;
  /** Name of the query parameter, where it stands in one, percent-decoded. */
  readonly parameter?: string;
  /** How the value must be written there so that it stays one value. */
  readonly encoding: 'raw' | 'percent' | 'json';
  /** The reference in the text; in the variable's definition where it came through one. */
  readonly span: Span;
}

/** Which definition gave the value of a reference. */
export interface ValueOrigin {
  /** The reference in the request. */
  readonly span: Span;
  readonly expression: string;
  /** The value put in its place; a credential in it is written as its reference, never as its value. */
  readonly value: string;
  /** `file`, `system`, `credential`, or the id of another source. */
  readonly source: string;
  /** Where it is defined, if in this document. */
  readonly definition?: Span;
}

/** What the directives of a request, and those of the file, come to. */
export interface ResolvedDirectives {
  readonly service?: string;
  readonly serviceSpan?: Span;
  /**
   * `request`: named on the request itself. `file`: named once for the whole file; an absolute URL that is not the
   * service's should then be matched by its own origin.
   */
  readonly serviceFrom?: 'request' | 'file';
  /** Send no credential. The service, if named, still gives the address. */
  readonly noAuth: boolean;
  /** Milliseconds; 0 = no limit; undefined = the setting. */
  readonly timeoutMs?: number;
  /** False for `# @no-redirect`; undefined = the setting. */
  readonly followRedirects?: boolean;
}

export interface ResolvedRequest {
  readonly method: string;
  /**
   * An absolute http(s) URL without user info and fragment, or, where a service is named, a path that starts with `/`.
   * A path is appended to the service's base URL as text: `//host/x` is a path too, never another host.
   */
  readonly target: string;
  readonly headers: Headers;
  readonly body?: Uint8Array;
  readonly directives: ResolvedDirectives;
  readonly name?: string;
  readonly credentials: readonly CredentialReference[];
  readonly origins: readonly ValueOrigin[];
}

export interface Resolution {
  /** The errors that keep the request from being sent, in the order of the text. Empty where `request` is given. */
  readonly problems: readonly Problem[];
  readonly request?: ResolvedRequest;
}
