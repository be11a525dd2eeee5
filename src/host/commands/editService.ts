import * as vscode from 'vscode';
import { schemeChoices, type SchemeChoice } from '../../core/auth/schemes';
import { choiceDetail, choiceLabel, fieldLabel, fieldProblemMessage, fieldPrompt } from '../../core/auth/words';
import type { Core } from '../../core/index';
import { validateBaseUrl } from '../../core/services/baseUrl';
import { parseTest, type Service } from '../../core/services/service';
import { askInput, askPick, type PickItem, type Place } from '../quickInput/steps';
import { baseUrlRemark } from './addService';
import { confirmOrigin } from './confirm';
import { openDefinition } from './openDefinition';
import { schemeOf } from './pickService';
import { setSecret } from './setSecret';

/** What can be changed about a service. `field:x` is a plain setting of its scheme. */
type Part = 'name' | 'baseUrl' | 'auth' | 'test' | 'tls' | 'json' | `field:${string}`;

/** *Latchkey: Edit Service*: picks what to change, asks for the new value and writes it. Escape changes nothing. */
export async function editService(
  core: Core,
  service: Service,
  at?: 'baseUrl' | 'auth' | 'tls' | 'test',
): Promise<void> {
  const title = vscode.l10n.t('Edit {0}', service.name);
  const part = at ?? (await askPart({ title, step: 1, total: 1 }, service));
  if (part === undefined) return;
  const place: Place = { title, step: 1, total: 1 };
  if (part === 'json') return openDefinition(service);
  const edited = await editPart(place, service, part);
  if (!edited) return;
  await core.services.save(edited);
  if (edited.scheme !== service.scheme) return afterSchemeChange(core, edited);
  if (edited.origin !== service.origin) await confirmOrigin(core, edited, edited.origin);
}

async function askPart(place: Place, service: Service): Promise<Part | undefined> {
  const t = vscode.l10n.t;
  const item = (value: Part, label: string, description: string): PickItem<Part> => ({ label, description, value });
  const fields = schemeOf(service).fields.filter((field) => !field.secret);
  const test = testText(service.test);
  const result = await askPick<Part>(place, {
    placeholder: t('What do you want to change?'),
    items: [
      item('name', t('Name'), service.name),
      item('baseUrl', t('Base URL'), service.baseUrl),
      item('auth', t('Type of authentication'), choiceLabel(choiceOf(service)?.code ?? service.scheme)),
      ...fields.map((field) =>
        item(
          `field:${field.name}`,
          fieldLabel(service.scheme, field.name, service.settings),
          service.settings[field.name] ?? '',
        ),
      ),
      item('test', t('Test request'), test),
      item('tls', t('Certificate check'), service.verifyTls ? t('on') : t('off')),
      item('json', t('Open in settings.json'), ''),
    ],
  });
  return result.kind === 'next' ? result.value : undefined;
}

async function editPart(place: Place, service: Service, part: Exclude<Part, 'json'>): Promise<Service | undefined> {
  switch (part) {
    case 'name':
      return editName(place, service);
    case 'baseUrl':
      return editBaseUrl(place, service);
    case 'auth':
      return editScheme(place, service);
    case 'test':
      return editTest(place, service);
    case 'tls':
      return editTls(place, service);
    default:
      return editField(place, service, part.slice('field:'.length));
  }
}

async function editName(place: Place, service: Service): Promise<Service | undefined> {
  const result = await askInput<string>(place, {
    prompt: vscode.l10n.t('What do you call this API?'),
    value: service.name,
    accept: (text) =>
      text.trim() === ''
        ? { kind: 'remark', remark: { message: vscode.l10n.t('A name is needed.'), severity: 'error' } }
        : { kind: 'take', value: text.trim() },
  });
  return result.kind === 'next' ? { ...service, name: result.value } : undefined;
}

async function editBaseUrl(place: Place, service: Service): Promise<Service | undefined> {
  const result = await askInput<{ baseUrl: string; origin: string }>(place, {
    prompt: vscode.l10n.t('Base URL. Another origin has to be confirmed before the secret goes there.'),
    value: service.baseUrl,
    check: baseUrlRemark,
    accept: (text) => {
      const checked = validateBaseUrl(text);
      if (checked.ok) return { kind: 'take', value: { baseUrl: checked.url, origin: checked.origin } };
      return { kind: 'remark', remark: baseUrlRemark(text) ?? { message: '', severity: 'error' } };
    },
  });
  return result.kind === 'next' ? { ...service, ...result.value } : undefined;
}

const choiceOf = (service: Service): SchemeChoice | undefined =>
  schemeChoices().find(
    (choice) =>
      choice.scheme.id === service.scheme &&
      Object.entries(choice.settings).every(([name, value]) => service.settings[name] === value),
  );

async function editScheme(place: Place, service: Service): Promise<Service | undefined> {
  const now = choiceOf(service);
  const result = await askPick<SchemeChoice>(place, {
    placeholder: vscode.l10n.t('Type of authentication'),
    items: schemeChoices().map((choice) => ({
      label: choiceLabel(choice.code),
      detail: choiceDetail(choice.code),
      value: choice,
    })),
    active: (choice) => choice.code === now?.code,
  });
  if (result.kind !== 'next') return undefined;
  const choice = result.value;
  const kept = choice.scheme.id === service.scheme ? service.settings : {};
  let edited: Service = { ...service, scheme: choice.scheme.id, settings: { ...kept, ...choice.settings } };
  for (const field of choice.scheme.fields.filter((one) => !one.secret && !(one.name in choice.settings))) {
    if (edited.settings[field.name] !== undefined) continue;
    const next = await editField(place, edited, field.name);
    if (!next) return undefined;
    edited = next;
  }
  return edited;
}

async function afterSchemeChange(core: Core, service: Service): Promise<void> {
  const missing = (await core.vault.describe(service)).filter((secret) => secret.state === 'missing');
  if (missing.length > 0)
    await setSecret(
      core,
      service,
      missing.map((secret) => secret.field),
    );
}

async function editTest(place: Place, service: Service): Promise<Service | undefined> {
  const t = vscode.l10n.t;
  const result = await askInput<Service['test']>(place, {
    prompt: t('The request that Test sends: a method and a path below {0}', service.baseUrl),
    placeholder: 'GET /me',
    value: testText(service.test),
    accept: (text) => {
      const test = parseTest(text);
      return test
        ? { kind: 'take', value: test }
        : {
            kind: 'remark',
            remark: { message: t('Write a method and a path, for example GET /me.'), severity: 'error' },
          };
    },
  });
  return result.kind === 'next' ? { ...service, test: result.value } : undefined;
}

async function editTls(place: Place, service: Service): Promise<Service | undefined> {
  const t = vscode.l10n.t;
  const result = await askPick<boolean>(place, {
    placeholder: t('Check the certificate of {0}?', service.origin),
    items: [
      {
        label: t('Check the certificate'),
        detail: t('Safe. Certificates your system or VS Code trusts are accepted.'),
        value: true,
      },
      {
        label: t('Do not check it'),
        detail: t('Whoever sits between you and the server can read the credential. Every response will say so.'),
        value: false,
      },
    ],
    active: (verify) => verify === service.verifyTls,
  });
  return result.kind === 'next' ? { ...service, verifyTls: result.value } : undefined;
}

async function editField(place: Place, service: Service, name: string): Promise<Service | undefined> {
  const field = schemeOf(service).fields.find((one) => one.name === name);
  if (!field) return undefined;
  const set = (value: string): Service => ({ ...service, settings: { ...service.settings, [name]: value } });
  if (field.choices) {
    const picked = await askPick<string>(place, {
      placeholder: fieldPrompt(service.scheme, name, service.settings),
      items: field.choices.map((choice) => ({ label: choice, value: choice })),
      active: (choice) => choice === service.settings[name],
    });
    return picked.kind === 'next' ? set(picked.value) : undefined;
  }
  const result = await askInput<string>(place, {
    prompt: fieldPrompt(service.scheme, name, service.settings),
    value: service.settings[name] ?? '',
    accept: (text) => {
      const problem = field.validate?.(text.trim(), service.settings);
      return problem
        ? { kind: 'remark', remark: { message: fieldProblemMessage(problem, field), severity: 'error' } }
        : { kind: 'take', value: text.trim() };
    },
  });
  return result.kind === 'next' ? set(result.value) : undefined;
}

const testText = ({ method, path }: Service['test']): string => `${method} ${path}`.trim();
