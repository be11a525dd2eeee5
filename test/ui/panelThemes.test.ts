import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import type { PanelState } from '../../src/protocol/panelState';
import * as states from '../fixtures/panelStates';
import type { ThemeName } from '../fixtures/themes';
import { resultsFolder } from '../rig/paths';
import { launchPanelBrowser, usePanel } from './panelPage';

/** The moment the pages' clock stands at, in milliseconds since the epoch. */
const NOON = Date.UTC(2026, 10, 24, 12);

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

const moods: readonly {
  readonly name: string;
  readonly state: PanelState;
  readonly open?: (page: Page) => Promise<void>;
}[] = [
  { name: 'ok', state: states.ok },
  { name: 'expired', state: states.expired, open: (page) => page.getByText('Other possible causes').click() },
  { name: 'limited', state: states.limited(NOON + 125_000) },
  { name: 'refused', state: states.refused },
  { name: 'redirected', state: states.redirected, open: (page) => tab(page, 'Timeline').click() },
  { name: 'sending', state: states.sending(NOON - 3400) },
  { name: 'not-sent', state: { ...states.notSent, earlier: states.ok } },
  { name: 'login', state: states.login, open: (page) => page.getByRole('button', { name: 'Preview' }).click() },
  { name: 'binary', state: states.binary },
  { name: 'empty', state: states.empty },
  { name: 'headers', state: states.expired, open: (page) => tab(page, 'Headers').click() },
  { name: 'request', state: states.expired, open: (page) => tab(page, 'Request').click() },
  { name: 'find', state: states.ok, open: (page) => page.keyboard.press('Control+f') },
];
const themes: readonly ThemeName[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Serious findings of axe-core, each with the element it is about. */
async function findings(page: Page): Promise<string[]> {
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(context: unknown, options: unknown): Promise<{ violations: Violation[] }> };
    };
    // The preview's frame runs no script, so nothing can look into it: what is in it is the server's.
    // The colour of line numbers is the theme's own choice, and screen readers do not see them.
    return (await axe.run({ exclude: ['.cm-gutters'] }, { iframes: false, resultTypes: ['violations'] })).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

describe('panel page in every theme', function () {
  this.timeout(30_000);
  let browser: Browser;
  before(async () => (browser = await launchPanelBrowser()));
  after(() => browser.close());

  for (const theme of themes) {
    for (const { name, state, open } of moods.filter(
      ({ name }) => theme !== 'high-contrast-light' || name === 'expired',
    )) {
      it(`${name} in ${theme}: nothing is cut off, no serious finding of axe`, () =>
        usePanel(browser, state, { theme, now: NOON }, async ({ page }) => {
          await open?.(page);
          assert.deepEqual(await findings(page), []);
          for (const width of [900, 320]) {
            await page.setViewportSize({ width, height: 640 });
            const wide = await page.evaluate(
              () => (document.getElementById('app')?.scrollWidth ?? 0) - window.innerWidth,
            );
            assert.ok(wide <= 0, `${width} px: ${wide} px too wide`);
            await page.screenshot({ path: join(resultsFolder('panel'), `${name}-${theme}-${width}.png`) });
          }
        }));
    }
  }
});
