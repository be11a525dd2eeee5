import type { EvidenceItem } from '../cause';
import type { Facts } from '../facts';
import { replaceSecret } from '../fixes';
import { claimTime } from '../jwt';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** The credential was good once and its time has run out: by its own `exp` against the server's clock, or by what the API says. */
export const expired: Rule = (facts) => {
  if (facts.status >= 500 || facts.isValidation || facts.status === 404) return undefined;
  const own = expiryOf(facts);
  const said = facts.says('expired');
  const isPast = own !== undefined && own.at < facts.serverTime;
  const bySelf =
    isPast && facts.status !== 404 && (facts.isRefusal || facts.says('invalid') !== undefined || said !== undefined);
  if (!bySelf && !said) return undefined;
  if (facts.carried.length === 0 && !isTokenCall(facts)) return undefined;
  // "Invalid or expired": the API does not tell the two apart, and the token itself says nothing.
  if (!bySelf && said && mergesWithInvalid(said)) return undefined;
  const renewable = !namesKey(said) && isRenewable(facts);
  return makeCause(facts, {
    code: 'credential-expired',
    confidence: bySelf ? 'certain' : 'likely',
    action: renewable ? 'refresh-or-sign-in-again' : 'replace-credential',
    evidence: [isPast ? own.item : undefined, said, isPast ? facts.headerItem('Date') : undefined],
    data: { expiredAt: isPast ? own.at : undefined, observedAt: facts.serverTime },
    fixes: [replaceSecret(facts)],
    also: bySelf ? [] : ['credential-invalid'],
  });
};

/** Tokens, sessions and temporary AWS keys are made anew by signing in; a key can only be replaced. */
function isRenewable(facts: Facts): boolean {
  const word = facts.credential?.word ?? '';
  return facts.jwt !== undefined || word === 'bearer' || word.startsWith('aws') || isTokenCall(facts);
}

function namesKey(said: EvidenceItem | undefined): boolean {
  return said !== undefined && 'text' in said && /\b(?:api|secret|access)?[ _-]?key\b/i.test(said.text ?? '');
}

function expiryOf(facts: Facts): { readonly at: number; readonly item: EvidenceItem } | undefined {
  const at = facts.jwt && claimTime(facts.jwt, 'exp');
  return at === undefined ? undefined : { at, item: { kind: 'claim', name: 'exp', text: new Date(at).toISOString() } };
}

/** "… is invalid, expired, or revoked" names expiry as one of several. "Expired or revoked" means mostly the first. */
function mergesWithInvalid(item: EvidenceItem): boolean {
  return 'text' in item && /\binvalid\b[^.]{0,12}\bexpired\b/i.test(item.text ?? '');
}

/** A call of an OAuth token endpoint carries its credential in the body, where nobody looks for it. */
function isTokenCall(facts: Facts): boolean {
  return facts.message.codes.some(({ text }) => /^invalid_grant$/i.test(text));
}
