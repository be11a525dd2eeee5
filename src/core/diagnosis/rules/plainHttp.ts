import { changeAddress } from '../fixes';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** http spoken to a port where TLS is expected: the server answers 400 in clear text. */
export const plainHttp: Rule = (facts) => {
  if (facts.status !== 400 || facts.url?.protocol !== 'http:') return undefined;
  const text = facts.texts.find(({ words }) => /\bhttp request\b(?: \S+){0,6}? https (?:port|server)\b/.test(words));
  if (!text) return undefined;
  return makeCause(facts, {
    code: 'transport-tls-protocol',
    confidence: 'certain',
    action: 'fix-host',
    evidence: [text.item],
    data: { host: facts.host, port: Number(facts.url.port) || 80, protocol: 'http' },
    fixes: [changeAddress(facts)],
  });
};
