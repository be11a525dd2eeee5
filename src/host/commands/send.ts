import type { Core } from '../../core/index';
import type { RunOutcome } from '../../core/run/outcome';
import { assertNever } from '../../core/util/assertNever';

/**
 * Sends, and where only the person can decide, asks and sends again: for a secret that was never entered, a new origin, a
 * certificate that is not to be checked. Ends with the first outcome that needs no answer, or when they decline.
 */
export async function sendAndAsk(
  core: Core,
  send: () => Promise<RunOutcome | undefined>,
): Promise<RunOutcome | undefined> {
  const asked = new Set<string>();
  for (;;) {
    const outcome = await send();
    if (outcome === undefined) return undefined;
    // Each question is asked once: an answer that changes nothing must not become a loop.
    const question =
      outcome.kind === 'finished' || outcome.kind === 'problems'
        ? outcome.kind
        : `${outcome.kind}/${outcome.service.id}/${'origin' in outcome ? outcome.origin : ''}`;
    if (asked.has(question)) return outcome;
    asked.add(question);
    if (!(await mend(core, outcome))) return outcome;
  }
}

async function mend(core: Core, outcome: RunOutcome): Promise<boolean> {
  if (outcome.kind === 'finished' || outcome.kind === 'problems' || outcome.kind === 'vaultFailed') return false;
  const { setSecret, confirmOrigin, confirmUnverifiedTls } = await import('../forms');
  switch (outcome.kind) {
    case 'secretMissing':
      return setSecret(core, outcome.service, outcome.fields);
    case 'originUnconfirmed':
      return confirmOrigin(core, outcome.service, outcome.origin);
    case 'tlsUnconfirmed':
      return confirmUnverifiedTls(core, outcome.service, outcome.origin);
    default:
      return assertNever(outcome);
  }
}
