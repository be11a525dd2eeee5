// Runs inside the extension host in place of the host tests, and prints figures: what activation costs, and how long a
// command takes to become bytes on the wire and a state in the panel.
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import * as vscode from 'vscode';
import type { Service } from '../../src/core/services/service';
import type { TestAccess } from '../../src/extension';
import { eventually, openHttp, startApi } from '../host/support';
import { beginMark, tallyMark } from '../rig/reporter';
import { newSecret } from '../rig/secrets';
import { median, times } from './figure';
import type { Figure } from './figure';
import { figureMark, rounds, warmUp } from './lines';

/** What VS Code calls. With `LATCHKEY_BENCH=activation` only what happens once per VS Code is measured. */
export async function run(): Promise<void> {
  console.log(beginMark);
  let failed = 0;
  try {
    for (const figure of await measure()) console.log(figureMark + JSON.stringify(figure));
  } catch (error) {
    failed = 1;
    console.log(`  ${(error as Error).stack ?? String(error)}`);
  }
  console.log(tallyMark + JSON.stringify({ passed: 1 - failed, failed, skipped: 0 }));
}

async function measure(): Promise<Figure[]> {
  const extension = vscode.extensions.getExtension<TestAccess>('latchkey.latchkey');
  if (!extension) throw new Error('Latchkey is not installed in this VS Code');
  if (extension.isActive) throw new Error('Latchkey is active before anything asked for it');
  const began = performance.now();
  const access = await extension.activate();
  const activation = performance.now() - began;
  const dist = join(extension.extensionPath, 'dist') + sep;
  const atActivation = loadedFrom(dist);
  const sending = await measureSending(access);
  return [
    { name: 'code loaded at activation', ...sizeOf(atActivation) },
    { name: 'code loaded after the first send', ...sizeOf(loadedFrom(dist)) },
    { name: 'activation', value: activation, unit: 'ms' },
    ...sending,
  ];
}

/** The extension's own files that this process has loaded by now. */
function loadedFrom(folder: string): string[] {
  return Object.keys(createRequire(__filename).cache).filter((file) => file.startsWith(folder));
}

function sizeOf(files: readonly string[]): Pick<Figure, 'value' | 'unit' | 'note'> {
  const value = files.reduce((sum, file) => sum + statSync(file).size, 0);
  return { value, unit: 'bytes', note: files.map((file) => basename(file)).join(', ') };
}

/** Sends a request with its credential to a server in this process, again and again, in turn with Node's own client. */
async function measureSending(access: TestAccess): Promise<Figure[]> {
  let arrived = 0;
  const api = await startApi((_request, response) => {
    arrived = performance.now();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"name":"Ada","active":true}');
  });
  const service: Service = {
    id: 'bench',
    name: 'Bench',
    baseUrl: api.url,
    origin: api.url,
    scheme: 'bearer',
    settings: {},
    test: { method: 'GET', path: '' },
    verifyTls: true,
    scope: 'user',
  };
  await access.core.services.save(service);
  await eventually('the service', () => access.core.services.get('bench'));
  await access.core.vault.set(service, 'token', newSecret('token'));
  await openHttp(`GET ${api.url}/me\n`);

  /** Milliseconds from the command to the wire, and to the response in the panel's state. */
  const send = async (): Promise<{ wire: number; shown: number }> => {
    arrived = 0;
    const began = performance.now();
    await vscode.commands.executeCommand('latchkey.sendRequest');
    const shown = performance.now() - began;
    if (access.panels.last?.state?.phase !== 'done' || arrived === 0) throw new Error('the request was not sent');
    return { wire: arrived - began, shown };
  };
  const bare = async (): Promise<number> => {
    const began = performance.now();
    await new Promise<void>((done, failed) => {
      const client = request(`${api.url}/me`, { headers: { authorization: 'Bearer none' } }, (response) => {
        response.resume().once('end', done);
      });
      client.once('error', failed).end();
    });
    return arrived - began;
  };

  const cold = await send();
  const figures: Figure[] = [
    { name: 'command to wire, first', value: cold.wire, unit: 'ms' },
    { name: 'command to state in the panel, first', value: cold.shown, unit: 'ms' },
  ];
  if (process.env['LATCHKEY_BENCH'] !== 'activation') {
    const wire: number[] = [];
    const shown: number[] = [];
    const plain: number[] = [];
    for (let n = 0; n < warmUp + rounds; n++) {
      const sent = await send();
      const compared = await bare();
      if (n < warmUp) continue;
      wire.push(sent.wire);
      shown.push(sent.shown);
      plain.push(compared);
    }
    const note = `of ${rounds}`;
    const ratio = times(median(wire), median(plain), 'bare http');
    figures.push(
      { name: 'bare node:http request to wire', value: median(plain), unit: 'ms', note },
      { name: 'command to wire', value: median(wire), unit: 'ms', ratio, note },
      { name: 'command to state in the panel', value: median(shown), unit: 'ms', note },
    );
  }
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await access.core.vault.forget(service);
  await access.core.services.remove('bench', 'user');
  await api.close();
  return figures;
}
