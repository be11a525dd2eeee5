import { setHeader } from '../http/headers';
import type { AuthScheme, FieldProblem, Placement } from './scheme';

const placement: Placement = { in: 'header', name: 'Authorization' };

/**
 * Basic authentication (RFC 7617): `Authorization: Basic` and the base64 of `user:password` in UTF-8, the charset that
 * section 2.1 lets a server ask for and that newer servers expect. The user name is a plain setting and may hold no
 * colon (section 2); the password may.
 */
export const basic: AuthScheme = {
  id: 'basic',
  fields: [
    { name: 'username', secret: false, validate: usernameProblem },
    { name: 'password', secret: true },
  ],
  choices: [{ code: 'basic', settings: {} }],
  placements: () => [placement],
  sign: async (request, settings, context) => {
    const value = context.secret('password');
    const wire = `Basic ${encodeUserPass(settings['username'] ?? '', value)}`;
    return {
      request: { ...request, headers: setHeader(request.headers, placement.name, wire) },
      used: [{ service: context.service, field: 'password', value, wire, placement }],
    };
  },
};

function usernameProblem(value: string): FieldProblem | undefined {
  if (value === '') return 'empty';
  if (value.includes(':')) return 'colon';
  // RFC 7617 section 2: neither part may contain control characters.
  return /\p{Cc}/u.test(value) ? 'control-character' : undefined;
}

function encodeUserPass(user: string, password: string): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/**
 * The user name and password in the credentials of a Basic header (what stands after `Basic `): split at the first colon.
 * Undefined where it is no base64, holds no colon, or control characters show that it is something else.
 */
export function decodeUserPass(
  credentials: string,
): { readonly username: string; readonly password: string } | undefined {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(credentials.trim().replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  } catch {
    return undefined;
  }
  const text = utf8(bytes) ?? String.fromCharCode(...bytes);
  const colon = text.indexOf(':');
  // A line end at the end is what `echo user:pass | base64` leaves; it is part of the password that was sent.
  if (colon < 0 || /\p{Cc}/u.test(text.replace(/[\r\n]+$/, ''))) return undefined;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
