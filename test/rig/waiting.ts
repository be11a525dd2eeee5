// Waiting for something to come true, with an error that says what was awaited and what was there instead.

/** How long the page objects wait unless told otherwise. */
export const patience = 15_000;

/**
 * Asks again and again until there is an answer.
 * Takes what is awaited (for the error), the question (nothing, `false` and a throw mean "not yet") and optionally
 * what to show in the error. Gives the first answer.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  options: { readonly timeout?: number; readonly instead?: () => Promise<unknown> } = {},
): Promise<T> {
  const deadline = Date.now() + (options.timeout ?? patience);
  let problem: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      problem = error;
    }
    if (Date.now() > deadline) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  const instead = options.instead ? await options.instead().catch(() => undefined) : undefined;
  const shown = instead === undefined ? '' : `; there is: ${JSON.stringify(instead)}`;
  throw new Error(`Waited in vain for ${what}${shown}`, { cause: problem });
}

/** True when `text` is what a matcher asks for: a string must be contained, an expression must match. */
export function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}

/** Text as a person reads it: no-break and repeated blanks are one blank. */
export function plain(text: string | null | undefined): string {
  return (text ?? '').replace(/[\s\u00a0]+/g, ' ').trim();
}
