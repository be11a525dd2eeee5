import type { PanelStrings } from '../protocol/messages';
import type { PanelState } from '../protocol/panelState';
import { App } from './app';
import { connectHost } from './host';
import css from './panel.css';

// The page is made by protocol/page.ts: the script's nonce is the page's, words and first state are attributes of the body.
const nonce = document.currentScript?.nonce ?? '';
const { strings, state } = document.body.dataset;
const root = document.getElementById('app');
if (!root || strings === undefined) throw new Error('the page was not made by panelHtml');

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets.push(sheet);

const app = new App({ host: connectHost(), root, strings: JSON.parse(strings) as PanelStrings, nonce });

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = data as { type?: unknown; state?: PanelState; now?: unknown } | null;
  if (message?.type !== 'state' || message.state === undefined) return;
  app.receive(message.state, typeof message.now === 'number' ? message.now : undefined);
});

app.start(state === undefined ? undefined : (JSON.parse(state) as PanelState));
