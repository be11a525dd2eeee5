import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** A guard in front of the API answered (a bot check, a filter): the credential was not looked at. */
export const edge: Rule = (facts) => {
  if (![400, 401, 403, 405, 429, 503].includes(facts.status)) return undefined;
  const header =
    facts.headerItem('cf-mitigated') ?? facts.headerItem('x-datadome') ?? facts.headerItem('x-amzn-waf-action');
  const page =
    facts.message.format === 'html' || facts.message.format === 'text'
      ? facts.texts.find(({ words }) =>
          /\bjust a moment\b|\battention required\b|\benable javascript and cookies\b|\bchecking your browser\b|\bverify(?:ing)? (?:that )?you are (?:a )?human\b|\bare you a (?:human|robot)\b|\bpardon our interruption\b|\brequest unsuccessful\b|\bincident id\b|\bsecurity (?:service|policy) to protect\b|\badministrative rules\b|\bmake sure your request has a user agent\b|\bthe request could not be satisfied\b|\bweb application firewall\b/.test(
            words,
          ),
        )
      : undefined;
  if (!header && !page) return undefined;
  return makeCause(facts, {
    code: 'not-an-auth-problem',
    confidence: 'likely',
    action: 'none',
    evidence: [header, page?.item, facts.headerItem('Server')],
    data: { reason: 'edge', status: facts.status },
    fixes: [{ kind: 'copyQuestion' }],
  });
};
