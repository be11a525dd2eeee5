import * as vscode from 'vscode';
import { shortCause } from '../../core/diagnosis/shortWords';
import type { CauseCode } from '../../core/diagnosis/cause';
import type { Service } from '../../core/services/service';
import type { ServiceState, ServiceStatus } from '../../core/services/verification';
import { schemeName } from '../../core/auth/words';
import { assertNever } from '../../core/util/assertNever';
import { ago, until } from '../time';

/** A credential that ends within this many milliseconds is told of. */
const SOON = 60 * 60_000;

/** A service's state in words and an icon: the same in the view, the CodeLens and the notification. */
export interface StateWords {
  readonly text: string;
  readonly icon: vscode.ThemeIcon;
}

/** What the person sees of a service's state now (milliseconds since the epoch). */
export function stateWords(status: ServiceStatus, now: number): StateWords {
  const ends = status.secrets.map((secret) => secret.expiresAt).find((at) => at !== undefined);
  if (ends !== undefined && status.state.kind !== 'no-secret') {
    const at = ends * 1000;
    if (at <= now)
      return { text: vscode.l10n.t('expired {0}', ago(at, now)), icon: icon('error', 'problemsErrorIcon.foreground') };
    if (at - now < SOON) {
      return {
        text: vscode.l10n.t('expires in {0}', until(at, now)),
        icon: icon('warning', 'problemsWarningIcon.foreground'),
      };
    }
  }
  return plain(status.state, now);
}

function plain(state: ServiceState, now: number): StateWords {
  const t = vscode.l10n.t;
  switch (state.kind) {
    case 'no-secret':
      return { text: t('no secret yet'), icon: icon('key', 'problemsWarningIcon.foreground') };
    case 'unbound':
      return { text: t('address changed, confirm it'), icon: icon('shield', 'problemsWarningIcon.foreground') };
    case 'vault-failed':
      return { text: t('secret storage does not answer'), icon: icon('error', 'problemsErrorIcon.foreground') };
    case 'untested':
      return { text: t('never tested'), icon: icon('circle-outline') };
    case 'verified':
      return { text: t('verified {0}', ago(state.at, now)), icon: icon('pass', 'testing.iconPassed') };
    case 'failed': {
      const cause = state.cause === undefined ? t('failed') : shortCause(state.cause as CauseCode);
      return { text: t('{0}, {1}', cause, ago(state.at, now)), icon: icon('error', 'problemsErrorIcon.foreground') };
    }
    default:
      return assertNever(state);
  }
}

const icon = (name: string, color?: string): vscode.ThemeIcon =>
  new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));

/** e.g. `Bearer ••••7Qx2`: how it authenticates, and with which secret as far as that may be shown. */
export function credentialWords(service: Service, status: ServiceStatus): string {
  const hint = status.secrets.map((secret) => secret.hint).find((found) => found !== undefined);
  const name = schemeName(service.scheme);
  return hint === undefined ? name : `${name} ${hint}`;
}
