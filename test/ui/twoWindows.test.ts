import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { Lens } from '../rig/parts';
import { projectRoot } from '../rig/paths';
import { newSecret } from '../rig/secrets';
import { until } from '../rig/waiting';
import { Workbench } from '../rig/workbench';
import { pictureFailures, startApi, workspace, type Api } from './support';

describe('two windows on the same folder', () => {
  let code: Workbench;
  let second: Page;
  let api: Api;
  let folder = '';
  pictureFailures(() => code);

  before(async function () {
    this.timeout(120_000);
    api = await startApi((_request, response) => void response.end('{"ok":true}'));
    folder = workspace({ 'api.http': '# @service team\nGET /x\n' });
    define({ team: { name: 'Team', baseUrl: api.url, auth: { scheme: 'bearer' } } });
    code = await Workbench.open({ folder, extensionPath: projectRoot(), theme: 'dark' });
    if (code.kind !== 'served') return this.skip();
    await code.openFile('api.http');
    await code.view('Latchkey');
    second = await code.page.context().newPage();
    await second.goto(code.page.url());
    await second.waitForSelector('.part.statusbar .statusbar-item', { timeout: 60_000 });
    await second.keyboard.press('ControlOrMeta+P');
    await second.keyboard.type('api.http');
    await second.locator('.quick-input-list .monaco-list-row', { hasText: 'api.http' }).first().waitFor();
    await second.keyboard.press('Enter');
  });
  after(async () => {
    await second?.close();
    await code.close();
    await api.close();
  });

  /** The services of the workspace, as somebody else would change them: with an editor, or by pulling. */
  function define(services: unknown): void {
    mkdirSync(join(folder, '.vscode'), { recursive: true });
    writeFileSync(join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'latchkey.services': services }));
  }

  // A browser draws only the page in front.
  const firstSays = async (wanted: RegExp) => {
    await code.page.bringToFront();
    await code.codeLens(wanted).text();
  };
  const secondSays = async (wanted: RegExp) => {
    await second.bringToFront();
    await until(
      `${wanted} in the second window`,
      async () => (await Lens.texts(second)).some((text) => wanted.test(text)),
      {
        instead: () => Lens.texts(second),
      },
    );
  };

  it('agree on a definition that changes in the settings', async () => {
    await firstSays(/Team · no secret yet/);
    await secondSays(/Team · no secret yet/);
    define({ team: { name: 'Crew', baseUrl: api.url, auth: { scheme: 'bearer' } } });
    await firstSays(/Crew · no secret yet/);
    await secondSays(/Crew · no secret yet/);
  });

  // In a browser VS Code keeps secrets for each page and tells no other page of a change; its own windows share one store.
  it('agree on a secret once the other one has been loaded again', async function () {
    this.timeout(60_000);
    await code.page.bringToFront();
    await (await code.treeItem('Crew')).action('Set or Replace Secret…');
    const quick = await code.quickInput().waitFor(/Secret for Crew/);
    await quick.paste(newSecret('token'));
    await quick.accept();
    await firstSays(/Crew · Bearer ••••/);
    await second.reload();
    await secondSays(/Crew · Bearer ••••/);
    await code.page.bringToFront();
    await (await code.treeItem('Crew')).contextMenu('Forget Secret');
    await code.dialog().click('Forget');
    await firstSays(/Crew · no secret yet/);
    await second.reload();
    await secondSays(/Crew · no secret yet/);
  });
});
