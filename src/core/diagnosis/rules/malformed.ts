import type { Cause } from '../cause';
import type { Carried, Fault } from '../credential';
import type { Facts } from '../facts';
import type { Fix } from '../fix';
import { changeScheme, replaceSecret } from '../fixes';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** The credential was damaged on its way into the request: visible without asking the API, so it comes before all guesses. */
export const malformed: Rule = (facts) => {
  const twice = sentTwice(facts);
  if (twice) return cause(facts, twice);
  if (!complains(facts)) return undefined;
  const fault = facts.faults[0];
  if (fault?.certain) return cause(facts, fault);
  return undefined;
};

/** The API says that it could not read the credential; what looks odd in it is then the likely reason. */
export const calledMalformed: Rule = (facts) => {
  if (facts.carried.length === 0 || facts.status >= 500 || facts.isValidation) return undefined;
  const said = facts.says('malformed');
  const fault = facts.faults.find(({ of }) => of === facts.credential);
  if (said) return cause(facts, fault ?? { code: 'broken-jwt', certain: false }, said, fault ? 'certain' : 'likely');
  if (facts.status === 401 && fault && facts.says('invalid')) return cause(facts, fault, undefined, 'possible');
  return undefined;
};

function cause(
  facts: Facts,
  fault: Fault & { readonly of?: Carried },
  said = facts.says('invalid'),
  confidence: Cause['confidence'] = 'certain',
): Cause {
  const seen = fault.code !== 'broken-jwt' || fault.of !== undefined;
  const { position, text } = fault;
  return makeCause(facts, {
    code: 'credential-malformed',
    confidence,
    action: fault.code === 'placeholder' || fault.code === 'empty' ? 'set-credential' : 'fix-credential-format',
    evidence: [
      seen
        ? {
            kind: 'credential',
            code: fault.code,
            ...(text === undefined ? {} : { text }),
            ...(position === undefined ? {} : { position }),
          }
        : undefined,
      said,
    ],
    data: { fault: seen ? fault.code : undefined, position },
    fixes:
      fault.code === 'sent-twice'
        ? [{ kind: 'editRequest', at: 'url' }, changeScheme(facts)]
        : [...(standsAround(facts, fault) ? [inRequest] : []), replaceSecret(facts), changeScheme(facts)],
    also: seen && fault.certain ? [] : ['credential-invalid', 'wrong-scheme'],
  });
}

const inRequest: Fix = { kind: 'editRequest', at: 'authorization' };

/** True where the fault is not in the secret of a service but in what the person wrote around it. */
function standsAround(facts: Facts, { of }: { readonly of?: Carried }): boolean {
  const use = of?.use;
  if (facts.evidence.unsigned !== 'written-in-request' || use?.service === undefined) return false;
  return of?.value !== use.value;
}

/** True where the answer is a refusal, or a 400 or 200 that speaks of the credential, or the request could not be written. */
function complains(facts: Facts): boolean {
  const { outcome } = facts.evidence.exchange;
  if (outcome.kind === 'failure') return outcome.failure.code === 'bad-request';
  if (facts.isRefusal) return true;
  if (facts.status >= 500 || facts.status === 429 || facts.isValidation) return false;
  // RFC 6750 section 3.1: a challenge with an error code is about the credential, whatever the status.
  if (facts.challengeParam('error') !== undefined) return true;
  const topics = ['invalid', 'malformed', 'missing', 'expired', 'scheme'] as const;
  return topics.some((topic) => facts.says(topic));
}

/** RFC 6750 section 2: a client must not use more than one way to send the token. */
function sentTwice(facts: Facts): Fault | undefined {
  const [first, ...others] = facts.carried;
  if (!first || !others.some(({ value, placement }) => value === first.value && placement.in !== first.placement.in)) {
    return undefined;
  }
  return facts.status === 400 || facts.says('malformed') ? { code: 'sent-twice', certain: true } : undefined;
}
