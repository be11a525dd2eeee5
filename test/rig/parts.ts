// Page objects for the parts a person acts on: tree items, menus, CodeLenses, notifications, dialogs.
import type { Locator, Page } from 'playwright-core';
import { matches, plain, until } from './waiting';

/** A line of a tree view in the side bar. */
export class TreeItem {
  constructor(
    private readonly page: Page,
    /** The row itself, for what is not covered here. */
    readonly row: Locator,
  ) {}

  async label(): Promise<string> {
    return plain(await this.row.locator('.label-name').first().textContent());
  }

  /** The dimmed text behind the label; empty when there is none. */
  async description(): Promise<string> {
    const found = this.row.locator('.label-description');
    return (await found.count()) > 0 ? plain(await found.first().textContent()) : '';
  }

  /** What a screen reader says for the row. */
  async spoken(): Promise<string> {
    return plain(await this.row.getAttribute('aria-label'));
  }

  async click(): Promise<void> {
    await this.row.click();
  }

  /** Waits until the description contains or matches `wanted`. Gives it. */
  async waitForDescription(wanted: string | RegExp): Promise<string> {
    return until(
      `the description "${wanted}"`,
      async () => {
        const text = await this.description();
        return matches(text, wanted) && text;
      },
      { instead: () => this.description() },
    );
  }

  /** Names of the buttons that appear in the row under the mouse. */
  async actions(): Promise<string[]> {
    await this.row.hover();
    const names = await this.row
      .locator('.actions .action-label')
      .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? each.textContent ?? ''));
    return names.map(plain).filter(Boolean);
  }

  /** Clicks one of these buttons. */
  async action(name: string): Promise<void> {
    await this.row.hover();
    await this.row.locator(`.actions .action-label[aria-label^="${name}"]`).first().click();
  }

  /** Right-clicks the row. Gives the names in its menu and leaves the menu open. */
  async openMenu(): Promise<string[]> {
    await this.row.click({ button: 'right' });
    return new Menu(this.page).names();
  }

  /** Right-clicks the row and chooses `name`. */
  async contextMenu(name: string): Promise<void> {
    await this.row.click({ button: 'right' });
    await new Menu(this.page).pick(name);
  }
}

/** A context menu that is open. */
export class Menu {
  constructor(private readonly page: Page) {}

  private get entries(): Locator {
    return this.page.locator('.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)');
  }

  /** The names of what can be chosen. */
  async names(): Promise<string[]> {
    await this.entries.first().waitFor();
    return (await this.entries.allTextContents()).map(plain).filter(Boolean);
  }

  async pick(name: string): Promise<void> {
    const names = await this.names();
    const at = names.indexOf(name);
    if (at < 0) throw new Error(`No "${name}" in the menu; there is: ${names.join(' | ')}`);
    // VS Code ignores a click that comes right after the menu opened, as it would be the one that opened it.
    await this.page.waitForTimeout(150);
    await this.entries
      .filter({ hasText: name })
      .nth(names.filter((each) => each.includes(name)).indexOf(name))
      .click();
  }
}

/** The CodeLens whose text contains or matches `wanted`, the n-th of its kind from the top (0 unless given). */
export class Lens {
  constructor(
    private readonly page: Page,
    private readonly wanted: string | RegExp,
    private readonly nth: number,
  ) {}

  /** Texts of all drawn CodeLenses, from the top, left to right. */
  static async texts(page: Page): Promise<string[]> {
    return (await drawnLenses(page)).map(({ text }) => text);
  }

  /** Waits for it. Gives its text. */
  async text(): Promise<string> {
    return (await this.find()).text;
  }

  /**
   * Clicks it once, where it stands, after it has stood still for a moment: lenses are redrawn whenever one changes, and a
   * click that is tried again could meet another lens that has taken its place. Where `came` is given and gives false for
   * three seconds, the click met a lens that was just being replaced, and is made once more, as a person would.
   */
  async click(came?: () => Promise<boolean>): Promise<void> {
    await this.clickOnce();
    if (!came) return;
    const noticed = await until('what the click was for', came, { timeout: 3000 }).catch(() => false);
    if (!noticed) await this.clickOnce();
  }

  private async clickOnce(): Promise<void> {
    let before: DrawnLens | undefined;
    let steady = 0;
    const { x, y } = await until(
      `the CodeLens "${this.wanted}" at rest`,
      async () => {
        const now = await this.find();
        steady = before && isSame(now, before) && now.onTop ? steady + 1 : 0;
        before = now;
        // VS Code asks its providers for lenses a quarter of a second and more after something changed.
        if (steady === 4) return now;
        await this.page.waitForTimeout(150);
        return undefined;
      },
      { instead: () => Lens.texts(this.page) },
    );
    await this.page.mouse.move(x, y);
    await this.page.mouse.click(x, y);
  }

  private find(): Promise<DrawnLens> {
    return until(
      `the CodeLens "${this.wanted}" (number ${this.nth + 1})`,
      async () => (await drawnLenses(this.page)).filter(({ text }) => matches(text, this.wanted))[this.nth],
      { instead: () => Lens.texts(this.page) },
    );
  }
}

const isSame = (a: DrawnLens, b: DrawnLens): boolean =>
  a.widget === b.widget && a.id === b.id && a.x === b.x && a.y === b.y;

interface DrawnLens {
  readonly text: string;
  readonly widget: string;
  /** Of the link; new each time it is drawn. */
  readonly id: string;
  /** Whether a click on its middle would meet it. */
  readonly onTop: boolean;
  /** Its middle, in CSS pixels. */
  readonly x: number;
  readonly y: number;
}

async function drawnLenses(page: Page): Promise<DrawnLens[]> {
  // A browser without a screen may leave a page undrawn while nobody looks; a picture makes it draw what has changed.
  await page.screenshot({ clip: { x: 0, y: 0, width: 1, height: 1 } });
  const all = await page.locator('.codelens-decoration').evaluateAll((decorations) =>
    decorations
      .filter((each) => (each as HTMLElement).offsetParent && getComputedStyle(each).visibility === 'visible')
      .map((each) => ({ each, top: each.getBoundingClientRect().top }))
      .sort((a, b) => a.top - b.top)
      .flatMap(({ each }) =>
        [...each.querySelectorAll('a')].map((link) => {
          const { x, y, width, height } = link.getBoundingClientRect();
          const [midX, midY] = [x + width / 2, y + height / 2];
          return {
            // VS Code keeps widgets that are no longer drawn where they were, under the text.
            onTop: link.contains(document.elementFromPoint(midX, midY)),
            text: link.textContent ?? '',
            widget: each.getAttribute('widgetid') ?? '',
            id: link.id,
            x: midX,
            y: midY,
          };
        }),
      ),
  );
  return all.map((lens) => ({ ...lens, text: plain(lens.text) }));
}

/** A notification that is shown in the corner. */
export class Notification {
  constructor(private readonly item: Locator) {}

  /** Its message. */
  async text(): Promise<string> {
    return plain(await this.item.locator('.notification-list-item-message').textContent());
  }

  /** The names of its buttons. */
  async buttons(): Promise<string[]> {
    return (await this.item.locator('.notification-list-item-buttons-container .monaco-button').allTextContents())
      .map(plain)
      .filter(Boolean);
  }

  /** Clicks a button by its name. */
  async click(button: string): Promise<void> {
    await this.item.locator('.notification-list-item-buttons-container .monaco-button', { hasText: button }).click();
  }

  /** Closes it without an answer. */
  async dismiss(): Promise<void> {
    await this.item.hover();
    await this.item.locator('.codicon-notifications-clear').first().click();
  }
}

/** The modal dialog in the middle of the window. */
export class Dialog {
  constructor(private readonly page: Page) {}

  private get box(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Waits for it. Gives its message and details. */
  async text(): Promise<string> {
    await this.box.waitFor();
    return plain(await this.box.locator('.dialog-message-container').textContent());
  }

  async buttons(): Promise<string[]> {
    await this.box.waitFor();
    return (await this.box.locator('.dialog-buttons .monaco-button').allTextContents()).map(plain).filter(Boolean);
  }

  /** Clicks the button of this name and waits until the dialog is gone. */
  async click(button: string): Promise<void> {
    await this.box.locator('.dialog-buttons .monaco-button', { hasText: button }).first().click();
    await this.box.waitFor({ state: 'hidden' });
  }
}
