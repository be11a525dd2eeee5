import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { projectRoot } from '../rig/paths';
import { newSecret } from '../rig/secrets';
import { until } from '../rig/waiting';
import { Workbench } from '../rig/workbench';
import { panelShows, pictureFailures, startApi, valuesOf, workspace, type Api } from './support';

describe('the other types of authentication', () => {
  let code: Workbench;
  let api: Api;
  pictureFailures(() => code);

  before(async function () {
    this.timeout(90_000);
    // It sends back what arrived, as careless APIs do.
    api = await startApi((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ path: request.url, headers: request.headers }));
    });
    const names = ['basic', 'header', 'query', 'cookie'];
    code = await Workbench.open({
      folder: workspace({
        'all.http': names.map((name) => `### ${name}\n# @service by-${name}\nGET /${name}?a=1%2B1\n`).join('\n'),
      }),
      extensionPath: projectRoot(),
      theme: 'dark',
      size: { width: 1400, height: 900 },
    });
    await code.openFile('all.http');
  });
  after(async () => {
    await code.close();
    await api.close();
  });

  /** Adds a service through the drop-down. `field` is the plain one, if there is one with a name to be typed. */
  const add = async (name: string, choice: string, field: { prompt: RegExp; value: string }, secret: string) => {
    await code.runCommand('Latchkey: Add Service…');
    const quick = await code.quickInput().waitFor('Add Service');
    await quick.enter(name);
    await quick.waitForStep('2/5');
    await quick.enter(api.url);
    await quick.waitForStep('3/5');
    await quick.pick(choice);
    await quick.waitForStep('4/7');
    await quick.waitForMessage(field.prompt);
    await quick.enter(field.value);
    await quick.waitForStep('5/7');
    await until('a masked input', async () => (await quick.read()).masked);
    await quick.paste(secret);
    await quick.accept();
    if (/\s/.test(secret)) {
      await quick.waitForMessage(/space in the middle/);
      await quick.accept();
    }
    await quick.pick('User settings');
    await quick.pick('Add without testing');
    await quick.waitClosed();
  };

  /** Sends the request of that name; the response must show nothing of the secret, in any form. */
  const send = async (name: string) => {
    const nth = ['basic', 'header', 'query', 'cookie'].indexOf(name);
    await code.codeLens('Send Request', nth).click();
    // Masking made the body shorter or longer; it is still the whole one, and laid out.
    const shown = await panelShows(code, name, /"path": /);
    assert.doesNotMatch(shown, /are shown/);
    return api.seen.at(-1);
  };

  /** What the Request tab masks, in words. */
  const masked = async (name: string): Promise<string[]> => {
    const panel = await code.webview(name);
    await panel.getByRole('tab', { name: 'Request' }).click();
    await panel.locator('.masked').first().waitFor();
    await code.screenshot(`scheme-${name}-request`);
    const words = await panel
      .locator('.masked')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
    await panel.getByRole('tab', { name: 'Body' }).click();
    // The keyboard goes back to the editor, or the webview takes it from the next drop-down.
    await code.page.locator('.view-line').first().click();
    return words;
  };

  it('sends user name and password in UTF-8, colon and umlaut included', async () => {
    const password = `${newSecret('unicode')}:ü:`;
    await add('By Basic', 'Basic', { prompt: /User name/, value: 'jörg@example.com' }, password);
    const seen = await send('basic');
    const wire = Buffer.from(`jörg@example.com:${password}`, 'utf8').toString('base64');
    assert.deepEqual(valuesOf(seen, 'authorization'), [`Basic ${wire}`]);
    assert.equal(seen?.path, '/basic?a=1%2B1');
    assert.match((await masked('basic')).join(), /password of service By Basic/);
  });

  it('sends a key in a header', async () => {
    const key = newSecret('key');
    await add('By Header', 'API Key in header', { prompt: /Name of the header/, value: 'X-My-Key' }, key);
    const seen = await send('header');
    assert.ok(
      seen?.rawHeaders.some((name, at) => name === 'X-My-Key' && seen.rawHeaders[at + 1] === key),
      'X-My-Key',
    );
    assert.deepEqual(valuesOf(seen, 'authorization'), []);
    assert.match((await masked('header')).join(), /key of service By Header/i);
  });

  it('sends a key in the query, encoded once', async () => {
    const key = newSecret('password');
    await add('By Query', 'API Key in query', { prompt: /Name of the query parameter/, value: 'api_key' }, key);
    const seen = await send('query');
    assert.deepEqual(new URL(seen?.path ?? '', api.url).searchParams.getAll('api_key'), [key]);
    assert.match(seen?.path ?? '', /\?a=1%2B1&api_key=/);
    assert.match((await masked('query')).join(), /key of service By Query/i);
  });

  it('sends a key in a cookie', async () => {
    const key = newSecret('key');
    await add('By Cookie', 'API Key in cookie', { prompt: /Name of the cookie/, value: 'session' }, key);
    const seen = await send('cookie');
    assert.deepEqual(valuesOf(seen, 'cookie'), [`session=${key}`]);
    assert.match((await masked('cookie')).join(), /key of service By Cookie/i);
  });

  it('shows nothing of any of them', async () => {
    await code.view('Latchkey');
    await code.screenshot('schemes-view');
    await code.inspect('the window with four services');
  });
});
