import * as vscode from 'vscode';
import type { Core } from '../../core/index';
import { testUrl, type Service } from '../../core/services/service';
import { setSecret } from './setSecret';

/**
 * Asks whether the secrets of a service may go to one origin more, naming both, and remembers a yes. True when every
 * secret of the service may now go there. A service that has no secret yet is asked for it first.
 */
export async function confirmOrigin(core: Core, service: Service, origin: string): Promise<boolean> {
  const t = vscode.l10n.t;
  const secrets = await core.vault.describe(service);
  const stored = secrets.filter((secret) => secret.origins !== undefined);
  const open = stored.filter((secret) => !secret.origins?.includes(origin));
  if (open.length > 0 || (stored.length < secrets.length && origin !== service.origin)) {
    const bound = [...new Set(stored.flatMap((secret) => secret.origins ?? []))];
    const allow = t('Allow {0}', new URL(origin).host);
    const choice = await vscode.window.showWarningMessage(
      t('Send the secret of {0} to {1}?', service.name, origin),
      {
        modal: true,
        detail: [
          bound.length > 0
            ? t(
                'It was entered for {0} and has gone nowhere else. Allow this only if you know that {1} belongs to the same API.',
                bound.join(', '),
                origin,
              )
            : t(
                'The service is defined for {0}. Allow this only if you know that {1} belongs to the same API.',
                service.origin,
                origin,
              ),
          // Who says so is half of the answer: a cloned repository may.
          ...(service.scope === 'workspace' && service.origin === origin
            ? [t('The new address comes from the settings of this workspace.')]
            : []),
        ].join(' '),
      },
      allow,
    );
    if (choice !== allow) return false;
  }
  const missing = secrets.filter((secret) => secret.state === 'missing').map((secret) => secret.field);
  if (missing.length > 0 && !(await setSecret(core, service, missing))) return false;
  for (const { field } of secrets) {
    const bound = await core.vault.bind(service, field, origin);
    if (bound.state !== 'ok') {
      const detail = bound.state === 'failed' ? (bound.detail ?? bound.code) : bound.state;
      void vscode.window.showErrorMessage(t("VS Code's secret storage did not take the change: {0}.", detail));
      return false;
    }
  }
  return true;
}

/** Asks whether a service of the workspace may be called without checking its certificate, and remembers a yes. */
export async function confirmUnverifiedTls(core: Core, service: Service, origin: string): Promise<boolean> {
  const t = vscode.l10n.t;
  const allow = t('Call It Unchecked');
  const choice = await vscode.window.showWarningMessage(
    t('Call {0} without checking its certificate?', origin),
    {
      modal: true,
      detail: t(
        'The settings of this workspace say so for {0}. Whoever sits between you and the server could read your credential.',
        service.name,
      ),
    },
    allow,
  );
  if (choice !== allow) return false;
  await core.consents.allowUnverifiedTls(service);
  return true;
}

const harmless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a service's test request may be sent. One that comes with a workspace and could change something on the server is
 * asked about each time: pressing *Test* says nothing of a DELETE that somebody else wrote.
 */
export async function confirmTest(service: Service): Promise<boolean> {
  const { method } = service.test;
  if (service.scope === 'user' || harmless.has(method)) return true;
  const t = vscode.l10n.t;
  const send = t('Send {0}', method);
  const choice = await vscode.window.showWarningMessage(
    t('Send {0} {1}?', method, testUrl(service)),
    {
      modal: true,
      detail: t('The settings of this workspace say that this tests {0}. It may change something there.', service.name),
    },
    send,
  );
  return choice === send;
}
