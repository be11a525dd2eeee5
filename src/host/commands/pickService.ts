import * as vscode from 'vscode';
import { schemeById } from '../../core/auth/schemes';
import type { AuthScheme } from '../../core/auth/scheme';
import type { Core } from '../../core/index';
import type { Service } from '../../core/services/service';
import { askPick } from '../quickInput/steps';
import { credentialWords, stateWords } from '../services/serviceState';
import type { ServiceArgument } from './ids';

/** The service a command is about: the one it was called with, the only one there is, or the one the person picks. */
export async function pickService(
  core: Core,
  argument: ServiceArgument | undefined,
  title: string,
  fits: (service: Service) => boolean = () => true,
): Promise<Service | undefined> {
  const id = typeof argument === 'string' ? argument : argument?.serviceId;
  if (id !== undefined) {
    const service = core.services.get(id);
    if (!service) void vscode.window.showWarningMessage(vscode.l10n.t('The service "{0}" is no longer there.', id));
    return service;
  }
  const services = core.services.all.filter(fits);
  if (services.length === 0) {
    const add = vscode.l10n.t('Add Service…');
    void vscode.window
      .showInformationMessage(vscode.l10n.t('There is no service this could be done with.'), add)
      .then((choice) => choice === add && vscode.commands.executeCommand('latchkey.addService'));
    return undefined;
  }
  if (services.length === 1) return services[0];
  const items = await Promise.all(
    services.map(async (service) => {
      const status = await core.verification.status(service);
      return {
        label: service.name,
        description: service.baseUrl,
        detail: `${credentialWords(service, status)} · ${stateWords(status, core.now()).text}`,
        value: service,
      };
    }),
  );
  const result = await askPick({ title, step: 1, total: 1 }, { placeholder: vscode.l10n.t('Which service?'), items });
  return result.kind === 'next' ? result.value : undefined;
}

/** The scheme of a service. Definitions with an unknown one never become services. */
export function schemeOf(service: Service): AuthScheme {
  const scheme = schemeById(service.scheme);
  if (!scheme) throw new Error(`unknown scheme ${service.scheme}`);
  return scheme;
}
