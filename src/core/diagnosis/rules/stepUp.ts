import { claimText } from '../jwt';
import { replaceSecret } from '../fixes';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** A stronger or fresher sign-in is wanted: RFC 9470, a second factor, single sign-on for an organization. */
export const stepUp: Rule = (facts) => {
  if (facts.status >= 500 || facts.isValidation || facts.status === 404) return undefined;
  const level = facts.challengeParam('acr_values');
  const age = facts.challengeParam('max_age');
  const sso = facts.headers.find(({ name, value }) => /sso/i.test(name) && /required/i.test(value));
  // "The session has expired, please re-authenticate" is the first of the two.
  const speaks = (facts.carried.length > 0 || !facts.isRefusal) && !facts.saysSurely('expired');
  const said = speaks ? facts.says('stepUp') : undefined;
  const item = sso ? facts.headerItem(sso.name) : said;
  if (!item && level === undefined && age === undefined) return undefined;
  const had = facts.jwt && claimText(facts.jwt, 'acr');
  return makeCause(facts, {
    code: 'step-up-required',
    confidence: level !== undefined || age !== undefined || sso ? 'certain' : 'likely',
    action: sso ? 'follow-vendor-link' : 'refresh-or-sign-in-again',
    evidence: [item, had === undefined ? undefined : { kind: 'claim', name: 'acr', text: had }],
    data: { level, seconds: age },
    fixes: [replaceSecret(facts)],
  });
};
