import * as vscode from 'vscode';
import { schemeChoices, suggestionFor, type SchemeChoice } from '../../core/auth/schemes';
import type { Field } from '../../core/auth/scheme';
import { choiceLabel, choiceDetail, fieldPlaceholder, fieldProblemMessage, fieldPrompt } from '../../core/auth/words';
import type { Core } from '../../core/index';
import type { SettingsScope } from '../../core/ports';
import { validateBaseUrl } from '../../core/services/baseUrl';
import { DEFAULT_TEST, isServiceId, makeServiceId, type Service, type TestRequest } from '../../core/services/service';
import { baseUrlProblemMessage, insecureBaseUrlMessage } from '../../core/services/words';
import { askInput, askPick, askSteps, type Remark, type Step } from '../quickInput/steps';
import { askSecret } from '../quickInput/secret';

/** What the conversation has found out so far. */
interface Draft {
  readonly name: string;
  readonly baseUrl: string;
  readonly choice?: SchemeChoice;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly scope: SettingsScope;
  readonly test: boolean;
}

/** What a caller knows already: the address of the request a lens stands on, or all about the demo. */
export interface Suggestion {
  readonly name?: string;
  readonly baseUrl?: string;
  readonly testRequest?: TestRequest;
  /** Code of the entry of the drop-down to stand on first. */
  readonly choice?: string;
}

export interface Added {
  readonly service: Service;
  readonly test: boolean;
}

/**
 * *Latchkey: Add Service…*: asks step by step and writes only after the last answer, so that Escape at any step changes
 * nothing. Gives the new service, or undefined where there is none.
 */
export async function addService(core: Core, suggestion: Suggestion = {}): Promise<Added | undefined> {
  const start: Draft = {
    name: suggestion.name ?? '',
    baseUrl: suggestion.baseUrl ?? '',
    choice: schemeChoices().find((choice) => choice.code === suggestion.choice),
    settings: {},
    secrets: {},
    scope: 'user',
    test: true,
  };
  const draft = await askSteps(vscode.l10n.t('Add Service'), start, (state) => [
    askName,
    askBaseUrl,
    askScheme,
    ...(state.choice ? openFields(state.choice).map((field) => askField(field)) : []),
    ...(hasWorkspace() ? [askScope] : []),
    askTest(suggestion.testRequest ?? DEFAULT_TEST),
  ]);
  if (!draft?.choice) return undefined;
  const checked = validateBaseUrl(draft.baseUrl);
  if (!checked.ok) return undefined;
  const taken = core.services.all.map((service) => service.id);
  const service: Service = {
    id: isServiceId(draft.name) && !taken.includes(draft.name) ? draft.name : makeServiceId(draft.name, taken),
    name: draft.name,
    baseUrl: checked.url,
    origin: checked.origin,
    scheme: draft.choice.scheme.id,
    settings: { ...draft.choice.settings, ...draft.settings },
    test: suggestion.testRequest ?? DEFAULT_TEST,
    verifyTls: true,
    scope: draft.scope,
  };
  return (await store(core, service, draft.secrets)) ? { service, test: draft.test } : undefined;
}

/**
 * Writes the secrets, then the definition. When either fails, says so and offers to try again: what was entered stays in
 * memory until then. A secret without a definition is taken back.
 */
async function store(core: Core, service: Service, secrets: Draft['secrets']): Promise<boolean> {
  for (;;) {
    const failure = await tryStore(core, service, secrets);
    if (failure === undefined) return true;
    const again = vscode.l10n.t('Try Again');
    const settings = vscode.l10n.t('Open Settings');
    const choice = await vscode.window.showErrorMessage(failure, again, settings);
    if (choice === settings) await vscode.commands.executeCommand('workbench.action.openSettingsJson');
    if (choice === undefined) {
      await core.vault.forget(service);
      return false;
    }
  }
}

async function tryStore(core: Core, service: Service, secrets: Draft['secrets']): Promise<string | undefined> {
  for (const [field, value] of Object.entries(secrets).filter(([, entered]) => entered !== '')) {
    const written = await core.vault.set(service, field, value);
    if (written.state === 'failed') {
      return vscode.l10n.t(
        "VS Code's secret storage did not take the secret: {0}. Nothing was saved; what you entered is kept until you try again or give up.",
        written.detail ?? written.code,
      );
    }
  }
  try {
    await core.services.save(service);
    return undefined;
  } catch (error) {
    return vscode.l10n.t(
      'The service could not be written to the settings: {0}. What you entered is kept until you try again or give up.',
      error instanceof Error ? error.message : String(error),
    );
  }
}

const hasWorkspace = (): boolean => (vscode.workspace.workspaceFolders?.length ?? 0) > 0 && vscode.workspace.isTrusted;

/** The fields that the chosen entry of the drop-down leaves open. */
const openFields = (choice: SchemeChoice): readonly Field[] =>
  choice.scheme.fields.filter((field) => !(field.name in choice.settings));

const askName: Step<Draft> = (draft, place) =>
  askInput(place, {
    prompt: vscode.l10n.t('What do you call this API?'),
    placeholder: vscode.l10n.t('for example SendGrid'),
    value: draft.name,
    accept: (text) =>
      text.trim() === ''
        ? remark(vscode.l10n.t('A name is needed, so that you know the service again.'))
        : { kind: 'take', value: { ...draft, name: text.trim() } },
  });

const askBaseUrl: Step<Draft> = (draft, place) =>
  askInput(place, {
    prompt: vscode.l10n.t('Base URL. Its origin (scheme, host and port) is the only place the credential will go.'),
    placeholder: 'https://api.example.com/v1',
    value: draft.baseUrl,
    check: (text) => (text.trim() === '' ? undefined : baseUrlRemark(text)),
    accept: (text) => {
      const checked = validateBaseUrl(text);
      if (checked.ok) return { kind: 'take', value: { ...draft, baseUrl: checked.url } };
      const problem = baseUrlRemark(text) ?? { message: '', severity: 'error' as const };
      // A missing scheme is put in; the person sees the whole address and presses Enter once more.
      return checked.problem.code === 'no-scheme'
        ? { kind: 'remark', remark: { ...problem, severity: 'info' }, text: checked.problem.suggestion }
        : { kind: 'remark', remark: problem };
    },
  });

/** What to say of a base URL as it is typed. */
export function baseUrlRemark(text: string): Remark | undefined {
  const checked = validateBaseUrl(text);
  if (!checked.ok) return { message: baseUrlProblemMessage(checked.problem), severity: 'error' };
  return checked.warning === undefined ? undefined : { message: insecureBaseUrlMessage(), severity: 'warning' };
}

const askScheme: Step<Draft> = async (draft, place) => {
  const result = await askPick(place, {
    placeholder: vscode.l10n.t('Type of authentication'),
    items: schemeChoices().map((choice) => ({
      label: choiceLabel(choice.code),
      detail: choiceDetail(choice.code),
      value: choice,
    })),
    active: (choice) => choice.code === draft.choice?.code,
  });
  if (result.kind !== 'next') return result;
  const same = result.value.code === draft.choice?.code;
  // Another type has other fields: what was entered for the first is not carried into it.
  const kept = same ? { settings: draft.settings, secrets: draft.secrets } : { settings: {}, secrets: {} };
  return { kind: 'next', value: { ...draft, ...kept, choice: result.value } };
};

function askField(field: Field): Step<Draft> {
  return async (draft, place) => {
    const choice = draft.choice as SchemeChoice;
    if (field.secret) {
      const asked = await askSecret(place, choice.scheme, field, { ...choice.settings, ...draft.settings }, 'later');
      if (asked.kind !== 'next') return asked;
      const { value, parts } = asked.value;
      return {
        kind: 'next',
        value: {
          ...draft,
          settings: { ...draft.settings, ...parts },
          secrets: { ...draft.secrets, [field.name]: value },
        },
      };
    }
    const settings = { ...choice.settings, ...draft.settings };
    const check = (text: string): Remark | undefined => {
      const problem = field.validate?.(text.trim(), settings);
      return problem && { message: fieldProblemMessage(problem, field), severity: 'error' };
    };
    return askInput(place, {
      prompt: fieldPrompt(choice.scheme.id, field.name, settings),
      placeholder: fieldPlaceholder(choice.scheme.id, field.name, settings),
      value: draft.settings[field.name] ?? suggestionFor(field, settings) ?? '',
      check: (text) => (text === '' ? undefined : check(text)),
      accept: (text) => {
        const problem = check(text);
        return problem
          ? { kind: 'remark', remark: problem }
          : { kind: 'take', value: { ...draft, settings: { ...draft.settings, [field.name]: text.trim() } } };
      },
    });
  };
}

const askScope: Step<Draft> = async (draft, place) => {
  const t = vscode.l10n.t;
  const result = await askPick<SettingsScope>(place, {
    placeholder: t('Where to keep the definition (the secret is never part of it)'),
    items: [
      { label: t('User settings'), detail: t('Yours, in every folder you open.'), value: 'user' },
      {
        label: t('Workspace settings'),
        detail: t('In this folder, to share with your team. Each member enters their own secret.'),
        value: 'workspace',
      },
    ],
    active: (scope) => scope === draft.scope,
  });
  return result.kind === 'next' ? { kind: 'next', value: { ...draft, scope: result.value } } : result;
};

function askTest(test: TestRequest): Step<Draft> {
  return async (draft, place) => {
    const t = vscode.l10n.t;
    const address = validateBaseUrl(draft.baseUrl);
    const result = await askPick<boolean>(place, {
      placeholder: t('Add {0}. Test it now?', draft.name),
      items: [
        {
          label: t('Add and test now'),
          detail: `${test.method} ${address.ok ? address.url : draft.baseUrl}${test.path}`,
          value: true,
        },
        { label: t('Add without testing'), value: false },
      ],
    });
    return result.kind === 'next' ? { kind: 'next', value: { ...draft, test: result.value } } : result;
  };
}

const remark = (message: string): { kind: 'remark'; remark: Remark } => ({
  kind: 'remark',
  remark: { message, severity: 'error' },
});
