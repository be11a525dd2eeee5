import type { Fix } from '../../core/diagnosis/fix';
import type { Suggestion } from './addService';
import type { ServiceItem } from '../services/servicesView';

/** A request in a document: by name where it has one, else by its place among the requests. */
export interface RequestPlace {
  /** `Uri.toString()` of the document. */
  readonly document: string;
  readonly index: number;
  readonly name?: string;
}

/** A service by its id; the view hands its tree item over, a lens or a fix the id alone. */
export type ServiceArgument = string | ServiceItem;

/**
 * Every command with the arguments it takes. From the palette all come without; a command then asks, or uses what the
 * cursor stands in.
 */
export interface CommandArguments {
  'latchkey.sendRequest': [place?: RequestPlace];
  'latchkey.cancelRequest': [sendId?: string];
  'latchkey.sendAgain': [];
  'latchkey.addService': [suggestion?: Suggestion];
  'latchkey.testService': [service?: ServiceArgument];
  'latchkey.setSecret': [service?: ServiceArgument, field?: string];
  'latchkey.editService': [service?: ServiceArgument, at?: (Fix & { kind: 'editService' })['at']];
  'latchkey.copyBaseUrl': [service?: ServiceArgument];
  'latchkey.forgetSecret': [service?: ServiceArgument];
  'latchkey.removeService': [service?: ServiceArgument];
  'latchkey.serviceActions': [service: ServiceArgument];
  'latchkey.showHistory': [];
  'latchkey.openDemo': [];
  'latchkey.stopDemo': [];
  'latchkey.showLog': [];
}

export type CommandId = keyof CommandArguments;

/**
 * What runs when a command is called. Errors are caught and worded in one place, `table.ts`. A command that can be declined
 * gives whether it was carried out.
 */
export type CommandHandlers = {
  readonly [Id in CommandId]: (...args: CommandArguments[Id]) => Promise<boolean | void> | boolean | void;
};

/** A VS Code command with its arguments, checked: for lenses, tree items and buttons. */
export function command<Id extends CommandId>(
  id: Id,
  title: string,
  ...args: CommandArguments[Id]
): { title: string; command: Id; arguments: CommandArguments[Id] } {
  return { title, command: id, arguments: args };
}
