import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import type { Severity } from '../../protocol/panelState';

/*
 * Our own drawings, on a grid of 16, stroked with the colour of the text. The names are codicons' names where they show
 * the same thing, because fixes are named after those.
 */
const drawings: Readonly<Record<string, string>> = {
  pass: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM5 8.2l2.1 2.1L11 6',
  error: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  warning: 'M8 2 14.6 13.5H1.4ZM8 6.3v3.6M8 11.4v.6',
  info: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM8 7.2v4M8 4.8v.6',
  key: 'M10.2 2a3.8 3.8 0 1 1-1.3 7.4L7.6 10.7H6v1.6H4.4V14H2v-2.4l4.7-4.7A3.8 3.8 0 0 1 10.2 2ZM11 4.9v.3',
  refresh: 'M13.5 8a5.5 5.5 0 1 1-1.7-4M13.5 1.8v3.4h-3.4',
  edit: 'M2.5 13.5l.8-3.2L11 2.6l2.4 2.4-7.7 7.7ZM9.4 4.2l2.4 2.4',
  add: 'M8 2.5v11M2.5 8h11',
  'link-external': 'M6.5 3.5h-4v10h10v-4M9 2.5h4.5V7M13.2 2.8 7.5 8.5',
  watch: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM8 4.2V8l2.8 1.8',
  gear: 'M8 5.6a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8ZM8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M12.6 3.4l-1.4 1.4M4.8 11.2l-1.4 1.4',
  unlock: 'M3.5 7.5h9v6.5h-9ZM5.5 7.5V4.6a2.5 2.5 0 0 1 4.8-.9M8 10v1.6',
  lock: 'M3.5 7.5h9v6.5h-9ZM5.5 7.5V4.5a2.5 2.5 0 0 1 5 0v3M8 10v1.6',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.3 10.3l3.4 3.4',
  wrap: 'M2 3.5h12M2 8h9.6a2.2 2.2 0 0 1 0 4.4H8.4M10 10.6l-1.8 1.8L10 14.2M2 12.4h3',
  copy: 'M5.5 5.5h8v8h-8ZM3.5 10.5h-1v-8h8v1',
  save: 'M2.5 2.5h8.8l2.2 2.2v8.8h-11ZM5 2.5v3.6h5V2.5M4.8 13.5V9.3h6.4v4.2',
  file: 'M3.5 1.5h6l3 3v10h-9ZM9.3 1.7v3h3M5.8 8h4.4M5.8 10.8h4.4',
  preview: 'M1.5 8S4 3.6 8 3.6 14.5 8 14.5 8 12 12.4 8 12.4 1.5 8 1.5 8ZM8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z',
  code: 'M5.2 4 1.5 8l3.7 4M10.8 4l3.7 4-3.7 4',
  stop: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM5.8 5.8h4.4v4.4H5.8Z',
  chevron: 'M6 3.5 10.5 8 6 12.5',
};

/** Other names for the same drawings. */
const aliases: Readonly<Record<string, string>> = {
  'circle-slash': 'unlock',
  clock: 'watch',
  'go-to-file': 'file',
  'settings-gear': 'gear',
};

/** A decorative picture; nothing where the name is unknown. Whatever it says is also said in words beside it. */
export function icon(name: string): TemplateResult | typeof nothing {
  const path = drawings[aliases[name] ?? name];
  if (path === undefined) return nothing;
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${svg`<path d=${path}></path>`}</svg>`;
}

const bySeverity: Readonly<Record<Severity, string>> = {
  success: 'pass',
  info: 'info',
  warning: 'warning',
  error: 'error',
};

/** The sign of a severity, in its colour. */
export function severityIcon(severity: Severity): TemplateResult {
  return html`<span class="severity ${severity}">${icon(bySeverity[severity])}</span>`;
}
