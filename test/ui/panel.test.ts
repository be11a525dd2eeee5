import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import type { PanelState } from '../../src/protocol/panelState';
import * as states from '../fixtures/panelStates';
import { launchPanelBrowser, usePanel } from './panelPage';
import type { PanelOptions, PanelPage } from './panelPage';

/** A moment that the tests' clocks stand at, in milliseconds since the epoch. */
const NOON = Date.UTC(2026, 10, 24, 12);

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
const selected = (page: Page) => page.locator('[role=tab][aria-selected=true]').innerText();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

describe('panel page', function () {
  this.timeout(30_000);
  let browser: Browser;
  before(async () => (browser = await launchPanelBrowser()));
  after(() => browser.close());

  const withPanel = (
    state: PanelState | undefined,
    options: Partial<PanelOptions>,
    run: (panel: PanelPage) => Promise<void>,
  ) => usePanel(browser, state, { now: NOON, ...options }, run);

  it('asks the host for its state', () =>
    withPanel(undefined, {}, async ({ page, posted }) => {
      assert.deepEqual(await posted(), [{ type: 'ready' }]);
      await page.getByText('Send a request from an .http file').waitFor();
    }));

  it('moves through the tabs by keyboard and keeps the tab', () =>
    withPanel(states.ok, {}, async ({ page, send, saved }) => {
      await tab(page, 'Body').focus();
      const keys = ['ArrowRight', 'ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home', 'ArrowRight', 'ArrowRight'];
      const path: string[] = [];
      for (const key of keys) {
        await page.keyboard.press(key);
        assert.equal(await focused(page), await selected(page));
        path.push(await selected(page));
      }
      assert.deepEqual(path, ['Raw', 'Headers', 'Timeline', 'Body', 'Timeline', 'Body', 'Raw', 'Headers']);
      assert.equal(await page.getByRole('tabpanel').count(), 1);
      await send(states.expired);
      await page.getByRole('heading', { name: '401 Unauthorized' }).waitFor();
      assert.equal(await selected(page), 'Headers');
      assert.equal(((await saved()) as { tab: string }).tab, 'headers');
    }));

  it('reaches every control by Tab alone, the body too, and leaves it again', () =>
    withPanel(states.expired, {}, async ({ page }) => {
      const reached: string[] = [];
      for (let i = 0; i < 24; i++) {
        await page.keyboard.press('Tab');
        reached.push(
          await page.evaluate(() => {
            const at = document.activeElement;
            return at === document.body || !at ? '-' : (at.getAttribute('aria-label') ?? at.textContent?.trim() ?? '');
          }),
        );
      }
      assert.deepEqual(reached.slice(0, reached.indexOf('-')), [
        'Send Again',
        'The access token expired',
        'error="invalid_token"',
        'Replace Secret…',
        'Edit Service',
        'Send without Credentials',
        'Why do we think so?',
        'Other possible causes (1)',
        'Body',
        'Find in Body',
        'Wrap Lines',
        'Copy',
        'Save…',
        'Open in Editor',
        'Body',
      ]);
    }));

  it('sends what the person did', () =>
    withPanel(states.expired, {}, async ({ page, posted }) => {
      await page.getByRole('button', { name: 'Replace Secret…' }).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Space');
      await page.getByRole('button', { name: 'Edit Service' }).click();
      await page.getByRole('button', { name: 'Send Again' }).click();
      for (const name of ['Copy', 'Save…', 'Open in Editor'])
        await page.getByRole('button', { name, exact: true }).click();
      await tab(page, 'Headers').click();
      await page.getByRole('button', { name: 'Copy', exact: true }).click();
      await tab(page, 'Request').click();
      await page.getByRole('button', { name: 'Copy', exact: true }).click();
      assert.deepEqual((await posted()).slice(1), [
        { type: 'fix', id: '0-0' },
        { type: 'fix', id: '0-0' },
        { type: 'fix', id: '0-1' },
        { type: 'sendAgain' },
        { type: 'copy', what: 'body' },
        { type: 'saveBody' },
        { type: 'openBody' },
        { type: 'copy', what: 'headers' },
        { type: 'copy', what: 'request' },
      ]);
    }));

  it('leads from a piece of evidence to where it stands', () =>
    withPanel(states.expired, {}, async ({ page }) => {
      await tab(page, 'Timeline').click();
      await page.getByRole('button', { name: 'The access token expired' }).click();
      assert.equal(await selected(page), 'Body');
      assert.equal(await page.locator('.cm-evidence').innerText(), 'The access token expired');
      await page.getByRole('button', { name: 'error="invalid_token"' }).click();
      assert.equal(await selected(page), 'Headers');
      assert.match(await focused(page), /^WWW-Authenticate/);
    }));

  it('goes to the raw body where the pretty one writes a value otherwise', () => {
    const [cause] = states.expired.causes;
    const find = '{"a":1}';
    const at = {
      ...cause!,
      evidence: [{ label: 'In the body', value: [{ text: find }], at: { tab: 'body' as const, find } }],
    };
    return withPanel(
      { ...states.expired, causes: [at], body: states.jsonBody({ x: { a: 1 } }) },
      {},
      async ({ page }) => {
        await page.getByRole('button', { name: find }).click();
        assert.equal(await selected(page), 'Raw');
        assert.equal(await page.locator('.cm-evidence').innerText(), find);
      },
    );
  });

  it('leads at least to the tab where the text is not in it', () => {
    const [cause] = states.expired.causes;
    const lost = (tab: 'body' | 'headers') => ({
      label: tab,
      value: [{ text: `to ${tab}` }],
      at: { tab, find: 'nowhere' },
    });
    const card = { ...cause!, evidence: [lost('body'), lost('headers')] };
    return withPanel({ ...states.expired, causes: [card] }, {}, async ({ page }) => {
      await tab(page, 'Raw').click();
      await page.getByRole('button', { name: 'to body' }).click();
      assert.equal(await focused(page), 'Body');
      await page.getByRole('button', { name: 'to headers' }).click();
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'panel-headers');
    });
  });

  it('says on a masked value whose it is', () =>
    withPanel(states.expired, {}, async ({ page }) => {
      const masked = page.getByRole('img', { name: 'masked secret: token of service SendGrid' });
      assert.equal(await masked.first().innerText(), '••••7Qx2');
      assert.equal(await masked.first().getAttribute('title'), 'token of service SendGrid');
    }));

  it('counts down by the host’s clock, then lets the button be pressed', () =>
    // The host's clock is an hour ahead of this machine's.
    withPanel(undefined, { timers: 'held' }, async ({ page, posted, send }) => {
      const host = NOON + 3_600_000;
      await send(states.limited(host + 61_500), host);
      const button = page.locator('vscode-button', { hasText: 'Send Again' });
      const press = () => button.click({ force: true });
      assert.equal(await button.innerText(), 'Send Again in 1:02');
      await page.clock.runFor(58_600);
      assert.equal(await button.innerText(), 'Send Again in 3 s');
      assert.equal(await button.getAttribute('aria-disabled'), 'true');
      await press();
      await page.clock.runFor(3_500);
      assert.equal(await button.innerText(), 'Send Again');
      await press();
      assert.deepEqual((await posted()).slice(1), [{ type: 'fix', id: '0-0' }]);
    }));

  it('tells a screen reader what came, and takes the focus only from what is gone', () =>
    withPanel(states.ok, { timers: 'held' }, async ({ page, send, posted }) => {
      const said = page.getByRole('status');
      assert.equal(await said.innerText(), '', 'nothing is said of what was there before');
      await tab(page, 'Body').focus();
      await send(states.sending(NOON), NOON);
      await page.clock.runFor(100);
      assert.equal(await page.getByRole('heading', { name: '200 OK' }).count(), 1, 'no flash of the waiting view');
      await page.clock.runFor(2450);
      assert.equal(await said.innerText(), 'Waiting for the response');
      assert.equal(await page.getByRole('timer').innerText(), '2.5 s');
      await page.getByRole('button', { name: 'Cancel' }).focus();
      await page.keyboard.press('Enter');
      await send(states.expired, NOON + 2500);
      await page.getByRole('heading', { name: '401 Unauthorized' }).waitFor();
      assert.equal(await said.innerText(), '401 Unauthorized. The token of SendGrid has expired.');
      assert.equal(await focused(page), '401 Unauthorized');
      assert.deepEqual((await posted()).slice(1), [{ type: 'cancel' }]);
      await page.getByRole('button', { name: 'Edit Service' }).focus();
      await send({ ...states.expired, title: 'Again' });
      assert.equal(await focused(page), 'Edit Service');
    }));

  it('comes back after a reload with its tab, without a body that was too large', async () => {
    const large = { ...states.ok, body: states.textBody('x'.repeat(300_000), { language: 'text' }) };
    let kept: unknown;
    await withPanel(states.ok, {}, async ({ page, send, saved }) => {
      await send(large);
      await tab(page, 'Raw').click();
      kept = await saved();
    });
    assert.ok(JSON.stringify(kept).length < 10_000);
    await withPanel(undefined, { saved: kept }, async ({ page }) => {
      await page.getByRole('heading', { name: '200 OK' }).waitFor();
      assert.equal(await selected(page), 'Raw');
      await page.getByText('The body was too large to be kept.').waitFor();
    });
    await withPanel(undefined, { saved: { version: 7, state: 'of another kind' } }, ({ page }) =>
      page.getByText('Send a request from an .http file').waitFor(),
    );
  });

  it('finds in the body from anywhere, folds, and wraps lines or not', () =>
    withPanel(states.ok, {}, async ({ page }) => {
      await tab(page, 'Timeline').click();
      await page.keyboard.press('Control+f');
      assert.equal(await selected(page), 'Body');
      await page.keyboard.type('alerts');
      await page.keyboard.press('Enter');
      assert.equal(await page.locator('.cm-searchMatch-selected').innerText(), 'alerts');
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('.cm-search').count(), 0);
      await page.locator('.cm-foldGutter [title="Fold line"]').nth(1).click();
      assert.equal(await page.locator('.cm-foldPlaceholder').count(), 1);
      const wrapping = page.locator('.cm-lineWrapping');
      assert.equal(await wrapping.count(), 1);
      await page.getByRole('button', { name: 'Wrap Lines', pressed: true }).click();
      assert.equal(await wrapping.count(), 0);
    }));

  it('keeps lines and their numbers together when the theme changes the font', () =>
    withPanel(states.ok, {}, async ({ page }) => {
      await page.evaluate(() => document.documentElement.style.setProperty('--vscode-editor-font-size', '20px'));
      const offset = () =>
        page.evaluate(() => {
          const top = (query: string) => document.querySelector(query)?.getBoundingClientRect().top ?? Number.NaN;
          return Math.abs(top('.cm-line:nth-child(15)') - top('.cm-lineNumbers .cm-gutterElement:nth-child(16)'));
        });
      await page.waitForFunction(() => getComputedStyle(document.querySelector('.cm-content')!).fontSize === '20px');
      // Two frames: the viewer measures in the next one.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      assert.ok((await offset()) < 2, `${await offset()} px apart`);
    }));

  it('shows a large body and a very long line without hanging', () =>
    withPanel(undefined, {}, async ({ page, send }) => {
      const line = `{"value":"${'lorem ipsum '.repeat(100_000)}"}`;
      await send({ ...states.ok, body: states.textBody(line, { pretty: `${'  "line": 1,\n'.repeat(400_000)}` }) });
      await page.getByText('Colours and folding are off').waitFor();
      assert.ok((await page.locator('.cm-line').count()) < 500);
      await tab(page, 'Raw').click();
      await page.getByText('lorem ipsum').first().waitFor();
      await page.keyboard.press('Control+f');
      await page.keyboard.type('dolor');
      assert.equal(await page.locator('.cm-searchMatch').count(), 0);
    }));

  it('previews HTML without running or loading anything of it', () =>
    withPanel(states.login, {}, async ({ page }) => {
      await page.getByRole('button', { name: 'Preview' }).click();
      const frame = page.frameLocator('iframe.preview');
      const heading = frame.getByRole('heading', { name: 'Sign in to Example' });
      assert.equal(await heading.evaluate((element) => getComputedStyle(element).color), 'rgb(0, 96, 128)');
      assert.equal(await heading.evaluate((element) => getComputedStyle(element).fontSize), '22px');
      assert.equal(
        await heading.evaluate((element) => element.ownerDocument.documentElement.dataset['ran'] ?? 'no'),
        'no',
      );
      await frame.locator('#away').click();
      await frame.getByRole('button', { name: 'Go' }).click();
      assert.equal(await heading.count(), 1, 'the frame still shows the page');
      await page.getByRole('button', { name: 'Show Source' }).click();
      await page.getByText('Sign in to Example').waitFor();
    }));

  it('takes what a server sends as text wherever it stands', () => {
    const evil = `"'><img src=x onerror="document.title='run'"></script><script>document.title='run'</script>`;
    const text = [{ text: evil, secretOf: evil }, { text: evil }];
    const [cause] = states.expired.causes;
    const state: PanelState = {
      ...states.expired,
      title: evil,
      summary: {
        status: evil,
        severity: 'error',
        time: evil,
        size: evil,
        connection: evil,
        notes: [{ severity: 'info', text: evil }],
      },
      causes: [
        {
          ...cause!,
          headline: evil,
          explanation: evil,
          sent: text,
          evidence: [{ label: evil, value: text, at: { tab: 'headers', find: evil } }],
        },
      ],
      headers: [{ name: evil, value: text }],
      request: { line: text, headers: [{ name: evil, value: text }], body: { text, note: evil } },
      body: states.textBody(evil, { language: 'html', contentType: evil, notes: [evil] }),
      timeline: [{ ...states.ok.timeline[0]!, title: text, outcome: evil, notes: [evil] }],
    };
    return withPanel(state, {}, async ({ page }) => {
      for (const name of ['Raw', 'Headers', 'Request', 'Timeline', 'Body']) await tab(page, name).click();
      assert.equal(await page.title(), 'Latchkey');
      assert.equal(await page.locator('#app img, #app script').count(), 0);
    });
  });

  it('keeps still where the person wants no motion', () =>
    withPanel(states.sending(NOON), { calm: true }, async ({ page }) => {
      assert.equal(
        await page.locator('.spinner').evaluate((spinner) => getComputedStyle(spinner).animationName),
        'none',
      );
    }));
});
