// The panel's page by itself in a headless Chromium: the text the host makes, the bundle VS Code loads, a theme's variables.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import type { Redacted } from '../../src/core/redaction/redacted';
import type { FromWebview } from '../../src/protocol/messages';
import { escapeAttribute, panelHtml } from '../../src/protocol/page';
import type { PanelState } from '../../src/protocol/panelState';
import { panelStrings } from '../fixtures/panelStrings';
import { themes } from '../fixtures/themes';
import type { ThemeName } from '../fixtures/themes';
import { browserFlags, findBrowser } from '../rig/browser';
import { projectRoot } from '../rig/paths';

export interface PanelOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What VS Code had kept of an earlier page. */
  readonly saved?: unknown;
  /** Whether the person wants less motion. */
  readonly calm?: boolean;
  /** What the page's clock says, in milliseconds since the epoch. */
  readonly now: number;
  /** `real` timers run by themselves; `held` ones, and the clock, move only when the test moves `page.clock`. */
  readonly timers?: 'real' | 'held';
}

/** One open panel. */
export interface PanelPage {
  readonly page: Page;
  /** What the page has sent so far. */
  posted(): Promise<readonly FromWebview[]>;
  /** What the page keeps through VS Code. */
  saved(): Promise<unknown>;
  /** Sends a state, as the host does; `now` is the host's clock. */
  send(state: PanelState, now?: number): Promise<void>;
  /** Violations of the content policy, errors of the page, and addresses it asked for besides its own. */
  readonly trouble: readonly string[];
  close(): Promise<void>;
}

interface StubbedWindow {
  posted: FromWebview[];
  kept: unknown;
  violations: string[];
}

/** What the preview's sandbox says when it refuses something: the scripts below, offered to every frame, or a form. */
const sandboxed = /^Blocked (?:script execution|form submission) .* frame is sandboxed/;

const address = 'http://panel.localhost/';

/** VS Code hands the theme over as variables on the root element and a class on the body. */
function asVsCodeShowsIt(html: string, theme: ThemeName): string {
  const { bodyClass, variables } = themes[theme];
  const style = Object.entries(variables).map(([name, value]) => `--vscode-${name}: ${value}`);
  return html
    .replace('<html', `<html style="${escapeAttribute(style.join('; '))}"`)
    .replace('<body', `<body class="${bodyClass}"`);
}

export async function launchPanelBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(), args: [...browserFlags] });
}

/** Opens the panel's page with a first state, or with none. */
export async function openPanel(
  browser: Browser,
  state: PanelState | undefined,
  options: PanelOptions,
): Promise<PanelPage> {
  const { theme = 'dark', width = 900, height = 700, saved, calm = false, now, timers = 'real' } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: calm ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  if (timers === 'held') {
    await page.clock.install({ time: now });
    await page.clock.pauseAt(now);
  } else {
    await page.clock.setFixedTime(now);
  }
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !sandboxed.test(message.text())) trouble.push(`console: ${message.text()}`);
  });
  const made = panelHtml({
    nonce: 'bm9uY2U',
    scriptUri: `${address}webview.js`,
    strings: panelStrings,
    // The fixtures hold no secret: they stand for what redaction has been through.
    ...(state ? { state: state as Redacted<PanelState> } : {}),
  });
  const html = asVsCodeShowsIt(made, theme);
  await page.route('**/*', async (route) => {
    const url = route.request().url();
    if (url === address) return route.fulfill({ contentType: 'text/html', body: html });
    if (url === `${address}webview.js`) {
      return route.fulfill({ contentType: 'text/javascript', path: join(projectRoot(), 'dist', 'webview.js') });
    }
    trouble.push(`request: ${url}`);
    return route.abort();
  });
  await page.addInitScript({ content: readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8') });
  await page.addInitScript(
    ({ kept }) => {
      if (window.top !== window) return;
      const own = window as unknown as StubbedWindow & { acquireVsCodeApi: () => unknown };
      Object.assign(own, { posted: [], kept, violations: [] });
      own.acquireVsCodeApi = () => ({
        postMessage: (message: FromWebview) => own.posted.push(message),
        getState: () => own.kept,
        setState: (value: unknown) => (own.kept = value),
      });
      document.addEventListener('securitypolicyviolation', (event) =>
        own.violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
      );
    },
    { kept: saved },
  );
  await page.goto(address);
  return {
    page,
    posted: () => page.evaluate(() => (window as unknown as StubbedWindow).posted),
    saved: () => page.evaluate(() => (window as unknown as StubbedWindow).kept),
    send: (next, now) =>
      page.evaluate((message) => window.postMessage(message, '*'), {
        type: 'state',
        state: next,
        ...(now === undefined ? {} : { now }),
      }),
    trouble,
    close: async () => {
      trouble.push(...(await page.evaluate(() => (window as unknown as StubbedWindow).violations)));
      await context.close();
    },
  };
}

/** Opens a panel, does something in it, and wants no trouble: no error, nothing blocked, no request to elsewhere. */
export async function usePanel(
  browser: Browser,
  state: PanelState | undefined,
  options: PanelOptions,
  run: (panel: PanelPage) => Promise<void>,
): Promise<void> {
  const panel = await openPanel(browser, state, options);
  try {
    await run(panel);
  } finally {
    await panel.close();
  }
  assert.deepEqual(panel.trouble, []);
}
