import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { projectRoot } from '../rig/paths';
import { newSecret } from '../rig/secrets';
import { until } from '../rig/waiting';
import { Workbench } from '../rig/workbench';
import { panelShows, pictureFailures, startApi, valuesOf, workspace, type Api } from './support';

describe('editing a service', () => {
  let code: Workbench;
  let api: Api;
  let moved: Api;
  pictureFailures(() => code);
  let token = '';
  const host = (at: Api): string => new URL(at.url).host;

  before(async function () {
    this.timeout(90_000);
    token = newSecret('token');
    api = await startApi((_request, response) => void response.end('{"from":"api"}'));
    moved = await startApi((_request, response) => void response.end('{"from":"moved"}'));
    code = await Workbench.open({
      folder: workspace({ 'own.http': '# @service shop\nGET /things\n' }),
      extensionPath: projectRoot(),
      theme: 'light',
      settings: { 'latchkey.services': { shop: { name: 'Shop', baseUrl: api.url, auth: { scheme: 'bearer' } } } },
      size: { width: 1400, height: 900 },
    });
    await code.openFile('own.http');
    await code.view('Latchkey');
  });
  after(async () => {
    await code.close();
    await api.close();
    await moved.close();
  });

  const definition = (): Record<string, unknown> =>
    (code.userSettings()['latchkey.services'] as Record<string, Record<string, unknown>>)['shop'] ?? {};

  /** Opens *Edit Service* from the view and chooses what to change. */
  const edit = async (label: string, part: string) => {
    await (await code.treeItem(label)).contextMenu('Edit Service');
    const quick = await code.quickInput().waitFor(`Edit ${label}`);
    await quick.pick(part);
    return quick;
  };

  it('starts with a secret and a first answer', async () => {
    await (await code.treeItem('Shop')).action('Set or Replace Secret…');
    const quick = await code.quickInput().waitFor(/Secret for Shop/);
    await quick.paste(token);
    await quick.accept();
    await code.codeLens('Send Request').click();
    await panelShows(code, 'GET /things', /"from": "api"/);
    assert.deepEqual(valuesOf(api.seen[0], 'authorization'), [`Bearer ${token}`]);
  });

  it('changes its name, and nothing else', async () => {
    const quick = await edit('Shop', 'Name');
    assert.equal((await quick.read()).value, 'Shop');
    await quick.enter('The Shop');
    const item = await code.treeItem('The Shop');
    await item.waitForDescription(/••••.{4} .* verified/);
    assert.deepEqual(definition(), { name: 'The Shop', baseUrl: api.url, auth: { scheme: 'bearer' } });
  });

  it('asks before the secret may go to another origin, and sends nothing when that is declined', async () => {
    const quick = await edit('The Shop', 'Base URL');
    await quick.enter(moved.url);
    const text = await code.dialog().text();
    assert.ok(text.includes(`Send the secret of The Shop to ${moved.url}?`), text);
    assert.ok(text.includes(`entered for ${api.url}`), text);
    await code.screenshot('edit-origin-question');
    await code.dialog().click('Cancel');
    await code.codeLens(/The Shop · Bearer ••••.{4} · address changed, confirm it/).text();
    await (await code.treeItem('The Shop')).waitForDescription(/address changed, confirm it/);
    await code.codeLens('Send Request').click();
    await code.dialog().text();
    await code.dialog().click('Cancel');
    const panel = await panelShows(code, 'GET /things', /Nothing was sent/);
    await code.screenshot('edit-origin-declined');
    assert.match(panel, new RegExp(host(moved)));
    assert.equal(moved.seen.length, 0);
    assert.equal(api.seen.length, 1);
  });

  it('sends there once it was allowed', async () => {
    await code.codeLens('Send Request').click();
    await code.dialog().click(`Allow ${host(moved)}`);
    await panelShows(code, 'GET /things', /"from": "moved"/);
    assert.deepEqual(valuesOf(moved.seen.at(-1), 'authorization'), [`Bearer ${token}`]);
    await code.codeLens(/The Shop · Bearer ••••.{4} · verified just now/).text();
  });

  it('changes the type of authentication and asks for what the new one needs', async () => {
    const quick = await edit('The Shop', 'Type of authentication');
    await quick.pick('API Key in header');
    await quick.waitForMessage(/Name of the header/);
    await quick.enter('X-Shop-Key');
    await quick.waitFor(/Secret for The Shop/);
    const key = newSecret('key');
    await quick.paste(key);
    await quick.accept();
    await code.codeLens(/The Shop · API Key ••••/).text();
    assert.deepEqual(definition()['auth'], { scheme: 'apiKey', in: 'header', name: 'X-Shop-Key' });
    await code.codeLens('Send Request').click();
    await until('the request', async () => valuesOf(moved.seen.at(-1), 'x-shop-key').length > 0);
    assert.deepEqual(valuesOf(moved.seen.at(-1), 'x-shop-key'), [key]);
    assert.deepEqual(valuesOf(moved.seen.at(-1), 'authorization'), []);
  });

  it('changes the name of the key alone', async () => {
    const quick = await edit('The Shop', 'Name of the header');
    await quick.enter('bad name');
    assert.equal((await quick.waitForMessage(/letters, digits/)).severity, 'error');
    await quick.enter('X-Other');
    await quick.waitClosed();
    await until('the setting', async () => (definition()['auth'] as { name: string }).name === 'X-Other');
    // Another definition than the one that was verified.
    await (await code.treeItem('The Shop')).waitForDescription(/never tested/);
  });

  it('changes the test request, which Test then sends', async () => {
    const quick = await edit('The Shop', 'Test request');
    await quick.enter('nonsense nonsense nonsense');
    assert.equal((await quick.waitForMessage(/Write a method/)).severity, 'error');
    await quick.enter('HEAD /health?deep=1');
    await until('the setting', async () => definition()['test'] === 'HEAD /health?deep=1');
    await (await code.treeItem('The Shop')).action('Test Service');
    await panelShows(code, /Test of The Shop/, /\b200\b/);
    assert.equal(`${moved.seen.at(-1)?.method} ${moved.seen.at(-1)?.path}`, 'HEAD /health?deep=1');
  });

  it('turns the certificate check off only by its own name, and says so in the view', async () => {
    let quick = await edit('The Shop', 'Certificate check');
    await code.screenshot('edit-certificate');
    await quick.pick('Do not check it');
    await until('the setting', async () => definition()['verifyTls'] === false);
    quick = await edit('The Shop', 'Certificate check');
    await quick.pick('Check the certificate');
    await until('the setting', async () => definition()['verifyTls'] === undefined);
  });

  it('opens the definition where it stands', async () => {
    await edit('The Shop', 'Open in settings.json');
    await code.page.locator('.tabs-container .tab.active', { hasText: 'settings.json' }).waitFor();
    const line =
      JSON.stringify(code.userSettings(), undefined, 2)
        .split('\n')
        .findIndex((each) => each.includes('"shop"')) + 1;
    await code.statusItem(new RegExp(`Ln ${line}, Col`)).waitFor();
    await code.screenshot('edit-definition');
    await code.runCommand('View: Close Editor');
  });

  it('copies the base URL', async () => {
    await (await code.treeItem('The Shop')).contextMenu('Copy Base URL');
    await until('the copied address', async () => (await code.clipboard()) === moved.url);
  });

  it('forgets the secret only after a yes', async () => {
    const item = await code.treeItem('The Shop');
    await item.contextMenu('Forget Secret');
    await code.dialog().click('Cancel');
    await item.waitForDescription(/••••/);
    await item.contextMenu('Forget Secret');
    assert.match(await code.dialog().text(), /Forget the secret of The Shop\?.*The service stays/);
    await code.dialog().click('Forget');
    await item.waitForDescription(/no secret yet/);
    await code.codeLens(/The Shop · no secret yet, set it/).text();
    assert.ok(!(await item.openMenu()).includes('Forget Secret'));
    await code.page.keyboard.press('Escape');
  });

  it('is removed, and the request above says there is none', async () => {
    await (await code.treeItem('The Shop')).contextMenu('Remove Service…');
    await code.dialog().click('Remove');
    await code.codeLens(/no service "shop" · Add Service…/).text();
    assert.equal(code.userSettings()['latchkey.services'], undefined);
    await code.inspect('the window after editing');
  });
});
