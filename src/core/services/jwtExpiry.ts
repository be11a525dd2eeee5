/**
 * When a JWT says that it expires (the `exp` claim, RFC 7519 section 4.1.4), in seconds since the epoch. Undefined where
 * the text is no JWT or has no such claim. Nothing is verified: this is what the token says of itself.
 */
export function jwtExpiry(token: string): number | undefined {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token)?.[1];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    if (typeof claims !== 'object' || claims === null || !('exp' in claims)) return undefined;
    const { exp } = claims;
    return typeof exp === 'number' && Number.isFinite(exp) ? exp : undefined;
  } catch {
    return undefined;
  }
}
