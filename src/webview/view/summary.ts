import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { DoneState } from '../../protocol/panelState';
import { tool } from './buttons';
import type { ViewContext } from './context';
import { icon, severityIcon } from './icons';
import { segments } from './segments';

/** The line on top: what came of it, how long it took, and what holds for all of the response. */
export function summaryBar({ summary, request, canSendAgain }: DoneState, context: ViewContext): TemplateResult {
  const { strings, post } = context;
  const facts = [summary.time, summary.size, summary.connection].filter((fact) => fact !== undefined);
  return html`<header class="summary">
    <div class="summary-main">
      ${severityIcon(summary.severity)}
      <h1 class="status" tabindex="-1">${summary.status}</h1>
      <ul class="facts">
        ${facts.map((fact) => html`<li>${fact}</li>`)}
      </ul>
      ${
        canSendAgain
          ? html`<span class="summary-tools"
              >${tool({ label: strings.sendAgain, icon: 'refresh', run: () => post({ type: 'sendAgain' }) })}</span
            >`
          : nothing
      }
    </div>
    ${request.line.length > 0 ? html`<div class="sent-line">${segments(request.line, context)}</div>` : nothing}
    ${
      summary.notes.length > 0
        ? html`<ul class="notes">
            ${summary.notes.map(
              (note) =>
                html`<li class="note ${note.severity}">
                  ${note.severity === 'success' ? icon('pass') : severityIcon(note.severity)}<span>${note.text}</span>
                </li>`,
            )}
          </ul>`
        : nothing
    }
  </header>`;
}
