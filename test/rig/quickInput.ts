// The drop-down at the top of the window: quick picks, input boxes, the command palette.
import type { Locator, Page } from 'playwright-core';
import { matches, plain, until } from './waiting';

/** One line of a quick pick. */
export interface QuickItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** The message line below the input, and how severe it looks. */
export interface QuickMessage {
  readonly text: string;
  readonly severity: 'none' | 'info' | 'warning' | 'error';
}

/** What the drop-down shows, read at one moment. */
export interface QuickState {
  /** The title without the step. */
  readonly title: string;
  /** `2/5`, or empty. */
  readonly step: string;
  readonly placeholder: string;
  readonly value: string;
  /** True when the input hides what is typed. */
  readonly masked: boolean;
  /** Prompt or validation message; an input box says its prompt here, followed by VS Code's hint on Enter and Escape. */
  readonly message: QuickMessage;
}

/** The page object; gives nothing by itself, every method looks at the window anew. */
export class QuickInput {
  constructor(private readonly page: Page) {}

  private get widget(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  private get input(): Locator {
    return this.widget.locator('.quick-input-box input');
  }

  /** Waits until it is open (with this title, when one is given) and has the keyboard. Gives itself, for chaining. */
  async waitFor(title?: string | RegExp): Promise<this> {
    await until(
      `the quick input${title ? ` "${title}"` : ''}`,
      async () => {
        if (!(await this.isOpen())) return false;
        if (title && !matches((await this.read()).title, title)) return false;
        return this.widget.evaluate((widget) => widget.contains(document.activeElement));
      },
      { instead: async () => ((await this.isOpen()) ? this.read() : 'no quick input') },
    );
    return this;
  }

  /** Waits until it shows this step, for example `2/5`. Gives itself. */
  async waitForStep(step: string): Promise<this> {
    await until(`step ${step}`, async () => (await this.read()).step === step, { instead: () => this.read() });
    return this.waitFor();
  }

  /** Waits until it is gone. */
  async waitClosed(): Promise<void> {
    await until('the quick input to close', async () => !(await this.isOpen()), { instead: () => this.read() });
  }

  async isOpen(): Promise<boolean> {
    return this.widget.isVisible();
  }

  /** Everything around the list, as it is now. */
  async read(): Promise<QuickState> {
    return this.widget.evaluate((widget) => {
      const shown = (selector: string): string => {
        const found = [...widget.querySelectorAll<HTMLElement>(selector)].find((each) => each.offsetParent);
        return (found?.innerText ?? '').replace(/[\s\u00a0]+/g, ' ').trim();
      };
      const input = widget.querySelector<HTMLInputElement>('.quick-input-box input');
      const box = widget.querySelector('.quick-input-box .monaco-inputbox');
      const severity = (['info', 'warning', 'error'] as const).find((name) => box?.classList.contains(name));
      const title = shown('.quick-input-title');
      const step = /\s*\(?(\d+\/\d+)\)?$/.exec(title);
      return {
        title: step ? title.slice(0, step.index) : title,
        step: step?.[1] ?? '',
        placeholder: input?.placeholder ?? '',
        value: input?.value ?? '',
        masked: input?.type === 'password',
        message: { text: shown('.quick-input-message'), severity: severity ?? 'none' },
      };
    });
  }

  /** Waits for a prompt or validation message that contains or matches `wanted`. Gives it. */
  async waitForMessage(wanted: string | RegExp): Promise<QuickMessage> {
    return until(
      `the message "${wanted}"`,
      async () => {
        const { message } = await this.read();
        return matches(message.text, wanted) && message;
      },
      { instead: () => this.read() },
    );
  }

  /** The lines that are drawn now, from the top; a long list draws only what fits. */
  async items(): Promise<QuickItem[]> {
    const rows = await this.widget.locator('.quick-input-list .monaco-list-row').evaluateAll((all) =>
      all
        .map((row) => ({
          top: Number.parseFloat((row as HTMLElement).style.top) || 0,
          label: row.querySelector('.quick-input-list-row .label-name')?.textContent ?? '',
          description: row.querySelector('.quick-input-list-row .label-description')?.textContent ?? '',
          detail: row.querySelector('.quick-input-list-label-meta .label-name')?.textContent ?? '',
        }))
        .sort((a, b) => a.top - b.top),
    );
    return rows.map(({ label, description, detail }) => ({
      label: plain(label),
      description: plain(description),
      detail: plain(detail),
    }));
  }

  /** Replaces what is in the input, as by select-all and typing. Gives itself. */
  async type(text: string): Promise<this> {
    await this.waitFor();
    await this.page.keyboard.press('ControlOrMeta+A');
    if (text === '') await this.page.keyboard.press('Delete');
    else await this.page.keyboard.type(text);
    await until('the typed text', async () => (await this.input.inputValue()) === text);
    return this;
  }

  /** Puts text into the input in one go, as pasting does (line ends included: the input drops them). Gives itself. */
  async paste(text: string): Promise<this> {
    await this.waitFor();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(text);
    return this;
  }

  /** Chooses the line with this label (whole text, or an expression), wherever in the list it is. */
  async pick(label: string | RegExp): Promise<void> {
    await this.waitFor();
    const row = await until(
      `the item "${label}"`,
      async () => {
        const at = (await this.items()).findIndex((item) => isLabel(item.label, label));
        if (at >= 0) return this.rowAt(at);
        // Further down: typing narrows the list, as a person would.
        if (typeof label === 'string' && (await this.input.inputValue()) === '') await this.page.keyboard.type(label);
        return undefined;
      },
      { instead: () => this.items() },
    );
    await row.click();
  }

  /** Presses Enter. */
  async accept(): Promise<void> {
    await this.waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Types (or with `paste` inserts) a value and presses Enter. */
  async enter(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }

  /** Presses the arrow that goes one step back. */
  async back(): Promise<void> {
    await this.button('Back');
  }

  /** Presses a button of the title bar, by its tooltip. */
  async button(name: string): Promise<void> {
    await this.widget.locator(`.quick-input-titlebar .action-label[aria-label^="${name}"]`).first().click();
  }

  /** Presses Escape and waits until it is gone. */
  async escape(): Promise<void> {
    await this.waitFor();
    await this.page.keyboard.press('Escape');
    await this.waitClosed();
  }

  private async rowAt(index: number): Promise<Locator> {
    const rows = this.widget.locator('.quick-input-list .monaco-list-row');
    const order = await rows.evaluateAll((all) =>
      all
        .map((row) => ({ id: row.id, top: Number.parseFloat((row as HTMLElement).style.top) || 0 }))
        .sort((a, b) => a.top - b.top)
        .map((row) => row.id),
    );
    return this.widget.locator(`[id="${order[index]}"]`);
  }
}

function isLabel(label: string, wanted: string | RegExp): boolean {
  if (typeof wanted !== 'string') return wanted.test(label);
  // An icon in front of a label is drawn, not written; it leaves blanks at most.
  return label === wanted || label.trim() === wanted.trim();
}
