import { createHmac } from 'node:crypto';
import { sameText } from './sameText';

/** What a JWT of the demo may claim. Times in seconds since the epoch (RFC 7519, section 2). */
export interface Claims {
  readonly iss?: string;
  readonly aud?: string;
  readonly sub?: string;
  readonly scope?: string;
  readonly iat?: number;
  readonly nbf?: number;
  readonly exp?: number;
}

/** Signs claims with HS256 (RFC 7515, section 7.1). */
export function signJwt(key: string, claims: Claims): string {
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${content}.${signature(key, content)}`;
}

/** The claims of a JWT that this key signed; undefined for any other text. Does not look at the times. */
export function readJwt(key: string, token: string): Claims | undefined {
  const [header, payload, given, ...rest] = token.split('.');
  if (!header || !payload || !given || rest.length > 0) return undefined;
  if (!sameText(given, signature(key, `${header}.${payload}`))) return undefined;
  try {
    // What we signed ourselves has the shape we gave it.
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
  } catch {
    return undefined;
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signature(key: string, content: string): string {
  return createHmac('sha256', key).update(content).digest('base64url');
}
