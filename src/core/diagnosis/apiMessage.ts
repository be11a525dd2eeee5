/** A text of the response and where it stands: a JSON pointer (RFC 6901) where the body is JSON. */
export interface Said {
  readonly text: string;
  readonly pointer?: string;
}

/** What the API itself says about a failure, read out of its body by shape. */
export interface ApiMessage {
  readonly format: 'json' | 'xml' | 'html' | 'text' | 'none';
  /** The sentence meant for people. */
  readonly main?: Said;
  /** Words meant for programs, e.g. `invalid_grant`; also names of flags that are true, e.g. `invalidToken`. */
  readonly codes: readonly Said[];
  /** Further sentences. */
  readonly details: readonly Said[];
  /** A link the body gives for help, http(s) only. */
  readonly help?: string;
  /** Scopes or permissions named as needed, and as granted. */
  readonly needed: readonly string[];
  readonly granted: readonly string[];
  /** Fields of the request the body complains of: the mark of a validation error. */
  readonly fields: readonly string[];
  /** True where the body says by its form that it is a failure: `ok: false`, an `errors` list, an `error` member. */
  readonly failed: boolean;
  /** True where an HTML page asks for a password. */
  readonly asksForPassword: boolean;
}

export const NO_MESSAGE: ApiMessage = {
  format: 'none',
  codes: [],
  details: [],
  needed: [],
  granted: [],
  fields: [],
  failed: false,
  asksForPassword: false,
};

/** Longer texts are cut: a sentence is wanted, not a page. In characters. */
const LONGEST = 700;

/** One line, cut to a readable length; undefined where nothing is left. */
export function sentence(text: string): string | undefined {
  const line = text
    .slice(0, LONGEST * 4)
    .replace(/\s+/g, ' ')
    .trim();
  if (line === '') return undefined;
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
}

/** An http(s) address as it may be opened, or undefined. */
export function webAddress(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > 2048 || !/^https?:\/\//i.test(text)) return undefined;
  try {
    const url = new URL(text);
    return url.username === '' && url.password === '' ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** The first http(s) address inside a sentence, without the full stop that ends it. */
export function addressIn(text: string): string | undefined {
  const match = /https?:\/\/[^\s"'<>`)\]]+/i.exec(text.slice(0, 4096));
  return match ? webAddress(match[0].replace(/[.,;:!?]+$/, '')) : undefined;
}
