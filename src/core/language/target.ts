import { controlCharacter, normalizeTarget, readAddress } from './address';

export interface TargetContext {
  /** A service is named, on the request or for the file. */
  readonly service: boolean;
  readonly serviceIsOwn: boolean;
  /** The value of the request's `Host` header. */
  readonly host?: string;
  /** Credential markers that may stand in the target. */
  readonly markers: readonly string[];
}

export type TargetResult =
  | { readonly text: string; readonly userInfo?: { readonly user: string; readonly password: string } }
  | { readonly code: 'bad-url-character'; readonly position: number; readonly codePoint: number }
  | { readonly code: 'misplaced-credential'; readonly place: 'host' | 'user-info' }
  | { readonly code: 'unsupported-scheme'; readonly scheme: string }
  | { readonly code: 'bad-url' | 'relative-url' };

/**
 * What an expanded target means (RFC 9112 section 3.2). A path belongs to the request's own service, else to its `Host`
 * header (https on 443 and 8443), else to the file's service. A host without a scheme is http, as in a browser's address bar of old.
 */
export function resolveTarget(expanded: string, context: TargetContext): TargetResult {
  const text = expanded.trim();
  const control = controlCharacter(expanded);
  // White space around the target was never part of it, a line end inside it was never meant to be.
  if (control !== undefined) return { code: 'bad-url-character', ...control };
  if (text.startsWith('/')) {
    if (context.service && (context.serviceIsOwn || context.host === undefined)) return { text: normalizeTarget(text) };
    return context.host === undefined ? { code: 'relative-url' } : absolute(hostAddress(context.host) + text, context);
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text)?.[1];
  if (scheme !== undefined) {
    return /^https?$/i.test(scheme) ? absolute(text, context) : { code: 'unsupported-scheme', scheme };
  }
  if (/^[?&.]/.test(text) || (context.service && isWord(text))) return { code: 'relative-url' };
  return absolute(`http://${text}`, context);
}

/** `users/1`, with a service named, is a path that lacks its slash rather than a host called `users`. */
function isWord(text: string): boolean {
  const first = text.split(/[/?#]/, 1)[0] ?? '';
  return !/[.:[\]]/.test(first) && first.toLowerCase() !== 'localhost';
}

function hostAddress(host: string): string {
  const trimmed = host.replace(/(?<!\/)\/+$/, '');
  if (/^https?:\/\//i.test(trimmed)) return trimmed;
  return `${/:(?:443|8443)$/.test(trimmed) ? 'https' : 'http'}://${trimmed}`;
}

function absolute(text: string, context: TargetContext): TargetResult {
  const authority = /^https?:\/\/([^/?#\\]*)/i.exec(text)?.[1] ?? '';
  if (context.markers.some((marker) => authority.includes(marker))) {
    // A name is looked up in clear, whoever answers; user info would be encoded before the credential is known.
    const userInfo = authority.slice(0, Math.max(0, authority.lastIndexOf('@')));
    const place = context.markers.some((marker) => userInfo.includes(marker)) ? 'user-info' : 'host';
    return { code: 'misplaced-credential', place };
  }
  const address = readAddress(text);
  return address === undefined ? { code: 'bad-url' } : { text: address.url, userInfo: address.userInfo };
}
