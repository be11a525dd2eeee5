import type { Facts } from '../facts';
import { changeScheme, replaceSecret } from '../fixes';
import { makeCause } from '../makeCause';
import { isBelow } from '../vendors';
import type { Cause, Confidence, EvidenceItem } from '../cause';
import type { Rule } from './rule';

/** By its prefix the key belongs into another header, or under another word, than the one it was sent in. */
export const schemeOfKey: Rule = (facts) => {
  const { key, placement, word } = facts.credential ?? {};
  if (!key?.place || !placement || !isBelow(facts.host, key.hosts) || facts.isValidation) return undefined;
  if (!facts.isRefusal && !facts.says('scheme') && !facts.says('invalid')) return undefined;
  const { header, word: wantedWord } = key.place;
  if (placement.in !== 'header' || word !== 'bearer' || wantedWord?.toLowerCase() === 'bearer') return undefined;
  const wanted = wantedWord === undefined ? header : `${header}: ${wantedWord}`;
  return cause(facts, 'certain', wanted, { kind: 'credential', code: 'expected-prefix', text: wanted });
};

/** The challenge asks for another scheme than the one that was sent, and the API says nothing of the credential itself. */
export const schemeOfChallenge: Rule = (facts) => {
  const { placement, word } = facts.credential ?? {};
  if (facts.status !== 401 || !placement || facts.challenges.length === 0) return undefined;
  if (facts.says('invalid') || facts.says('expired') || placement.in === 'cookie') return undefined;
  const wanted = facts.challenges.map((challenge) => challenge.scheme);
  const sent = word === '' ? placement.name.toLowerCase() : word;
  if (wanted.some((scheme) => scheme.toLowerCase() === sent)) return undefined;
  return cause(facts, 'likely', wanted.join(', '), facts.headerItem('WWW-Authenticate'));
};

/** The API says that it takes another scheme. */
export const schemeByWords: Rule = (facts) => {
  if (facts.carried.length === 0 || facts.status >= 500 || facts.isValidation || facts.status === 404) return undefined;
  const said = facts.says('scheme');
  return said && cause(facts, 'likely', facts.challenges[0]?.scheme, said);
};

/** The API says that it saw no credential although one was sent: it looks for it elsewhere. */
export const schemeUnseen: Rule = (facts) => {
  if (facts.carried.length === 0 || facts.status >= 500 || facts.isValidation || facts.status === 404) return undefined;
  const unseen = facts.says('invalid') ? undefined : facts.says('missing');
  return unseen && cause(facts, 'likely', facts.challenges[0]?.scheme, unseen);
};

function cause(
  facts: Facts,
  confidence: Confidence,
  wanted: string | undefined,
  item: EvidenceItem | undefined,
): Cause {
  const credential = facts.credential;
  const word = credential?.word ?? '';
  return makeCause(facts, {
    code: 'wrong-scheme',
    confidence,
    action: 'change-scheme',
    evidence: [item, facts.says('scheme')],
    data: {
      sentScheme: word === '' ? credential?.placement.name : word.charAt(0).toUpperCase() + word.slice(1),
      wantedScheme: wanted,
    },
    fixes: [changeScheme(facts), replaceSecret(facts)],
    also: ['wrong-credential-kind', 'credential-invalid'],
  });
}
