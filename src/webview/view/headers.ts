import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { HeaderRow } from '../../protocol/panelState';
import { tool } from './buttons';
import type { ViewContext } from './context';
import { segments } from './segments';

/** The response's headers, in the order and case they came in. */
export function headersTab(headers: readonly HeaderRow[], context: ViewContext): TemplateResult {
  const { strings, post } = context;
  if (headers.length === 0) return html`<div class="nothing"><p>${strings.noHeaders}</p></div>`;
  return html`<div class="toolbar">
      <span class="content-type"></span>
      ${tool({ label: strings.copy, icon: 'copy', run: () => post({ type: 'copy', what: 'headers' }) })}
    </div>
    ${headerTable(headers, strings.headers, context)}`;
}

/** A table of headers; each row can be found by a piece of evidence. */
export function headerTable(headers: readonly HeaderRow[], label: string, context: ViewContext): TemplateResult {
  const { strings } = context;
  return html`<table class="headers" aria-label=${label}>
    <thead>
      <tr>
        <th scope="col">${strings.headerName}</th>
        <th scope="col">${strings.headerValue}</th>
      </tr>
    </thead>
    <tbody>
      ${headers.map(
        ({ name, value }) =>
          html`<tr data-findable tabindex="-1">
            <th scope="row">${name}</th>
            <td>${segments(value, context)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
