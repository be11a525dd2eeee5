import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** The API lets in only certain addresses, networks, countries or referring sites. */
export const address: Rule = (facts) => {
  if (facts.status >= 500 || facts.isValidation) return undefined;
  const item = facts.says('address');
  if (!item) return undefined;
  const ip = /\b(?:\d{1,3}\.){3}\d{1,3}\b/.exec('text' in item ? (item.text ?? '') : '')?.[0];
  return makeCause(facts, {
    code: 'ip-not-allowed',
    confidence: 'certain',
    action: 'ask-for-permission',
    evidence: [item],
    data: { ip },
    fixes: [{ kind: 'copyQuestion' }, { kind: 'sendAgain' }],
  });
};
