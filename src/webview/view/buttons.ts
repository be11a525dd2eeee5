import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { FixButton } from '../../protocol/panelState';
import { inOrder } from '../pure/choices';
import { countdown, fill } from '../pure/words';
import type { ViewContext } from './context';
import { icon } from './icons';

interface ActionOptions {
  readonly label: string;
  readonly icon?: string;
  readonly look: 'primary' | 'secondary';
  readonly available?: boolean;
  readonly run: () => void;
}

/** A button with words. */
export function action({ label, icon: name, look, available = true, run }: ActionOptions): TemplateResult {
  return html`<vscode-button
    ?secondary=${look === 'secondary'}
    .disabled=${!available}
    aria-disabled=${available ? nothing : 'true'}
    @click=${() => available && run()}
    @keydown=${keepSpace}
    >${name === undefined ? nothing : html`<span slot="content-before" class="slotted">${icon(name)}</span>`}${label}</vscode-button
  >`;
}

/** The component presses itself on Space but lets the page scroll as well. */
function keepSpace(event: KeyboardEvent): void {
  if (event.key === ' ') event.preventDefault();
}

interface ToolOptions {
  readonly label: string;
  readonly icon: string;
  /** Set on a button that stays pressed. */
  readonly pressed?: boolean;
  readonly run: () => void;
}

/** A button that is a picture only, as in an editor's title bar. */
export function tool({ label, icon: name, pressed, run }: ToolOptions): TemplateResult {
  return html`<button
    type="button"
    class="tool"
    title=${label}
    aria-label=${label}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    @click=${run}
  >
    ${icon(name)}
  </button>`;
}

/** The buttons of a cause. One that has to wait counts down in its label and can be pressed when it is done. */
export function fixButtons(fixes: readonly FixButton[], context: ViewContext): TemplateResult | typeof nothing {
  if (fixes.length === 0) return nothing;
  return html`<div class="fixes">${inOrder(fixes).map((fix) => fixButton(fix, context))}</div>`;
}

function fixButton(fix: FixButton, { now, strings, post }: ViewContext): TemplateResult {
  const left = (fix.notBefore ?? 0) - now;
  const wait = left > 0 ? ` ${fill(strings.availableIn, countdown(left, strings.seconds))}` : '';
  return action({
    label: fix.label + wait,
    icon: fix.icon,
    look: fix.primary ? 'primary' : 'secondary',
    available: left <= 0,
    run: () => post({ type: 'fix', id: fix.id }),
  });
}
