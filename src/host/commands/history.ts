import * as vscode from 'vscode';
import { shortCause } from '../../core/diagnosis/shortWords';
import type { CauseCode } from '../../core/diagnosis/cause';
import type { Core } from '../../core/index';
import type { HistoryPlace } from '../../core/history/history';
import { ago } from '../time';

interface HistoryItem extends vscode.QuickPickItem {
  readonly place?: HistoryPlace;
}

/**
 * *Latchkey: Show History*: the last requests with how they ended. Everything in it was redacted before it was kept; there
 * are no headers and no bodies. Gives the place of the one to be sent again, or undefined.
 */
export function showHistory(core: Core): Promise<HistoryPlace | undefined> {
  const t = vscode.l10n.t;
  const clear: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('clear-all'), tooltip: t('Clear History') };
  const pick = vscode.window.createQuickPick<HistoryItem>();
  pick.title = t('History');
  pick.buttons = [clear];
  pick.matchOnDescription = true;
  const fill = (): void => {
    pick.items = core.history.list().map((entry): HistoryItem => {
      const icon = entry.cause === undefined && entry.status !== undefined ? 'pass' : 'error';
      const cause = entry.cause === undefined ? [] : [shortCause(entry.cause as CauseCode)];
      const status = entry.status === undefined ? [] : [String(entry.status)];
      return {
        label: `$(${icon}) ${entry.method} ${entry.url}`,
        description: [...status, ...cause, ago(entry.at, core.now())].join(' · '),
        place: entry.request,
      };
    });
    pick.placeholder =
      pick.items.length === 0
        ? t('Nothing was sent yet.')
        : t('The last requests. Choose one to send it again, as its file has it now.');
  };
  fill();
  return new Promise((resolve) => {
    pick.onDidTriggerButton(() => void core.history.clear().then(fill));
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen && !chosen.place) {
        pick.placeholder = t('This was the test of a service. Test it from the Services view.');
        return;
      }
      resolve(chosen?.place);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
