import { getParam } from '../../auth/challenge';
import { changeScheme } from '../fixes';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** The API wants a proof of possession (RFC 9449) with the token, or a fresh nonce in it. */
export const dpop: Rule = (facts) => {
  if (facts.carried.length === 0 || (facts.status !== 401 && facts.status !== 400)) return undefined;
  const challenge = facts.challenge('dpop');
  const nonce = facts.headerItem('DPoP-Nonce');
  const said = facts.says('dpop');
  const wantsProof = challenge && facts.credential?.word !== 'dpop';
  if (!wantsProof && !said && !(challenge && nonce)) return undefined;
  const error = challenge && getParam(challenge, 'error');
  return makeCause(facts, {
    code: 'dpop-required',
    confidence: 'certain',
    action: wantsProof ? 'change-scheme' : 'fix-credential-format',
    evidence: [facts.headerItem('WWW-Authenticate'), nonce],
    data: { error, algorithms: challenge && getParam(challenge, 'algs') },
    fixes: [changeScheme(facts), { kind: 'sendAgain' }],
    also: wantsProof ? ['wrong-scheme'] : [],
  });
};
