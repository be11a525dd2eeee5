import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Segment } from '../../protocol/panelState';
import { fill } from '../pure/words';
import type { ViewContext } from './context';

/** Text in pieces; a masked one says, on hover and to a screen reader, whose value it stands for. */
export function segments(pieces: readonly Segment[], { strings }: ViewContext): TemplateResult {
  return html`${pieces.map(({ text, secretOf }) =>
    secretOf === undefined
      ? text
      : html`<span class="masked" role="img" title=${secretOf} aria-label=${fill(strings.maskedSecret, secretOf)}
          >${text}</span
        >`,
  )}`;
}
