import { createHmac } from 'node:crypto';
import { signJwt } from './jwt';

/** The credentials of the demo. They open nothing but the demo on this machine. */
export interface DemoTokens {
  /** Good everywhere, but without the scope `reports:read`. */
  readonly good: string;
  /** Good for reading alone: `POST /orders` answers 403. */
  readonly limitedScope: string;
  /** Has every scope. */
  readonly allScopes: string;
  /** A JWT that ran out an hour before the demo started. */
  readonly expired: string;
  readonly basic: { readonly user: string; readonly password: string };
  readonly apiKey: string;
}

export const scopes = {
  good: ['profile:read', 'orders:write'],
  limitedScope: ['profile:read'],
  allScopes: ['profile:read', 'orders:write', 'reports:read'],
} as const;

/**
 * Makes the credentials from a seed: the same seed gives the same ones, so that a token which was entered once is still
 * good after the next start. Only the expired one changes, with the time.
 *
 * @param now milliseconds since the epoch
 * @param url base URL of the demo, the issuer and audience of its JWTs
 */
export function makeTokens(seed: string, url: string, now: number): DemoTokens {
  const seconds = Math.floor(now / 1000);
  return {
    good: `lk_demo_${derive(seed, 'good')}`,
    limitedScope: `lk_demo_${derive(seed, 'limited scope')}`,
    allScopes: `lk_demo_${derive(seed, 'all scopes')}`,
    expired: signJwt(jwtKey(seed), {
      iss: url,
      aud: url,
      sub: 'demo',
      scope: scopes.good.join(' '),
      iat: seconds - 7200,
      exp: seconds - 3600,
    }),
    basic: { user: 'demo', password: derive(seed, 'password').slice(0, 16) },
    apiKey: `lk_demo_key_${derive(seed, 'api key')}`,
  };
}

/** The key the demo signs its JWTs with. */
export function jwtKey(seed: string): string {
  return derive(seed, 'jwt');
}

/** 32 letters and digits that follow from the seed and the purpose. */
function derive(seed: string, purpose: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const bytes = createHmac('sha256', seed).update(purpose).digest();
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}
