import * as vscode from 'vscode';
import type { PanelStrings } from '../../protocol/messages';

/** The panel's fixed words, localised here so that the webview needs no localisation of its own. */
export function panelStrings(): PanelStrings {
  const t = vscode.l10n.t;
  return {
    body: t('Body'),
    raw: t('Raw'),
    headers: t('Headers'),
    request: t('Request'),
    timeline: t('Timeline'),
    cancel: t('Cancel'),
    sendAgain: t('Send Again'),
    copy: t('Copy'),
    save: t('Save…'),
    openWhole: t('Open in Editor'),
    preview: t('Preview'),
    showSource: t('Show Source'),
    previewWarning: t('A preview of the HTML without scripts, pictures from elsewhere or links. It may look different in a browser.'),
    find: t('Find in Body'),
    empty: t('The response has no body.'),
    binary: t('The body is binary. Save it to look at it in another program.'),
    noHeaders: t('No headers.'),
    otherCauses: t('Other possible causes'),
    whyWeThinkSo: t('Why do we think so?'),
    whatWasSent: t('Sent'),
    availableIn: t('in {0}'),
    waitingForResponse: t('Waiting for the response'),
    earlierResponse: t('The response before'),
    seconds: t('s'),
    nothingYet: t('Send a request from an .http file to see its response here.'),
  };
}
