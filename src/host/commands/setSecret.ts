import * as vscode from 'vscode';
import type { Core } from '../../core/index';
import type { Service } from '../../core/services/service';
import { askSteps, type Step } from '../quickInput/steps';
import { askSecret } from '../quickInput/secret';
import { schemeOf } from './pickService';

interface Entered {
  readonly secrets: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<string, string>>;
}

/**
 * Asks for the secrets of a service (all of them, or the fields named) and stores them, bound to the service's present
 * origin. True when they are stored. What was entered survives a secret storage that fails, until the person gives up.
 */
export async function setSecret(core: Core, service: Service, fields?: readonly string[]): Promise<boolean> {
  const scheme = schemeOf(service);
  const wanted = scheme.fields.filter((field) => field.secret && (fields === undefined || fields.includes(field.name)));
  if (wanted.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} needs no secret.', service.name));
    return false;
  }
  const steps = wanted.map((field): Step<Entered> => async (state, place) => {
    const asked = await askSecret(place, scheme, field, { ...service.settings, ...state.parts });
    if (asked.kind !== 'next') return asked;
    const { value, parts } = asked.value;
    return {
      kind: 'next',
      value: { secrets: { ...state.secrets, [field.name]: value }, parts: { ...state.parts, ...parts } },
    };
  });
  const title = vscode.l10n.t('Secret for {0}, which goes to {1} only', service.name, service.origin);
  const entered = await askSteps<Entered>(title, { secrets: {}, parts: {} }, () => steps);
  if (!entered) return false;
  for (const [field, value] of Object.entries(entered.secrets)) {
    if (!(await storeSecret(core, service, field, value))) return false;
  }
  await takeOver(core, service, entered.parts);
  return true;
}

async function storeSecret(core: Core, service: Service, field: string, value: string): Promise<boolean> {
  for (;;) {
    const written = await core.vault.set(service, field, value);
    if (written.state === 'ok') return true;
    const again = vscode.l10n.t('Try Again');
    const detail = written.state === 'failed' ? (written.detail ?? written.code) : written.state;
    const choice = await vscode.window.showErrorMessage(
      vscode.l10n.t(
        "VS Code's secret storage did not take the secret: {0}. The earlier one, if there was one, is unchanged.",
        detail,
      ),
      again,
    );
    if (choice !== again) return false;
  }
}

/** What was pasted may have held settings too, such as another user name: asked about, since others may share them. */
async function takeOver(core: Core, service: Service, parts: Entered['parts']): Promise<void> {
  const changed = Object.entries(parts).filter(([name, value]) => service.settings[name] !== value);
  if (changed.length === 0) return;
  const use = vscode.l10n.t('Use It');
  const named = changed.map(([name, value]) => `${name}: ${value}`).join(', ');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t('What you pasted also says {0}. Use that for {1} from now on?', named, service.name),
    use,
  );
  if (choice === use) await core.services.save({ ...service, settings: { ...service.settings, ...parts } });
}
