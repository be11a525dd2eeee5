import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { TabId } from '../../protocol/panelState';
import { TABS } from '../../protocol/saved';
import { tabForKey } from '../pure/tabKeys';
import type { ViewContext } from './context';

export interface TabOptions {
  readonly selected: TabId;
  /** Tabs whose content is drawn: the selected one and those that have been seen, which keep their place. */
  readonly drawn: ReadonlySet<TabId>;
  readonly content: (tab: TabId) => TemplateResult;
}

/** The tabs by the ARIA pattern: one stop for the Tab key, arrows, Home and End inside; selection follows the focus. */
export function tabs({ selected, drawn, content }: TabOptions, context: ViewContext): TemplateResult {
  const { strings, select } = context;
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = tabForKey(TABS, selected, event.key);
    if (next === undefined) return;
    event.preventDefault();
    select(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${strings.response} @keydown=${onKey}>
      ${TABS.map(
        (tab) =>
          html`<button
            type="button"
            role="tab"
            id="tab-${tab}"
            aria-selected=${tab === selected}
            aria-controls="panel-${tab}"
            tabindex=${tab === selected ? 0 : -1}
            @click=${() => select(tab)}
          >
            ${strings[tab]}
          </button>`,
      )}
    </div>
    ${TABS.map(
      (tab) =>
        html`<div
          class="tabpanel ${tab}"
          role="tabpanel"
          id="panel-${tab}"
          aria-labelledby="tab-${tab}"
          tabindex=${tab === 'body' || tab === 'raw' ? -1 : 0}
          ?hidden=${tab !== selected}
        >
          ${tab === selected || drawn.has(tab) ? content(tab) : ''}
        </div>`,
    )}`;
}
