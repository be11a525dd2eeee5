import type { EvidenceItem } from '../cause';
import { getHeader } from '../../http/headers';
import type { Facts } from '../facts';
import { replaceSecret } from '../fixes';
import { claimTime } from '../jwt';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** Clocks this far apart (seconds) are told to the person; latency and whole seconds account for less. */
const NOTABLE = 60;
/** A token may be used this long (milliseconds) before its time: the leeway most APIs give. */
const LEEWAY = 5_000;

/** Something was signed or issued at a time that the server does not take for now. */
export const clock: Rule = (facts) => {
  if (facts.status >= 500 || facts.isValidation) return undefined;
  const early = notYetValid(facts);
  const said = facts.says('clock');
  if (!(early && facts.isRefusal) && !said) return undefined;
  const signed = signingTime(facts);
  const gap = signed === undefined ? facts.skewSeconds : Math.round((signed.at - facts.serverTime) / 1000);
  const skew: EvidenceItem | undefined =
    Math.abs(gap) >= 1 || Math.abs(facts.skewSeconds) >= NOTABLE
      ? { kind: 'clock', skewSeconds: gap === 0 ? facts.skewSeconds : gap }
      : undefined;
  return makeCause(facts, {
    code: 'clock-skew',
    confidence: early ? 'certain' : 'likely',
    action: 'fix-clock',
    evidence: [early?.item, said, signed?.item, skew, facts.headerItem('Date')],
    data: {
      notBefore: early?.at,
      observedAt: facts.serverTime,
      skewSeconds: skew?.kind === 'clock' ? skew.skewSeconds : undefined,
    },
    fixes: [{ kind: 'sendAgain' }, replaceSecret(facts)],
    also: said ? [] : ['credential-invalid'],
  });
};

function notYetValid(facts: Facts): { readonly at: number; readonly item: EvidenceItem } | undefined {
  const jwt = facts.jwt;
  if (!jwt) return undefined;
  for (const name of ['nbf', 'iat'] as const) {
    const at = claimTime(jwt, name);
    if (at !== undefined && at > facts.serverTime + LEEWAY) {
      return { at, item: { kind: 'claim', name, text: new Date(at).toISOString() } };
    }
  }
  return undefined;
}

/** The time that was signed into the request: of AWS (SigV4), OAuth 1.0 (RFC 5849) or the `Date` we sent. */
function signingTime(facts: Facts): { readonly at: number; readonly item: EvidenceItem } | undefined {
  const headers = facts.last?.request.headers ?? [];
  const amz = getHeader(headers, 'x-amz-date');
  const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(amz ?? '');
  if (compact && amz !== undefined) {
    const [, y, mo, d, h, mi, s] = compact.map(Number);
    const at = Date.UTC(y ?? 0, (mo ?? 1) - 1, d, h, mi, s);
    return { at, item: { kind: 'header', name: 'X-Amz-Date', text: amz, hop: facts.hop } };
  }
  const oauth = /oauth_timestamp="?(\d{9,11})"?/.exec(getHeader(headers, 'authorization') ?? '')?.[1];
  if (oauth === undefined) return undefined;
  return { at: Number(oauth) * 1000, item: { kind: 'header', name: 'oauth_timestamp', text: oauth, hop: facts.hop } };
}
