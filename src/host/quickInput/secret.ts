import * as vscode from 'vscode';
import { readPasted } from '../../core/auth/paste';
import type { AuthScheme, Field, SchemeSettings } from '../../core/auth/scheme';
import {
  fieldPlaceholder,
  fieldPrompt,
  pasteQuestionMessage,
  pasteRefusalMessage,
  repairMessage,
} from '../../core/auth/words';
import { askInput, type Place, type StepResult } from './steps';

/** A secret as it will be stored, and settings that stood in what was pasted, such as the user name of a Basic header. */
export interface EnteredSecret {
  readonly value: string;
  readonly parts: SchemeSettings;
}

/**
 * Asks for a secret, masked. What was pasted is put right and the person is told what was done (a second Enter takes it);
 * a placeholder is asked about; a character that no credential can have is refused by its position. With `later` an empty
 * input is an answer too: the value is then the empty text, and nothing is to be stored.
 */
export function askSecret(
  place: Place,
  scheme: AuthScheme,
  field: Field,
  settings: SchemeSettings,
  whenEmpty: 'refuse' | 'later' = 'refuse',
): Promise<StepResult<EnteredSecret>> {
  const prompt = fieldPrompt(scheme.id, field.name, settings);
  return askInput<EnteredSecret>(place, {
    prompt: whenEmpty === 'later' ? vscode.l10n.t('{0} Leave it empty to enter it later.', prompt) : prompt,
    placeholder: fieldPlaceholder(scheme.id, field.name, settings),
    secret: true,
    accept: (text) => {
      if (text === '' && whenEmpty === 'later') return { kind: 'take', value: { value: '', parts: {} } };
      const read = readPasted(text, { scheme: scheme.id, field: field.name, settings });
      if (read.refusal) {
        return { kind: 'remark', remark: { message: pasteRefusalMessage(read.refusal), severity: 'error' } };
      }
      const entered: EnteredSecret = { value: read.value, parts: read.parts ?? {} };
      const remarks = read.repairs.map((repair) => repairMessage(repair));
      if (read.question) remarks.push(pasteQuestionMessage(read.question));
      if (remarks.length === 0) return { kind: 'take', value: entered };
      return {
        kind: 'remark',
        remark: {
          message: vscode.l10n.t('{0} Press Enter to go on.', remarks.join(' ')),
          severity: read.question ? 'warning' : 'info',
        },
        text: read.value,
        takeIfRepeated: entered,
      };
    },
  });
}
