import { html, svg } from 'lit';
import type { TemplateResult } from 'lit';
import type { HopView, TimingBar } from '../../protocol/panelState';
import { place } from '../pure/scale';
import { duration } from '../pure/words';
import type { ViewContext } from './context';
import { severityIcon } from './icons';
import { segments } from './segments';

/** Each hop with its phases as bars on one common line, and the same in words below it. */
export function timelineTab(hops: readonly HopView[], totalMs: number, context: ViewContext): TemplateResult {
  if (hops.length === 0) return html`<div class="nothing"><p>${context.strings.noTimeline}</p></div>`;
  return html`<ol class="hops">
    ${hops.map((hop) => hopItem(hop, totalMs, context))}
  </ol>`;
}

function hopItem(hop: HopView, totalMs: number, context: ViewContext): TemplateResult {
  return html`<li class="hop" data-findable tabindex="-1">
    <p class="hop-title"><code>${segments(hop.title, context)}</code></p>
    <p class="hop-outcome">
      ${severityIcon(hop.severity)}<span>${hop.outcome}</span>
      <span class="hop-total"
        ><span class="visually-hidden">${context.strings.total} </span>${duration(hop.totalMs)}</span
      >
    </p>
    <svg class="bars" aria-hidden="true">
      <rect class="ground" x="0" y="0" width="100%" height="100%"></rect>
      ${hop.bars.map((bar) => barOf(bar, totalMs))}
    </svg>
    <ul class="legend">
      ${hop.bars.map(
        (bar) => html`<li><span class="swatch ${bar.phase}"></span>${bar.label} ${duration(bar.duration)}</li>`,
      )}
    </ul>
    ${
      hop.notes.length > 0
        ? html`<ul class="hop-notes">
            ${hop.notes.map((note) => html`<li>${note}</li>`)}
          </ul>`
        : ''
    }
  </li>`;
}

function barOf(bar: TimingBar, totalMs: number): TemplateResult {
  const { left, width } = place(bar.start, bar.duration, totalMs);
  return svg`<rect class=${bar.phase} x="${left}%" y="0" width="${width}%" height="100%"><title>${bar.label} ${duration(bar.duration)}</title></rect>`;
}
