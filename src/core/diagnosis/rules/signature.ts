import { changeScheme, replaceSecret } from '../fixes';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** The server worked a signature out again and came to another one. */
export const signature: Rule = (facts) => {
  if (facts.carried.length === 0 || facts.status >= 500 || facts.isValidation || facts.status === 404) return undefined;
  const word = facts.credential?.word ?? '';
  const isSigned = /^(?:oauth|aws4|hmac|hawk|signature|mac)/.test(word);
  const said = facts.says('signature');
  const notTaken = isSigned && facts.status === 401 ? facts.says('invalid') : undefined;
  if (!said && !notTaken) return undefined;
  const kid = facts.jwt?.header['kid'];
  return makeCause(facts, {
    code: 'signature-mismatch',
    confidence: said ? 'certain' : 'likely',
    action: isSigned ? 'fix-credential-format' : 'replace-credential',
    evidence: [
      said ?? notTaken,
      typeof kid === 'string' ? { kind: 'claim', name: 'kid', text: kid } : undefined,
      ...facts.message.details
        .filter(({ text }) => text.startsWith('stringtosign'))
        .map(({ text }) => ({ kind: 'body', text }) as const),
    ],
    fixes: [replaceSecret(facts), changeScheme(facts)],
    also: ['credential-invalid'],
  });
};
