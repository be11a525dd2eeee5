import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { projectRoot } from '../rig/paths';
import { newSecret } from '../rig/secrets';
import { until } from '../rig/waiting';
import { Workbench } from '../rig/workbench';
import { panelShows, pictureFailures, startApi, workspace, type Api } from './support';

describe('everything by keyboard', () => {
  let code: Workbench;
  let api: Api;
  pictureFailures(() => code);
  let token = '';

  before(async function () {
    this.timeout(90_000);
    token = newSecret('token');
    api = await startApi((request, response) => {
      const known = request.headers.authorization === `Bearer ${token}`;
      response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ known }));
    });
    code = await Workbench.open({
      folder: workspace({ 'api.http': '# @service keyed\nGET /x\n' }),
      extensionPath: projectRoot(),
      theme: 'hc',
      settings: { 'latchkey.services': { keyed: { name: 'Keyed', baseUrl: api.url, auth: { scheme: 'bearer' } } } },
    });
    await code.openFile('api.http');
    await code.codeLens(/no secret yet/).text();
  });
  after(async () => {
    await code.close();
    await api.close();
  });

  const press = (key: string) => code.page.keyboard.press(key);
  /** What has the focus inside the panel, as its role and name. */
  const focused = async (): Promise<string> => {
    const panel = await code.webview('GET /x');
    return panel.locator(':root').evaluate(() => {
      const at = document.activeElement;
      return [at?.getAttribute('role') ?? at?.tagName.toLowerCase(), at?.getAttribute('aria-label') ?? at?.textContent]
        .join(' ')
        .replace(/\s+/g, ' ')
        .trim();
    });
  };
  /** Presses a key until something has the focus. */
  const reach = async (wanted: RegExp, key = 'Tab') => {
    for (let times = 0; times < 15; times++) {
      if (wanted.test(await focused())) return;
      await press(key);
    }
    assert.match(await focused(), wanted);
  };

  it('asks for the secret, sends, and leaves the keyboard in the editor', async () => {
    await press('ControlOrMeta+Alt+r');
    const quick = await code.quickInput().waitFor(/Secret for Keyed/);
    await quick.paste(newSecret('token'));
    await press('Enter');
    await panelShows(code, 'GET /x', /\b401\b/);
    await code.page.keyboard.type('#');
    await until('what was typed', async () => (await code.editorText()).startsWith('## @service'));
    await press('ControlOrMeta+z');
    await until('it undone', async () => (await code.editorText()).startsWith('# @service'));
    await code.codeLens(/Keyed · Bearer ••••.{4} · Credential not accepted/).text();
  });

  it('goes to the panel, to its fix and through its tabs', async () => {
    await press('ControlOrMeta+2');
    await reach(/^(vscode-)?button Replace Token of Keyed/);
    await code.screenshot('keys-fix');
    await reach(/^tab /);
    const first = await focused();
    await press('ArrowRight');
    assert.notEqual(await focused(), first);
    await reach(/tab Request/, 'ArrowRight');
    await until('the request', async () => /User-Agent/.test(await panelShows(code, 'GET /x', /./)));
    await press('Home');
    assert.match(await focused(), /tab Body/);
  });

  it('mends it with Enter, and sends again', async () => {
    await reach(/^(vscode-)?button Replace Token of Keyed/, 'Shift+Tab');
    await press('Enter');
    const quick = await code.quickInput().waitFor(/Secret for Keyed/);
    await quick.paste(token);
    await press('Enter');
    await panelShows(code, 'GET /x', /"known": true/);
  });

  it('sends again from the panel with the same keys, and gets back', async () => {
    const before = api.seen.length;
    await press('ControlOrMeta+2');
    await press('ControlOrMeta+Alt+r');
    await until('the request', async () => api.seen.length === before + 1);
    await press('ControlOrMeta+1');
    await until('the editor', async () => (await code.page.locator('.monaco-editor.focused').count()) > 0);
  });

  it('names the rows of the view for a screen reader, without dots', async () => {
    await code.runCommand('Latchkey: Focus on Services View');
    const item = await code.treeItem('Keyed');
    await item.waitForDescription(/verified/);
    assert.match(await item.spoken(), /^Keyed, Bearer .{4}, 127\.0\.0\.1:\d+, verified (just now|\d)/);
    await press('ArrowDown');
    await press('Shift+F10');
    const menu = code.page.locator('.monaco-menu .action-label');
    await menu.first().waitFor();
    const names = (await menu.allTextContents()).filter(Boolean);
    for (const name of ['Test Service', 'Edit Service', 'Copy Base URL', 'Forget Secret', 'Remove Service…'])
      assert.ok(names.includes(name), `${name} in ${names.join(' | ')}`);
    await press('Escape');
    await code.inspect('the window after the keyboard');
  });
});
