import { replaceSecret } from '../fixes';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** The API names the kind of credential that it does not take here: publishable, test, app instead of user. */
export const kind: Rule = (facts) => {
  if (facts.carried.length === 0 || facts.status >= 500 || facts.isValidation) return undefined;
  const said = facts.says('kind');
  if (!said) return undefined;
  const key = facts.credential?.key;
  return makeCause(facts, {
    code: 'wrong-credential-kind',
    confidence: 'likely',
    action: 'replace-credential',
    evidence: [
      said,
      key && { kind: 'credential', code: 'kind', text: [key.vendor, key.kind].filter(Boolean).join(' ') },
    ],
    data: { kind: key?.kind },
    fixes: [replaceSecret(facts)],
    also: ['wrong-scheme', 'insufficient-permission'],
  });
};
