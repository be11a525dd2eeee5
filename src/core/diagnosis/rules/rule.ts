import type { Cause } from '../cause';
import type { Facts } from '../facts';

/**
 * From facts to a cause, or undefined where the rule has nothing to say. Pure, and cheap where it does not apply.
 * A new rule is a new file and one line in `rules/index.ts`; the order there is the order of certainty.
 */
export type Rule = (facts: Facts) => Cause | undefined;
