import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { DoneState, NotSentState, SendingState, TabId } from '../../protocol/panelState';
import { elapsed } from '../pure/words';
import { bodyTab } from './body';
import { action, fixButtons } from './buttons';
import { causeStack } from './causes';
import type { ViewContext } from './context';
import { headersTab } from './headers';
import { icon, severityIcon } from './icons';
import { requestTab } from './request';
import { summaryBar } from './summary';
import { tabs } from './tabs';
import { timelineTab } from './timeline';

/** While the answer is awaited. */
export function sendingView(state: SendingState, { strings, now, post }: ViewContext): TemplateResult {
  return html`<section class="sending">
    <div class="sending-head">
      <span class="spinner" aria-hidden="true"></span>
      <h1 class="status" tabindex="-1">${state.progress}</h1>
      <span class="elapsed" role="timer" aria-live="off">${elapsed(now - state.startedAt, strings.seconds)}</span>
    </div>
    <div class="sent-line">${state.line}</div>
    <div class="fixes">
      ${action({ label: strings.cancel, icon: 'stop', look: 'secondary', run: () => post({ type: 'cancel' }) })}
    </div>
  </section>`;
}

/** A request that was not sent, and why; what was shown before stays below. */
export function notSentView(
  state: NotSentState,
  chosen: Omit<TabChoice, 'state'>,
  context: ViewContext,
): TemplateResult {
  return html`<section class="card warning not-sent" aria-labelledby="not-sent-headline">
      <div class="card-head">
        ${severityIcon('warning')}
        <h1 id="not-sent-headline" tabindex="-1">${state.headline}</h1>
      </div>
      <div class="card-body">
        ${
          state.details.length === 0
            ? nothing
            : html`<ul class="details">
                ${state.details.map((detail) => html`<li>${detail}</li>`)}
              </ul>`
        }
        ${fixButtons(state.fixes, context)}
      </div>
    </section>
    ${
      state.earlier
        ? html`<p class="earlier">${context.strings.earlierResponse}</p>
            ${doneView({ state: state.earlier, ...chosen }, context)}`
        : nothing
    }`;
}

export interface TabChoice {
  readonly state: DoneState;
  readonly selected: TabId;
  readonly drawn: ReadonlySet<TabId>;
}

/** The answer, or why there is none. */
export function doneView({ state, selected, drawn }: TabChoice, context: ViewContext): TemplateResult {
  const content = (tab: TabId): TemplateResult => {
    switch (tab) {
      case 'body':
      case 'raw':
        return bodyTab(tab, state.body, context);
      case 'headers':
        return headersTab(state.headers, context);
      case 'request':
        return requestTab(state.request, context);
      case 'timeline':
        return timelineTab(state.timeline, state.totalMs, context);
    }
  };
  return html`${summaryBar(state, context)} ${causeStack(state, context)} ${tabs({ selected, drawn, content }, context)}`;
}

/** A panel that has nothing to show yet. */
export function emptyView({ strings }: ViewContext): TemplateResult {
  return html`<div class="nothing">
    ${icon('key')}
    <p>${strings.nothingYet}</p>
  </div>`;
}
