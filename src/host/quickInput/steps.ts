import * as vscode from 'vscode';

/** How a step ended: with a value, with the way back, or with Escape. */
export type StepResult<T> =
  { readonly kind: 'next'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'cancel' };

/** Where a step stands among the others. */
export interface Place {
  readonly title: string;
  readonly step: number;
  readonly total: number;
}

/** A remark under an input: an error keeps the step open, the others let a second Enter pass. */
export interface Remark {
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'info';
}

/** What becomes of the text when Enter is pressed: it is taken, or a remark is shown (over a text put right, perhaps). */
export type Verdict<T> =
  | { readonly kind: 'take'; readonly value: T }
  | { readonly kind: 'remark'; readonly remark: Remark; readonly text?: string; readonly takeIfRepeated?: T };

export interface InputOptions<T> {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly secret?: boolean;
  /** Looks at the text as it is typed. */
  readonly check?: (text: string) => Remark | undefined;
  readonly accept: (text: string) => Verdict<T>;
}

export interface PickItem<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: T;
}

const severities: Readonly<Record<Remark['severity'], vscode.InputBoxValidationSeverity>> = {
  error: vscode.InputBoxValidationSeverity.Error,
  warning: vscode.InputBoxValidationSeverity.Warning,
  info: vscode.InputBoxValidationSeverity.Info,
};

function asValidation(remark: Remark | undefined): vscode.InputBoxValidationMessage | undefined {
  return remark && { message: remark.message, severity: severities[remark.severity] };
}

function prepare(input: vscode.QuickInput, place: Place): void {
  input.title = place.title;
  // A single question needs no counter.
  if (place.total > 1) {
    input.step = place.step;
    input.totalSteps = place.total;
  }
  // A credential is fetched from a browser or a password manager: the input must survive the trip.
  input.ignoreFocusOut = true;
}

const backButtons = (place: Place): vscode.QuickInputButton[] =>
  place.step > 1 ? [vscode.QuickInputButtons.Back] : [];

/** Asks for a line of text. Escape gives `cancel`, the back arrow `back`; a text is lost in neither case to the caller's state. */
export function askInput<T>(place: Place, options: InputOptions<T>): Promise<StepResult<T>> {
  return new Promise((resolve) => {
    const input = vscode.window.createInputBox();
    prepare(input, place);
    input.buttons = backButtons(place);
    input.prompt = options.prompt;
    input.placeholder = options.placeholder;
    input.value = options.value ?? '';
    input.password = options.secret === true;
    input.validationMessage = input.value === '' ? undefined : asValidation(options.check?.(input.value));
    // Set while a remark that may be passed by a second Enter is on show; gone with the next key.
    let repeated: { readonly text: string; readonly value: T } | undefined;
    let settled = false;
    const settle = (result: StepResult<T>): void => {
      if (settled) return;
      settled = true;
      resolve(result);
      input.dispose();
    };
    input.onDidChangeValue((text) => {
      if (repeated?.text === text) return;
      repeated = undefined;
      input.validationMessage = asValidation(options.check?.(text));
    });
    input.onDidAccept(() => {
      if (repeated?.text === input.value) return settle({ kind: 'next', value: repeated.value });
      const verdict = options.accept(input.value);
      if (verdict.kind === 'take') return settle({ kind: 'next', value: verdict.value });
      const text = verdict.text ?? input.value;
      repeated = verdict.takeIfRepeated === undefined ? undefined : { text, value: verdict.takeIfRepeated };
      if (verdict.text !== undefined) input.value = verdict.text;
      input.validationMessage = asValidation(verdict.remark);
    });
    input.onDidTriggerButton(() => settle({ kind: 'back' }));
    input.onDidHide(() => settle({ kind: 'cancel' }));
    input.show();
  });
}

/** Asks for one of a list. */
export function askPick<T>(
  place: Place,
  options: {
    readonly placeholder: string;
    readonly items: readonly PickItem<T>[];
    readonly active?: (value: T) => boolean;
  },
): Promise<StepResult<T>> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly value: T }>();
    prepare(pick, place);
    pick.buttons = backButtons(place);
    pick.placeholder = options.placeholder;
    pick.items = options.items.map((item) => ({ ...item }));
    pick.matchOnDescription = true;
    const active = options.active;
    if (active) pick.activeItems = pick.items.filter((item) => active(item.value));
    let settled = false;
    const settle = (result: StepResult<T>): void => {
      if (settled) return;
      settled = true;
      resolve(result);
      pick.dispose();
    };
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0] ?? pick.activeItems[0];
      if (chosen) settle({ kind: 'next', value: chosen.value });
    });
    pick.onDidTriggerButton(() => settle({ kind: 'back' }));
    pick.onDidHide(() => settle({ kind: 'cancel' }));
    pick.show();
  });
}

/** A step of a longer conversation: it is given what is known so far and adds to it. */
export type Step<S> = (state: S, place: Place) => Promise<StepResult<S>>;

/**
 * Leads through steps with a counter and a way back. `stepsFor` is asked anew after each answer, since an answer can
 * change what comes next. Gives the final state, or undefined after Escape, whatever was answered before.
 */
export async function askSteps<S>(
  title: string,
  start: S,
  stepsFor: (state: S) => readonly Step<S>[],
): Promise<S | undefined> {
  const states: S[] = [start];
  for (;;) {
    const index = states.length - 1;
    const state = states[index] as S;
    const steps = stepsFor(state);
    const step = steps[index];
    if (!step) return state;
    const result = await step(state, { title, step: index + 1, total: steps.length });
    if (result.kind === 'cancel') return undefined;
    if (result.kind === 'next') {
      states.push(result.value);
      continue;
    }
    // Going back keeps what was answered, so that the earlier inputs open filled in.
    states.pop();
    if (states.length > 0) states[states.length - 1] = state;
    else states.push(state);
  }
}
