declare const redacted: unique symbol;

/**
 * A value that may be shown, stored or logged. Only `redact.ts` makes one; the panel, the history and the log accept
 * nothing else, so that forgetting to redact does not compile.
 */
export type Redacted<T> = T & { readonly [redacted]: true };
