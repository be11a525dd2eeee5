import * as vscode from 'vscode';
import type { Fix } from '../../core/diagnosis/fix';
import { assertNever } from '../../core/util/assertNever';
import type { CommandHandlers } from './ids';

/** What a fix can do to the response it stands beside. */
export interface FixTarget {
  sendAgain(): Promise<void>;
  sendWithoutCredentials(): Promise<void>;
  /** Puts the cursor on the place in the request that has to change. */
  editRequest(at: EditPlace): Promise<void>;
  /** Puts a question for the API's owner on the clipboard; redacted. */
  copyQuestion(): Promise<void>;
}

/** The places in a request that a fix can lead to. */
export type EditPlace = (Fix & { kind: 'editRequest' })['at'];

/** Runs a fix of the diagnosis: data made of it what the person pressed a button for. */
export async function applyFix(fix: Fix, target: FixTarget, commands: CommandHandlers): Promise<void> {
  switch (fix.kind) {
    case 'setSecret':
      // A new secret was entered to be tried: the request goes out again by itself.
      if (await commandResult(commands['latchkey.setSecret'](fix.service, fix.field))) await target.sendAgain();
      return;
    case 'addService':
      return void (await commands['latchkey.addService']({ baseUrl: fix.baseUrl }));
    case 'editService':
      return void (await commands['latchkey.editService'](fix.service, fix.at));
    case 'sendWithoutCredentials':
      return target.sendWithoutCredentials();
    case 'sendAgain':
    case 'wait':
      return target.sendAgain();
    case 'openLink':
      return openLink(fix.url);
    case 'openSetting':
      return void (await vscode.commands.executeCommand('workbench.action.openSettings', fix.key));
    case 'editRequest':
      return target.editRequest(fix.at);
    case 'copyQuestion':
      return target.copyQuestion();
    default:
      return assertNever(fix);
  }
}

/** Whether a command that can be declined was carried out. */
async function commandResult(result: Promise<unknown> | unknown): Promise<boolean> {
  return (await result) === true;
}

/** Opens a link that a server sent: http(s) only, and only after the person has seen where it leads (VS Code asks). */
async function openLink(url: string): Promise<void> {
  let uri: vscode.Uri;
  try {
    uri = vscode.Uri.parse(url, true);
  } catch {
    return;
  }
  if (uri.scheme === 'https' || uri.scheme === 'http') await vscode.env.openExternal(uri);
}
