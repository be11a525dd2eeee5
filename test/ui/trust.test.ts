import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { projectRoot } from '../rig/paths';
import { newSecret } from '../rig/secrets';
import { until } from '../rig/waiting';
import { Workbench } from '../rig/workbench';
import { pem } from '../unit/support/servers';
import { panelShows, pictureFailures, press, startApi, valuesOf, workspace, type Api } from './support';

/** A folder as it would be cloned: request file and settings of somebody else. */
function cloned(services: unknown, requests: string): string {
  const folder = workspace({ 'api.http': requests });
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(
    join(folder, '.vscode', 'settings.json'),
    JSON.stringify({ 'latchkey.services': services }, undefined, 2),
  );
  return folder;
}

describe('a workspace with services of its own', () => {
  let code: Workbench;
  let own: Api;
  let foreign: Api;
  let untrusted: Server;
  let encrypted = '';
  let arrived: (string | undefined)[] = [];
  pictureFailures(() => code);
  let token = '';

  before(async function () {
    this.timeout(90_000);
    token = newSecret('token');
    own = await startApi((_request, response) => void response.end('{"from":"own"}'));
    foreign = await startApi((_request, response) => void response.end('{"from":"foreign"}'));
    untrusted = createServer({ key: pem('key'), cert: pem('untrusted') }, (request, response) => {
      arrived.push(request.headers.authorization);
      response.end('{"from":"encrypted"}');
    });
    await new Promise<void>((listening) => untrusted.listen(0, '127.0.0.1', listening));
    encrypted = `https://localhost:${(untrusted.address() as AddressInfo).port}`;
    const bearer = { scheme: 'bearer' };
    code = await Workbench.open({
      folder: cloned(
        {
          shop: { name: 'Shop', baseUrl: foreign.url, auth: bearer },
          unchecked: { name: 'Unchecked', baseUrl: encrypted, auth: bearer, verifyTls: false },
        },
        ['shop', 'mine', 'unchecked', 'checked'].map((id) => `### to ${id}\n# @service ${id}\nGET /x\n`).join('\n'),
      ),
      extensionPath: projectRoot(),
      theme: 'light',
      workspaceTrust: true,
      settings: {
        'security.workspace.trust.startupPrompt': 'never',
        'latchkey.services': {
          shop: { name: 'Shop', baseUrl: own.url, auth: bearer },
          mine: { name: 'Mine', baseUrl: own.url, auth: bearer },
          checked: { name: 'Checked', baseUrl: encrypted, auth: bearer },
        },
      },
      size: { width: 1400, height: 1000 },
    });
    await code.openFile('api.http');
    await code.view('Latchkey');
  });
  after(async () => {
    await code.close();
    await own.close();
    await foreign.close();
    untrusted.closeAllConnections();
    untrusted.close();
  });

  // Two lenses stand above each request, whatever is under way.
  const send = async (nth: number) => {
    await until('the lens at rest', async () => (await code.codeLenses())[2 * nth] === 'Send Request', {
      instead: () => code.codeLenses(),
    });
    await code.codeLens(/./, 2 * nth).click();
  };
  const enter = async (name: string) => {
    const quick = await code.quickInput().waitFor(new RegExp(`Secret for ${name}`));
    await quick.paste(token);
    await quick.accept();
  };

  it('counts for nothing in Restricted Mode, where the own services work as always', async () => {
    await code.statusItem(/Restricted Mode/).waitFor();
    await code.treeItem('Mine');
    assert.ok((await code.treeItems()).every((row) => !row.includes(new URL(foreign.url).host)));
    assert.ok((await code.treeItems()).every((row) => !row.includes('Unchecked')));
    await code.codeLens(/no service "unchecked"/).text();
    await code.screenshot('trust-restricted');
    await send(0);
    await enter('Shop');
    await panelShows(code, 'to shop', /"from": "own"/);
    assert.deepEqual(valuesOf(own.seen.at(-1), 'authorization'), [`Bearer ${token}`]);
  });

  it('comes in when the workspace is trusted, and takes over its ids without their secrets', async () => {
    await code.runCommand('Workspaces: Manage Workspace Trust');
    await code.page.getByRole('button', { name: 'Trust', exact: true }).first().click();
    await code.treeItem('Unchecked');
    await code.runCommand('View: Close Editor');
    await code.codeLens(/Shop · Bearer ••••.{4} · address changed, confirm it/).text();
    const item = await code.treeItem('Shop');
    await item.waitForDescription(new RegExp(`${new URL(foreign.url).host} · address changed`));
    await code.screenshot('trust-granted');
  });

  it('asks before the own secret goes to the address of the workspace', async () => {
    await send(0);
    const text = await code.dialog().text();
    assert.ok(text.includes(foreign.url) && text.includes(own.url), text);
    assert.match(text, /workspace/i);
    await code.screenshot('trust-question');
    await code.dialog().click('Cancel');
    await panelShows(code, 'to shop', /Nothing was sent/);
    assert.equal(foreign.seen.length, 0);
  });

  it('says in Problems of the own settings that the workspace goes first', async () => {
    await code.waitForProblem(/workspace defines a service with this id/);
  });

  it('keeps the own secret when the definition of the workspace is removed', async () => {
    await (await code.treeItem('Shop')).contextMenu('Remove Service…');
    assert.match(await code.dialog().text(), /settings of this workspace/);
    await code.dialog().click('Remove');
    await code.codeLens(/Shop · Bearer ••••.{4} · verified/).text();
    await send(0);
    await panelShows(code, 'to shop', /"from": "own"/);
    assert.equal(foreign.seen.length, 0);
  });

  it('may leave a certificate unchecked only after a yes, and then every response says so', async () => {
    await send(2);
    await code
      .dialog()
      .text()
      .then((text) => assert.ok(text.includes(encrypted), text));
    await code.screenshot('trust-certificate-question');
    await code.dialog().click('Cancel');
    await panelShows(code, 'to unchecked', /Nothing was sent/);
    await code.screenshot('trust-certificate-declined');
    await send(2);
    await code.dialog().click('Call It Unchecked');
    await enter('Unchecked');
    await panelShows(code, 'to unchecked', /"from": "encrypted"/);
    await panelShows(code, 'to unchecked', /certificate was not checked/);
    assert.deepEqual(arrived, [`Bearer ${token}`]);
    await send(2);
    await until('the second request', async () => arrived.length === 2);
    await panelShows(code, 'to unchecked', /certificate was not checked/);
    await code.screenshot('trust-unchecked');
    assert.deepEqual(await code.dialogs(), []);
    arrived = [];
  });

  it('names the certificate that is not trusted, and the way out', async () => {
    await send(3);
    await enter('Checked');
    const text = await panelShows(code, 'to checked', /issued by nobody this computer trusts/);
    await code.screenshot('trust-card');
    assert.deepEqual(arrived, []);
    assert.match(text, /Certificate not trusted/);
    assert.match(text, /localhost/);
    const panel = await code.webview('to checked');
    await press(panel, 'Certificate Check of Checked');
    await code
      .quickInput()
      .waitFor('Edit Checked')
      .then((quick) => quick.pick('Do not check it'));
    await send(3);
    await panelShows(code, 'to checked', /certificate was not checked/);
    assert.deepEqual(arrived, [`Bearer ${token}`]);
    await code.inspect('the window of the cloned folder');
  });
});
