import { escapeBytes, forbidden } from './percent';

/**
 * A request target as it may stand in a request line: what RFC 3986 forbids there is percent-encoded (spaces, quotes,
 * `<>\^{|}` and a backtick, everything outside ASCII, a `%` that begins no escape), what is encoded already stays, and the
 * fragment, which is never sent (RFC 9110 section 7.1), goes. Square brackets in a query stay as they are typed: servers expect them.
 */
export function normalizeTarget(target: string): string {
  const fragment = target.indexOf('#');
  const sent = fragment < 0 ? target : target.slice(0, fragment);
  return sent.replace(forbidden, escapeBytes);
}

/** An absolute URL, taken apart. */
export interface Address {
  /** Absolute, without user info and fragment. */
  readonly url: string;
  readonly hostname: string;
  /** Decoded `user` and `password`, where the URL names them. */
  readonly userInfo?: { readonly user: string; readonly password: string };
}

/** Reads an absolute http(s) URL, encoding what must be. Undefined where it is none. */
export function readAddress(text: string): Address | undefined {
  const scheme = /^https?:\/\//i.exec(text)?.[0];
  if (scheme === undefined) return undefined;
  // The authority is left to the URL class: it knows ports, IPv6 and international names, and refuses the rest.
  const authorityEnd = scheme.length + text.slice(scheme.length).search(/[/?#\\]|$/);
  let url: URL;
  try {
    url = new URL(text.slice(0, authorityEnd) + normalizeTarget(text.slice(authorityEnd)));
  } catch {
    return undefined;
  }
  const { username, password, hostname } = url;
  const userInfo =
    username === '' && password === '' ? undefined : { user: decoded(username), password: decoded(password) };
  url.username = '';
  url.password = '';
  return { url: url.href, hostname, userInfo };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The first control character of a text and its place, or undefined. A URL with one could end the request line early. */
export function controlCharacter(text: string): { position: number; codePoint: number } | undefined {
  for (let position = 0; position < text.length; position++) {
    const codePoint = text.charCodeAt(position);
    if (codePoint < 0x20 || codePoint === 0x7f) return { position, codePoint };
  }
  return undefined;
}
