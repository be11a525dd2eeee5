import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { projectRoot } from '../rig/paths';
import { newSecret } from '../rig/secrets';
import { until } from '../rig/waiting';
import { Workbench } from '../rig/workbench';
import { panelShows, pictureFailures, startApi, valuesOf, workspace, type Api } from './support';

describe('adding and keeping services', () => {
  let code: Workbench;
  let api: Api;
  pictureFailures(() => code);
  let token = '';

  before(async function () {
    this.timeout(90_000);
    api = await startApi((request, response) => {
      const known = request.headers.authorization === `Bearer ${token}`;
      response.writeHead(known ? 200 : 401, {
        'content-type': 'application/json',
        ...(known ? {} : { 'www-authenticate': 'Bearer realm="ui", error="invalid_token"' }),
      });
      response.end(JSON.stringify({ hello: known ? 'you' : 'stranger' }));
    });
    code = await Workbench.open({ folder: workspace({}), extensionPath: projectRoot(), theme: 'dark' });
  });
  after(async () => {
    await code.close();
    await api.close();
  });

  it('offers to add one where there is none', async () => {
    const view = await code.view('Latchkey');
    await until('the welcome text', async () => (await view.innerText()).includes('A service is an API you call'));
    await view.locator('.welcome-view-content').getByRole('button', { name: 'Add Service…' }).click();
    const quick = await code.quickInput().waitFor('Add Service');
    assert.match((await quick.read()).step, /^1\/\d$/);
    await quick.escape();
    assert.deepEqual(code.userSettings()['latchkey.services'], undefined);
  });

  it('checks the base URL as it is typed, and goes back', async () => {
    await code.runCommand('Latchkey: Add Service…');
    const quick = await code.quickInput().waitFor('Add Service');
    await quick.enter('Tested');
    await quick.waitForStep('2/5');
    await quick.type('ftp://x.example');
    assert.equal((await quick.waitForMessage(/http/)).severity, 'error');
    await quick.type('http://api.example.com');
    assert.equal((await quick.waitForMessage(/not encrypted|unencrypted|read/)).severity, 'warning');
    await quick.back();
    assert.equal((await quick.waitFor('Add Service').then(() => quick.read())).value, 'Tested');
    await quick.escape();
  });

  it('puts right what was pasted, and says so', async () => {
    token = newSecret('token');
    await code.runCommand('Latchkey: Add Service…');
    const quick = await code.quickInput().waitFor('Add Service');
    await quick.enter('Tested');
    await quick.waitForStep('2/5');
    await quick.enter(api.url);
    await quick.waitForStep('3/5');
    await until('the drop-down', async () => (await quick.items()).length >= 5);
    assert.deepEqual(
      (await quick.items()).map((item) => item.label),
      ['Bearer Token', 'Basic', 'API Key in header', 'API Key in query', 'API Key in cookie', 'None'],
    );
    await code.screenshot('add-service-scheme');
    await quick.pick('Bearer Token');
    await until('a masked input', async () => (await quick.read()).masked);
    await quick.paste('<your token here>');
    await quick.accept();
    assert.equal((await quick.waitForMessage(/placeholder/)).severity, 'warning');
    await quick.paste(`${token.slice(0, 8)}\u200b${token.slice(8)}`);
    await quick.accept();
    assert.equal((await quick.waitForMessage(/Character 9 .*U\+200B/)).severity, 'error');
    await quick.paste(`Authorization: Bearer ${token} `);
    await quick.accept();
    await quick.waitForMessage(/"(Authorization: )?Bearer" in front was taken away/);
    await code.screenshot('add-service-repaired');
    await quick.accept();
    await quick.pick('User settings');
    await quick.pick('Add and test now');
    await panelShows(code, /Test of Tested/, /\b200\b/);
    assert.deepEqual(valuesOf(api.seen.at(-1), 'authorization'), [`Bearer ${token}`]);
    assert.deepEqual(code.userSettings()['latchkey.services'], {
      tested: { name: 'Tested', baseUrl: api.url, auth: { scheme: 'bearer' } },
    });
  });

  it('shows it in the view with scheme, origin and state', async () => {
    await code.view('Latchkey');
    const item = await code.treeItem('Tested');
    await item.waitForDescription(/Bearer ••••.{4} · 127\.0\.0\.1:\d+ · verified just now/);
    assert.match(await item.spoken(), /Tested, Bearer .*verified/);
    await code.screenshot('services-view');
  });

  it('keeps the secret over a reload', async function () {
    this.timeout(60_000);
    await code.reload();
    await code.view('Latchkey');
    const item = await code.treeItem('Tested');
    await item.waitForDescription(/••••/);
    await item.action('Test Service');
    await panelShows(code, /Test of Tested/, /\b200\b/);
  });

  it('says that a secret was replaced by one the API does not accept, and mends it from the card', async () => {
    await code.view('Latchkey');
    const item = await code.treeItem('Tested');
    await item.action('Set or Replace Secret…');
    const quick = await code.quickInput().waitFor(/Secret for Tested/);
    await quick.paste(newSecret('token'));
    await quick.accept();
    await quick.waitClosed();
    await item.waitForDescription(/never tested/);
    await item.action('Test Service');
    await panelShows(code, /Test of Tested/, /does not accept the token/);
    await item.waitForDescription(/not accepted/);
    const panel = await code.webview(/Test of Tested/);
    await panel.getByRole('button', { name: 'Replace Token of Tested…' }).click();
    await (await code.quickInput().waitFor(/Secret for Tested/)).paste(token);
    await code.quickInput().accept();
    await panelShows(code, /Test of Tested/, /\b200\b/);
  });

  it('removes it with its secret, after asking', async () => {
    const item = await code.treeItem('Tested');
    await item.contextMenu('Remove Service…');
    await code.dialog().click('Remove');
    await until('an empty setting', async () => code.userSettings()['latchkey.services'] === undefined);
    const view = await code.view('Latchkey');
    await until('the welcome text', async () => (await view.innerText()).includes('A service is an API you call'));
  });
});
