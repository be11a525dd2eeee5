// Drives a real VS Code as a person would, whichever kind of VS Code there is. A UI test looks like this:
//
//   describe('adding a service', () => {
//     let code: Workbench;
//     before(async function () {
//       this.timeout(60_000);
//       code = await Workbench.open({ folder: sampleFolder(), extensionPath: projectRoot(), theme: 'dark' });
//     });
//     after(() => code.close());                         // searches everything the window left on disk for secrets
//     it('asks for a name first', async () => {
//       await code.runCommand('Latchkey: Add Service...');
//       const quick = await code.quickInput().waitFor('Add Service');
//       await quick.enter('Demo');
//       await quick.waitForStep('2/5');
//       await code.screenshot('add-service');            // test-results/screenshots/add-service.png
//     });
//   });
//
// Files: test/ui/**/*.test.ts; run with `npm run test:ui`, or one by title: `node out/run.js ui --grep "asks for"`.
// Every wait ends after 15 s with an error that says what was awaited and what was there instead.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { collectText } from './accessible';
import { Dialog, Lens, Menu, Notification, TreeItem } from './parts';
import { resultsFolder } from './paths';
import { QuickInput } from './quickInput';
import { inspectText } from './secrets';
import { openSession, themeIds } from './session';
import type { OpenOptions, Session, Theme } from './session';
import { matches, patience, plain, until } from './waiting';

export type { OpenOptions, Theme } from './session';

/** How the theme picker names them, over all versions: what to type, what to choose. */
const themeLabels: Readonly<Record<Theme, { readonly typed: string; readonly label: RegExp }>> = {
  light: { typed: 'Light Modern', label: /^(Default )?Light Modern$/ },
  dark: { typed: 'Dark Modern', label: /^(Default )?Dark Modern$/ },
  hc: { typed: 'Dark High Contrast', label: /^Dark High Contrast$/ },
};

/** One VS Code window. */
export class Workbench {
  private constructor(
    private readonly session: Session,
    private readonly options: OpenOptions,
  ) {
    this.page.setDefaultTimeout(patience);
  }

  /** Opens a window. Takes the folder, the extension and the settings; gives it when it is usable. */
  static async open(options: OpenOptions): Promise<Workbench> {
    return new Workbench(await openSession(options), options);
  }

  /** Playwright's page, for what is not covered here. */
  get page(): Page {
    return this.session.page;
  }

  /** `served` (Chromium) or `desktop`. */
  get kind(): 'served' | 'desktop' {
    return this.session.kind;
  }

  /** Runs a command by its full title (`Category: Title`) through the palette. Waits for one that is not there yet. */
  async runCommand(title: string): Promise<void> {
    const quick = this.quickInput();
    const find = async (): Promise<string | undefined> =>
      (await quick.items()).find(({ label }) => label.toLowerCase() === title.toLowerCase())?.label;
    const label = await until(
      `the command "${title}" in the palette`,
      async () => {
        await this.palette();
        await quick.type(`>${title}`);
        // The list follows the typing a moment later; a command that is not registered yet needs a new palette.
        const found = await until('it', find, { timeout: 1000 }).catch(() => undefined);
        if (!found) await quick.escape();
        return found;
      },
      { timeout: 2 * patience, instead: () => this.notifications() },
    );
    await quick.pick(label);
  }

  /** Opens the palette. A key that is pressed while a webview takes the focus can get lost; it is pressed once more then. */
  private async palette(): Promise<QuickInput> {
    const quick = this.quickInput();
    await until('the command palette', async () => {
      await this.page.keyboard.press('F1');
      return until('it', async () => (await quick.isOpen()) && (await quick.read()).value.startsWith('>'), {
        timeout: 1500,
      });
    });
    return quick.waitFor();
  }

  /** The drop-down at the top: `await code.quickInput().waitFor('Add Service')`. */
  quickInput(): QuickInput {
    return new QuickInput(this.page);
  }

  /** Opens a file by its path in the workspace folder (or an absolute one) and waits for its editor. */
  async openFile(name: string): Promise<void> {
    const path = resolve(this.options.folder, name);
    const quick = await this.palette();
    await quick.type(path);
    await until(`${name} in the quick open list`, async () => (await quick.items())[0]?.label === basename(path), {
      instead: () => quick.items(),
    });
    await this.page.keyboard.press('Enter');
    await this.tab(basename(path)).waitFor();
    await this.page.locator('.editor-group-container.active .monaco-editor .view-line').first().waitFor();
  }

  /** The editor tab with this title. */
  tab(title: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: title }).first();
  }

  /** Titles of all open editors, per group from left to right. */
  async tabs(): Promise<string[]> {
    return (await this.page.locator('.tabs-container .tab .label-name').allTextContents()).map(plain);
  }

  /** The n-th CodeLens (from the top, 0 unless given) that contains or matches `text`. */
  codeLens(text: string | RegExp, nth = 0): Lens {
    return new Lens(this.page, text, nth);
  }

  /** Texts of all drawn CodeLenses from the top. */
  codeLenses(): Promise<string[]> {
    return Lens.texts(this.page);
  }

  /** Waits for a notification that contains or matches `text`. */
  async notification(text: string | RegExp): Promise<Notification> {
    return until(
      `the notification "${text}"`,
      async () => {
        for (const item of await this.page.locator('.notifications-toasts .notification-list-item').all()) {
          const found = new Notification(item);
          if (matches(await found.text(), text)) return found;
        }
        return undefined;
      },
      { instead: async () => [...(await this.notifications()), ...(await this.dialogs())] },
    );
  }

  /** The messages of all notifications that are shown. */
  async notifications(): Promise<string[]> {
    const messages = this.page.locator('.notifications-toasts .notification-list-item-message');
    return (await messages.allTextContents()).map(plain);
  }

  /** Takes all notifications away. */
  async clearNotifications(): Promise<void> {
    if ((await this.notifications()).length > 0) await this.runCommand('Notifications: Clear All Notifications');
  }

  /** The modal dialog. */
  dialog(): Dialog {
    return new Dialog(this.page);
  }

  /** The text of the modal dialog that is open, if one is: a command that failed says so there. */
  async dialogs(): Promise<string[]> {
    return (await this.page.locator('.monaco-dialog-box .dialog-message-container').allTextContents()).map(plain);
  }

  /** Texts of the status bar's items, from left to right. */
  async statusBar(): Promise<string[]> {
    return (await this.page.locator('.part.statusbar .statusbar-item').allTextContents()).map(plain).filter(Boolean);
  }

  /** The status bar item that contains or matches `text`. */
  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item', { hasText: text }).first();
  }

  /** Shows a container of the Activity Bar by its title. Gives the side bar. */
  async view(container: string): Promise<Locator> {
    const action = this.page.locator(`.part.activitybar .action-item:has(> [aria-label^="${container}"])`).first();
    const sideBar = this.page.locator('.part.sidebar');
    await action.waitFor();
    const shown = async (): Promise<boolean> =>
      (await action.getAttribute('class'))?.includes('checked') === true && (await sideBar.isVisible());
    // A click on what is shown already would hide it.
    if (!(await shown())) await action.click();
    await until(`the view container "${container}"`, shown);
    return sideBar;
  }

  /** Clicks a button in the title of a view in the side bar, by its tooltip. */
  async viewAction(title: string): Promise<void> {
    const sideBar = this.page.locator('.part.sidebar');
    await sideBar.hover();
    await sideBar.locator(`.action-label[aria-label^="${title}"]`).first().click();
  }

  /** The line of a tree in the side bar with exactly this label; waits for it. */
  async treeItem(label: string): Promise<TreeItem> {
    const rows = this.page.locator('.part.sidebar .monaco-list-row[role="treeitem"]');
    const name = this.page.locator('.label-name').getByText(label, { exact: true });
    const row = rows.filter({ has: name }).first();
    await row.waitFor().catch(async () => {
      throw new Error(`No tree item "${label}"; there is: ${(await this.treeItems()).join(' | ') || 'nothing'}`);
    });
    return new TreeItem(this.page, row);
  }

  /** Label and description of every drawn tree item in the side bar. */
  async treeItems(): Promise<string[]> {
    const rows = this.page.locator('.part.sidebar .monaco-list-row[role="treeitem"] .monaco-icon-label');
    return (await rows.allTextContents()).map(plain);
  }

  /** Right-clicks something and chooses from the menu, or gives what the menu offers when nothing is to be chosen. */
  async contextMenu(target: Locator, name?: string): Promise<string[]> {
    await target.click({ button: 'right' });
    const menu = new Menu(this.page);
    const names = await menu.names();
    if (name) await menu.pick(name);
    else await this.page.keyboard.press('Escape');
    return names;
  }

  /**
   * The document inside a webview. Takes the title of the webview (text or expression) or its number among the
   * visible ones, 0 unless given; gives a frame locator that stays good while that webview is open.
   */
  async webview(which: string | RegExp | number = 0): Promise<FrameLocator> {
    const name = await until(
      `the webview ${which}`,
      async () => {
        let seen = 0;
        for (const outer of await this.page.locator('iframe.webview').all()) {
          if (!(await outer.isVisible())) continue;
          const inner = outer.contentFrame().locator('iframe#active-frame');
          if ((await inner.count()) === 0) continue;
          // A webview keeps the title it was made with; its tab says what a person sees.
          const title = (await outer.evaluate(tabTitle)) ?? (await inner.getAttribute('title')) ?? '';
          if (typeof which === 'number' ? seen++ === which : matches(title, which)) return outer.getAttribute('name');
        }
        return undefined;
      },
      { instead: () => this.tabs() },
    );
    return this.page.frameLocator(`iframe.webview[name="${name}"]`).frameLocator('iframe#active-frame');
  }

  /** The drawn lines of the active editor (or of the one whose tab has `title`, once it is active). */
  async editorText(): Promise<string> {
    const lines = this.page.locator('.editor-group-container.active .monaco-editor .view-lines > .view-line');
    return lines.evaluateAll((all) =>
      all
        .map((line) => ({ top: Number.parseFloat((line as HTMLElement).style.top) || 0, text: line.textContent ?? '' }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text.replaceAll('\u00a0', ' ').replaceAll('\u200c', ''))
        .join('\n'),
    );
  }

  /**
   * Puts the cursor into the active editor, at a line (1 is the first) and a column. Where something else is active (a
   * webview), that is the editor of the first group.
   */
  async goTo(line: number, column = 1): Promise<void> {
    const text = this.page.locator('.editor-group-container.active .monaco-editor .view-line').first();
    if (!(await text.isVisible())) {
      await this.runCommand('View: Focus First Editor Group');
      await text.waitFor();
    }
    const quick = await this.palette();
    await quick.enter(`:${line}:${column}`);
    await quick.waitClosed();
  }

  /** Shows the Problems panel. Gives what is in it, one text per problem. */
  async problems(): Promise<string[]> {
    await this.runCommand('Problems: Focus on Problems View');
    const panel = this.page.locator('.markers-panel');
    await panel.waitFor();
    const rows = panel.locator('.monaco-list-row[aria-level="2"]');
    const labels = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));
    return labels.map(plain);
  }

  /** Waits for a problem that contains or matches `text`. Gives all problems. */
  async waitForProblem(text: string | RegExp): Promise<string[]> {
    let seen: string[] = [];
    return until(
      `the problem "${text}"`,
      async () => {
        seen = await this.problems();
        return seen.some((problem) => matches(problem, text)) && seen;
      },
      { instead: async () => seen },
    );
  }

  /** Reloads the window, as *Developer: Reload Window* does. */
  async reload(): Promise<void> {
    await this.session.reload(() => this.runCommand('Developer: Reload Window'));
  }

  /** Saves a picture as `test-results/screenshots/<name>.png` (or below another folder of test-results). Gives its path. */
  async screenshot(name: string, folder = 'screenshots'): Promise<string> {
    const path = join(resultsFolder(), folder, `${name}.png`);
    mkdirSync(dirname(path), { recursive: true });
    await this.page.screenshot({ path, animations: 'disabled', caret: 'initial' });
    return path;
  }

  /** Everything a screen reader could say, over all frames: texts, labels, titles, values, alternatives. */
  accessibleText(): Promise<string> {
    return collectText(this.page);
  }

  /** Searches the accessible text for every known secret; what is found fails the run at its end. */
  async inspect(where = 'the window'): Promise<void> {
    inspectText(`the accessible text of ${where}`, await this.accessibleText());
  }

  /**
   * Changes some of the user's settings and waits until the window has them; `undefined` removes one.
   * The served workbench does not watch its settings file, so there it is edited in the window, as a person would.
   */
  async changeSettings(changes: Readonly<Record<string, unknown>>): Promise<void> {
    const text = JSON.stringify({ ...this.userSettings(), ...changes }, undefined, 2);
    if (this.kind === 'desktop') return writeFileSync(this.session.settingsFile, text);
    await this.runCommand('Preferences: Open User Settings (JSON)');
    await this.page.locator('.tabs-container .tab.active', { hasText: 'settings.json' }).waitFor();
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.setClipboard(text);
    await this.page.keyboard.press('ControlOrMeta+V');
    await this.page.keyboard.press('ControlOrMeta+S');
    await until('the saved settings', async () => JSON.stringify(this.userSettings(), undefined, 2) === text);
    await this.runCommand('View: Close Editor');
  }

  /** What was copied last. */
  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Copies a text, to be pasted with `ControlOrMeta+V`. */
  async setClipboard(text: string): Promise<void> {
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  }

  /** The user's settings as they are on disk, comments not allowed. */
  userSettings(): Record<string, unknown> {
    return JSON.parse(readFileSync(this.session.settingsFile, 'utf8')) as Record<string, unknown>;
  }

  /** Changes the colour theme through the theme picker. */
  async setTheme(theme: Theme): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    const quick = await this.quickInput().waitFor();
    await quick.type(themeLabels[theme].typed);
    await quick.pick(themeLabels[theme].label);
    await quick.waitClosed();
    const marker = { light: '.vs', dark: '.vs-dark', hc: '.hc-black' }[theme];
    await this.page.locator(`.monaco-workbench${marker}`).waitFor();
  }

  /** Closes the window and ends what is behind it. Its accessible text and its files are searched for secrets first. */
  async close(): Promise<void> {
    await this.inspect('the window when it was closed').catch(() => undefined);
    await this.session.close();
  }
}

/** Gives the settings value of a theme, for tests that write settings files. */
export function themeId(theme: Theme): string {
  return themeIds[theme];
}

/** Runs in the page: the title of the active tab of the editor group that an element lies over; nothing where there is none. */
function tabTitle(element: Element): string | undefined {
  const { left, top, width, height } = element.getBoundingClientRect();
  const group = [...document.querySelectorAll('.editor-group-container')].find((each) => {
    const box = each.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    return box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
  });
  return group?.querySelector('.tab.active .label-name')?.textContent?.trim();
}
