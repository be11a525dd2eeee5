import { changeAddress } from '../fixes';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** The right credential at the wrong place: another region, data centre, environment or route. */
export const host: Rule = (facts) => {
  if (facts.status >= 500 || facts.isValidation) return undefined;
  const said = facts.says('host');
  if (!said) return undefined;
  const expected = facts.headers.find(({ name }) => /-region$|^x-.*endpoint$/i.test(name));
  const named = facts.message.details
    .find(({ text }) => /^(?:region|endpoint): /.test(text))
    ?.text.replace(/^\w+: /, '');
  return makeCause(facts, {
    code: 'wrong-host-or-region',
    confidence: expected || named !== undefined ? 'certain' : 'likely',
    action: 'fix-host',
    evidence: [said, expected && facts.headerItem(expected.name)],
    data: { expected: named ?? expected?.value, host: facts.host },
    fixes: [changeAddress(facts)],
  });
};
