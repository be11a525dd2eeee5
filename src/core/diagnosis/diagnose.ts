import type { Cause, Diagnosis, Evidence } from './cause';
import { Facts } from './facts';
import { RULES } from './rules/index';
import { describeSent } from './sent';

/** More than this nobody reads. */
const MOST_CAUSES = 3;

/**
 * Why a call failed.
 * Takes all that is known of it; gives the causes in order of likelihood, empty where it went well, and what was sent with
 * masks for secrets. Pure, never throws. The evidence is unredacted, and the result quotes what the API said, which may
 * be the credential itself: it has to go through redaction before anybody sees it.
 */
export function diagnose(evidence: Evidence): Diagnosis {
  const facts = new Facts(evidence);
  const sent = describeSent(facts);
  if (wentWell(facts)) return { causes: [], sent };
  const causes: Cause[] = [];
  for (const rule of RULES) {
    const cause = rule(facts);
    if (!cause) continue;
    if (causes.length > 0 && !isAnotherGuess(cause, causes)) continue;
    causes.push(cause);
    // What is certain needs no second guess.
    if (causes[0]?.confidence === 'certain' || causes.length === MOST_CAUSES) break;
  }
  return { causes, sent };
}

/** A further cause is worth telling where it is a different one and not the remark that it is none. */
function isAnotherGuess(cause: Cause, told: readonly Cause[]): boolean {
  return (
    cause.code !== 'not-an-auth-problem' &&
    told.every(({ code }) => code !== cause.code && code !== 'not-an-auth-problem')
  );
}

/** A success is let through without running a rule, unless its body has the form of an error or of a sign-in page. */
function wentWell(facts: Facts): boolean {
  const { status } = facts;
  if (status === 304 || (status >= 100 && status < 200)) return true;
  if (status < 200 || status >= 300) return false;
  if (/html/i.test(facts.contentType ?? '')) return false;
  const body = facts.response?.body;
  if (!body || body.size === 0 || !/json|graphql|^$/i.test(facts.contentType ?? '')) return true;
  return !facts.message.failed;
}
