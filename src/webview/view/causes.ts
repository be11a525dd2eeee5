import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { CauseCard, DoneState, EvidenceLine, Severity } from '../../protocol/panelState';
import { fixButtons } from './buttons';
import type { ViewContext } from './context';
import { icon, severityIcon } from './icons';
import { segments } from './segments';

/** So many pieces of evidence stand on the card itself; the others are behind *Why do we think so?*. */
const ON_THE_CARD = 3;

/** Why the call failed: the likeliest cause as a card, the others folded below it. */
export function causeStack({ causes, summary }: DoneState, context: ViewContext): TemplateResult | typeof nothing {
  const [first, ...others] = causes;
  if (!first) return nothing;
  const severity: Severity = summary.severity === 'success' ? 'warning' : summary.severity;
  return html`<section class="card ${severity}" aria-labelledby="cause-headline">
      <div class="card-head">
        ${severityIcon(severity)}
        <h2 id="cause-headline">${first.headline}</h2>
      </div>
      ${causeBody(first, context)}
    </section>
    ${
      others.length > 0
        ? html`<details class="others">
            <summary>${icon('chevron')}${context.strings.otherCauses} (${others.length})</summary>
            ${others.map(
              (cause) =>
                html`<section class="other">
                  <h3>${cause.headline}</h3>
                  ${causeBody(cause, context)}
                </section>`,
            )}
          </details>`
        : nothing
    }`;
}

function causeBody(cause: CauseCard, context: ViewContext): TemplateResult {
  const { strings } = context;
  const shown = cause.evidence.slice(0, ON_THE_CARD);
  const more = cause.evidence.slice(ON_THE_CARD);
  return html`<div class="card-body">
    ${cause.explanation === undefined ? nothing : html`<p class="explanation">${cause.explanation}</p>`}
    <dl class="evidence">
      ${shown.map((line) => evidenceRow(line, context))}
      ${
        cause.sent.length === 0
          ? nothing
          : html`<div>
              <dt>${strings.whatWasSent}</dt>
              <dd><code>${segments(cause.sent, context)}</code></dd>
            </div>`
      }
    </dl>
    ${fixButtons(cause.fixes, context)}
    <details class="why">
      <summary>${icon('chevron')}${strings.whyWeThinkSo}</summary>
      <p>${cause.confidence} <code class="code">${cause.code}</code></p>
      ${more.length === 0 ? nothing : html`<dl class="evidence">${more.map((line) => evidenceRow(line, context))}</dl>`}
    </details>
  </div>`;
}

function evidenceRow({ label, value, quote, at }: EvidenceLine, context: ViewContext): TemplateResult {
  const text = quote ? html`<q>${segments(value, context)}</q>` : segments(value, context);
  return html`<div class=${quote ? 'said' : ''}>
    <dt>${label}</dt>
    <dd>
      ${
        at === undefined
          ? text
          : html`<button type="button" class="link" @click=${() => context.reveal(at.tab, at.find)}>${text}</button>`
      }
    </dd>
  </div>`;
}
