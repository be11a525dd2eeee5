import type { Redacted } from '../core/redaction/redacted';
import type { PanelStrings } from './messages';
import type { PanelState } from './panelState';

export interface PageOptions {
  /** Fresh random text for each page, at least 128 bits: the page's own script and styles are known by it. */
  readonly nonce: string;
  /** Where the webview's bundle is, as the webview sees it. */
  readonly scriptUri: string;
  readonly strings: PanelStrings;
  /** The first state, where there is one already; later ones come as messages. */
  readonly state?: Redacted<PanelState>;
  /** BCP 47 tag of the language of `strings`; `en` unless given. */
  readonly language?: string;
}

/**
 * The content security policy of the page. It may reach nothing at all: what is shown comes in messages, the style sheet
 * is part of the bundle. Two entries are there for the preview of HTML bodies, whose frame inherits this policy: `data:`
 * pictures and style attributes. Neither can carry anything outside.
 */
function policy(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

/** The text of the panel's page. Whatever is handed in is escaped, so a state may hold any text a server can send. */
export function panelHtml({ nonce, scriptUri, strings, state, language = 'en' }: PageOptions): string {
  const first = state === undefined ? '' : ` data-state="${escapeAttribute(JSON.stringify(state))}"`;
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy(nonce))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Latchkey</title>
</head>
<body data-strings="${escapeAttribute(JSON.stringify(strings))}"${first}>
<main id="app"></main>
<script nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(scriptUri)}"></script>
</body>
</html>
`;
}

/** Text as the value of an attribute in double quotes. */
export function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
