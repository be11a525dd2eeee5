/** A JSON Web Token (RFC 7519) that was read, not verified: the claims say why an API may refuse it. */
export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Longer tokens are not read (characters). */
const LONGEST = 64 * 1024;

/** Reads a JWS in compact form (RFC 7515 section 7.1); undefined where the text is none. Never throws. */
export function readJwt(text: string): Jwt | undefined {
  if (text.length > LONGEST || !text.startsWith('eyJ')) return undefined;
  const [head, body, signature, ...rest] = text.split('.');
  if (head === undefined || body === undefined || signature === undefined || rest.length > 0) return undefined;
  const header = object(head);
  const claims = object(body);
  return header && claims ? { header, claims } : undefined;
}

/** A NumericDate claim (RFC 7519 section 2) in milliseconds since the epoch; some issuers already write milliseconds. */
export function claimTime(jwt: Jwt, name: 'exp' | 'nbf' | 'iat'): number | undefined {
  const value = jwt.claims[name];
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return undefined;
  return value > 1e11 ? value : value * 1000;
}

/** A claim as text: lists with spaces between, other things as JSON. */
export function claimText(jwt: Jwt, name: string): string | undefined {
  const value = jwt.claims[name];
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.map(String).join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The scopes a token was given, by whatever name its issuer uses; undefined where it names none. */
export function grantedScopes(jwt: Jwt): string | undefined {
  for (const name of ['scope', 'scp', 'scopes', 'permissions', 'roles', 'authorities']) {
    const text = claimText(jwt, name);
    if (text !== undefined && text !== '') return text;
  }
  return undefined;
}

function object(segment: string): Record<string, unknown> | undefined {
  try {
    const binary = atob(segment.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const value = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
