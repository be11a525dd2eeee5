import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RequestView } from '../../protocol/panelState';
import { tool } from './buttons';
import type { ViewContext } from './context';
import { headerTable } from './headers';
import { severityIcon } from './icons';
import { segments } from './segments';

/** The request as it went over the wire, with every secret masked. */
export function requestTab({ line, headers, body }: RequestView, context: ViewContext): TemplateResult {
  const { strings, post } = context;
  return html`<div class="toolbar">
      <code class="request-line" data-findable tabindex="-1">${segments(line, context)}</code>
      ${tool({ label: strings.copy, icon: 'copy', run: () => post({ type: 'copy', what: 'request' }) })}
    </div>
    ${
      headers.length > 0
        ? headerTable(headers, strings.headers, context)
        : html`<div class="nothing"><p>${strings.noHeaders}</p></div>`
    }
    ${
      body === undefined
        ? nothing
        : html`<h2 class="part">${strings.body}</h2>
            ${
              body.note === undefined
                ? nothing
                : html`<p class="remark">${severityIcon('info')}<span>${body.note}</span></p>`
            }
            ${
              body.text.length === 0
                ? nothing
                : html`<pre class="sent-body" data-findable tabindex="-1">${segments(body.text, context)}</pre>`
            }`
    }`;
}
