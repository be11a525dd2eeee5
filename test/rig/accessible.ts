// Collects what a window says to somebody who cannot see it.
import type { Page } from 'playwright-core';

/**
 * Gives every text and every spoken attribute of every frame, shadow roots included, one per line.
 * Takes the page. Text is also given joined without breaks per block, so that highlighting cannot hide a word.
 */
export async function collectText(page: Page): Promise<string> {
  const parts: string[] = [await page.title()];
  for (const frame of page.frames()) {
    // A frame may go away while it is read; what is gone says nothing.
    parts.push(await frame.evaluate(readFrame).catch(() => ''));
  }
  return parts.join('\n');
}

/** Runs inside a frame. */
function readFrame(): string {
  const spoken = ['aria-label', 'aria-description', 'aria-valuetext', 'aria-roledescription', 'title', 'alt'];
  const written = ['placeholder', 'value', 'href', 'src', 'data-href', 'label', 'content', 'data-state'];
  const found: string[] = [];
  const visit = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll('*')) {
      for (const name of [...spoken, ...written]) {
        const value = element.getAttribute(name);
        if (value) found.push(value);
      }
      // The person's own typing into a masked input is on its way to the vault; it is not something that is shown.
      const input = element as HTMLInputElement;
      if (typeof input.value === 'string' && input.value && input.type !== 'password') found.push(input.value);
      if (element.shadowRoot) {
        found.push(element.shadowRoot.textContent ?? '');
        visit(element.shadowRoot);
      }
    }
  };
  visit(document);
  const body = document.body as HTMLElement | null;
  found.push(body?.innerText ?? '', body?.textContent ?? '');
  return found.join('\n');
}
