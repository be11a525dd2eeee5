import { encodeBase64 } from './base64';

export type AuthorizationValue =
  | { readonly kind: 'value'; readonly value: string }
  /** A scheme of another tool that is more than text: it needs the request, or a sign-in. */
  | { readonly kind: 'not-yet' }
  /** A credential of the vault in a value that would be encoded before the credential is known. */
  | { readonly kind: 'misplaced' };

/**
 * The ways to write an `Authorization` (or `Proxy-Authorization`) header that are not yet what goes on the wire:
 * `Basic user password` and `Basic user:password` become Base64 (RFC 7617 section 2, UTF-8); the first space parts the two,
 * else the first colon. `markers` are the credential markers that may stand in the value.
 */
export function authorizationValue(value: string, markers: readonly string[]): AuthorizationValue {
  const split = /^(\S+)[ \t]+(\S.*)$/s.exec(value);
  if (split?.[1] === undefined || split[2] === undefined) {
    return /^(?:oauth2|openid)$/i.test(value) ? { kind: 'not-yet' } : { kind: 'value', value };
  }
  const [, scheme, rest] = split;
  switch (scheme.toLowerCase()) {
    case 'basic': {
      const pair = /^([^\s]+)[ \t]+(.*)$/s.exec(rest);
      const plain = pair === null ? rest : `${pair[1] ?? ''}:${pair[2] ?? ''}`;
      // A colon is no character of Base64: without one it is encoded already.
      if (!plain.includes(':')) return { kind: 'value', value };
      if (markers.some((marker) => plain.includes(marker))) return { kind: 'misplaced' };
      return { kind: 'value', value: `Basic ${encodeBase64(plain)}` };
    }
    case 'digest': // the header itself is a list of `name=value`
      return rest.includes('=') ? { kind: 'value', value } : { kind: 'not-yet' };
    case 'aws': // `AWS id key`; the old signature of S3 is one word
    case 'cognito':
      return /\s/.test(rest) ? { kind: 'not-yet' } : { kind: 'value', value };
    case 'oauth2':
    case 'openid':
      return { kind: 'not-yet' };
    default:
      return { kind: 'value', value };
  }
}
