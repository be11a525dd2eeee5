import * as vscode from 'vscode';
import type { Core } from '../../core/index';
import type { Service } from '../../core/services/service';
import { askPick, type PickItem } from '../quickInput/steps';
import type { ServicesView } from '../services/servicesView';
import type { ServiceArgument } from './ids';
import { editService } from './editService';
import { pickService, schemeOf } from './pickService';
import { setSecret } from './setSecret';

const hasSecret = (service: Service): boolean => schemeOf(service).fields.some((field) => field.secret);

/** *Set or Replace Secret…* True when the secret is stored. */
export async function setSecretCommand(
  core: Core,
  view: ServicesView,
  argument?: ServiceArgument,
  field?: string,
): Promise<boolean> {
  const service = await pickService(core, argument, vscode.l10n.t('Set or Replace Secret'), hasSecret);
  if (!service) return false;
  const stored = await setSecret(core, service, field === undefined ? undefined : [field]);
  view.refresh();
  return stored;
}

export async function editServiceCommand(
  core: Core,
  view: ServicesView,
  argument?: ServiceArgument,
  at?: 'baseUrl' | 'auth' | 'tls' | 'test',
): Promise<void> {
  const service = await pickService(core, argument, vscode.l10n.t('Edit Service'));
  if (service) await editService(core, service, at);
  view.refresh();
}

export async function copyBaseUrl(core: Core, argument?: ServiceArgument): Promise<void> {
  const service = await pickService(core, argument, vscode.l10n.t('Copy Base URL'));
  if (!service) return;
  await vscode.env.clipboard.writeText(service.baseUrl);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', service.baseUrl), 3000);
}

/** *Forget Secret*: the definition stays, the secret goes, after a confirmation. */
export async function forgetSecret(core: Core, view: ServicesView, argument?: ServiceArgument): Promise<void> {
  const service = await pickService(core, argument, vscode.l10n.t('Forget Secret'), hasSecret);
  if (!service) return;
  const forget = vscode.l10n.t('Forget');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Forget the secret of {0}?', service.name),
    { modal: true, detail: vscode.l10n.t("It is deleted from VS Code's secret storage. The service stays.") },
    forget,
  );
  if (choice !== forget) return;
  await deleteSecret(core, service);
  view.refresh();
}

/** *Remove Service…*: the definition goes, and the secret with it, after a confirmation. */
export async function removeService(core: Core, view: ServicesView, argument?: ServiceArgument): Promise<void> {
  const service = await pickService(core, argument, vscode.l10n.t('Remove Service'));
  if (!service) return;
  const remove = vscode.l10n.t('Remove');
  const where =
    service.scope === 'user' ? vscode.l10n.t('your user settings') : vscode.l10n.t('the settings of this workspace');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Remove the service {0}?', service.name),
    { modal: true, detail: vscode.l10n.t('Its definition is taken out of {0}, and its secret is deleted.', where) },
    remove,
  );
  if (choice !== remove) return;
  await core.services.remove(service.id, service.scope);
  // The same id may also be defined in the other scope: what was entered for its address stays with it.
  const other = core.services.get(service.id);
  const kept = other ? await core.vault.describe(other) : [];
  if (!kept.some((secret) => secret.state === 'ok')) await deleteSecret(core, service);
  if (!other) await core.verification.forget(service.id);
  await core.consents.forget(service);
  view.refresh();
}

async function deleteSecret(core: Core, service: Service): Promise<void> {
  const gone = await core.vault.forget(service);
  if (gone.state !== 'failed') return;
  void vscode.window.showErrorMessage(
    vscode.l10n.t(
      "VS Code's secret storage did not delete the secret of {0}: {1}. Try Forget Secret again.",
      service.name,
      gone.detail ?? gone.code,
    ),
  );
}

/** What a press on the service part of a CodeLens offers. */
export async function serviceActions(core: Core, argument: ServiceArgument): Promise<void> {
  const service = await pickService(core, argument, vscode.l10n.t('Service Actions'));
  if (!service) return;
  const item = (label: string, icon: string, value: string): PickItem<string> => ({
    label: `$(${icon}) ${label}`,
    value,
  });
  const result = await askPick<string>(
    { title: service.name, step: 1, total: 1 },
    {
      placeholder: service.baseUrl,
      items: [
        item(vscode.l10n.t('Test'), 'beaker', 'latchkey.testService'),
        ...(hasSecret(service) ? [item(vscode.l10n.t('Set or Replace Secret…'), 'key', 'latchkey.setSecret')] : []),
        item(vscode.l10n.t('Edit…'), 'edit', 'latchkey.editService'),
        item(vscode.l10n.t('Copy Base URL'), 'copy', 'latchkey.copyBaseUrl'),
        ...(hasSecret(service) ? [item(vscode.l10n.t('Forget Secret'), 'clear-all', 'latchkey.forgetSecret')] : []),
        item(vscode.l10n.t('Remove…'), 'trash', 'latchkey.removeService'),
      ],
    },
  );
  if (result.kind === 'next') await vscode.commands.executeCommand(result.value, service.id);
}
