import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { projectRoot } from '../rig/paths';
import { newSecret } from '../rig/secrets';
import { until } from '../rig/waiting';
import { Workbench } from '../rig/workbench';
import { panelShows, pictureFailures, startApi, valuesOf, workspace, type Api } from './support';

describe('sending requests and reading what came of them', () => {
  let code: Workbench;
  let api: Api;
  pictureFailures(() => code);
  let elsewhere: Api;
  let token = '';

  before(async function () {
    this.timeout(90_000);
    token = newSecret('token');
    elsewhere = await startApi((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"error":"who are you?"}');
    });
    api = await startApi((request, response) => {
      if (request.url === '/slow') return;
      if (request.url === '/away') return void response.writeHead(302, { location: `${elsewhere.url}/landed` }).end();
      if (request.url === '/limited') {
        response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '2' });
        return void response.end('{"message":"Slow down, please"}');
      }
      if (request.url === '/page') {
        response.writeHead(200, { 'content-type': 'text/html' });
        return void response.end('<h1>Hello</h1><script>document.title = "ran"</script>');
      }
      const known = request.headers.authorization === `Bearer ${token}`;
      response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ name: 'Ada', echo: request.headers.authorization ?? null }));
    });
    const folder = workspace({
      'api.http': [
        `@api = ${api.url}`,
        '',
        '### Who',
        '# @service ui',
        'GET /me',
        '',
        '### Slow',
        'GET {{api}}/slow',
        '',
        '### Away',
        'GET {{api}}/away',
        '',
        '### Limited',
        'GET {{api}}/limited',
        '',
        '### Page',
        'GET {{api}}/page',
        '',
        '### Nobody',
        'GET http://127.0.0.1:1/nothing',
        '',
        '### Broken',
        'GET {{nope}}/x',
        '',
      ].join('\n'),
    });
    code = await Workbench.open({
      folder,
      extensionPath: projectRoot(),
      theme: 'light',
      settings: { 'latchkey.services': { ui: { name: 'Ui', baseUrl: api.url, auth: { scheme: 'bearer' } } } },
      size: { width: 1400, height: 1100 },
    });
    await code.openFile('api.http');
  });
  after(async () => {
    await code.close();
    await api.close();
    await elsewhere.close();
  });

  // Two lenses stand above each request; which is which must not depend on what is being sent at the moment.
  const send = async (title: string): Promise<void> => {
    const nth = 2 * titles.indexOf(title);
    await until(`Send Request above ${title}`, async () => (await code.codeLenses())[nth] === 'Send Request', {
      instead: () => code.codeLenses(),
    });
    const came = async (): Promise<boolean> => (await code.tabs()).includes(title) || code.quickInput().isOpen();
    await code.codeLens(/./, nth).click(came);
  };
  const titles = ['Who', 'Slow', 'Away', 'Limited', 'Page', 'Nobody', 'Broken'];

  it('says above the request that its service has no secret yet, and asks for it on sending', async () => {
    await code.codeLens(/Ui · no secret yet, set it/).text();
    await send('Who');
    const quick = await code.quickInput().waitFor(/Secret for Ui/);
    assert.equal(api.seen.length, 0);
    await quick.paste(token);
    await quick.accept();
    const text = await panelShows(code, 'Who', /\b200\b/);
    assert.match(text, /Ada/);
    assert.deepEqual(valuesOf(api.seen[0], 'authorization'), [`Bearer ${token}`]);
    await code.codeLens(/Ui · Bearer ••••.{4} · verified just now/).text();
  });

  it('shows the request as sent, with the secret masked and named', async () => {
    const panel = await code.webview('Who');
    await panel.getByRole('tab', { name: 'Request' }).click();
    const masked = panel.locator('.masked').first();
    assert.match((await masked.getAttribute('aria-label')) ?? '', /token of service Ui/);
    await panel.getByRole('tab', { name: 'Timeline' }).click();
    await until('a hop', async () => /credential sent/.test(await panel.locator('body').innerText()));
    await panel.getByRole('tab', { name: 'Body' }).click();
  });

  it('sends with the keyboard and from the context menu', async () => {
    const before = api.seen.length;
    const line = code.page.locator('.view-line', { hasText: 'GET /me' });
    await line.click();
    await code.page.keyboard.press('ControlOrMeta+Alt+r');
    await until('the request', async () => api.seen.length === before + 1);
    await code.contextMenu(line, 'Send Request');
    await until('the request', async () => api.seen.length === before + 2);
  });

  it('cancels from the CodeLens', async () => {
    await send('Slow');
    await code.codeLens(/Cancel/).click();
    await panelShows(code, 'Slow', /cancel/i);
  });

  it('cancels from the notification that comes after a second', async () => {
    await send('Slow');
    const notification = await code.notification(/Slow/);
    await code.statusItem(/Slow/).waitFor();
    await notification.click('Cancel');
    await panelShows(code, 'Slow', /cancel/i);
  });

  it('cancels from the status bar', async () => {
    await send('Slow');
    await code.statusItem(/Slow/).click();
    await panelShows(code, 'Slow', /was cancelled/);
  });

  it('leaves the credential behind at another origin, and says so', async () => {
    await send('Away');
    const text = await panelShows(code, 'Away', /\b401\b/);
    assert.deepEqual(valuesOf(elsewhere.seen.at(-1), 'authorization'), []);
    assert.match(text, /another origin|left behind|redirect/i);
    await code.screenshot('redirect-card');
  });

  it('counts down what a rate limit asks for', async () => {
    await send('Limited');
    const text = await panelShows(code, 'Limited', /\b429\b/);
    assert.match(text, /Slow down, please/);
    await code.screenshot('rate-limit-card');
  });

  it('explains that nobody listens', async () => {
    await send('Nobody');
    await panelShows(code, 'Nobody', /refused/i);
    await code.screenshot('refused-card');
  });

  it('shows HTML as source and runs none of it in the preview', async () => {
    await send('Page');
    await panelShows(code, 'Page', /<h1>Hello/);
    const panel = await code.webview('Page');
    await panel.getByRole('button', { name: 'Preview' }).click();
    const frame = panel.frameLocator('iframe');
    await until('the preview', async () => (await frame.locator('body').innerText()).includes('Hello'));
    assert.notEqual(
      await frame
        .locator('body')
        .evaluate(() => document.title)
        .catch(() => ''),
      'ran',
    );
  });

  it('brings the panel back after a reload', async function () {
    this.timeout(60_000);
    await send('Who');
    await panelShows(code, 'Who', /Ada/);
    await code.reload();
    await panelShows(code, 'Who', /Ada/);
  });

  it('comes to no harm when the window is reloaded while sending', async function () {
    this.timeout(60_000);
    await send('Slow');
    await panelShows(code, 'Slow', /Cancel/);
    await code.reload();
    // Whether the window had time to cancel it or not: nothing may go on spinning.
    await panelShows(code, 'Slow', /was cancelled|reloaded while this request was under way/);
  });

  it('sends nothing while a variable is unresolved, names it in Problems and keeps the response before', async () => {
    await send('Page');
    await panelShows(code, 'Page', /\b200\b/);
    const before = api.seen.length;
    await code.waitForProblem(/"nope" has no value/);
    // By keyboard: Problems has taken half of the window, and with it some of the CodeLenses.
    await code.page.locator('.view-line', { hasText: '### Broken' }).click({ position: { x: 20, y: 8 } });
    await code.page.keyboard.press('ControlOrMeta+Alt+r');
    const text = await panelShows(code, 'Broken', /Nothing was sent/);
    assert.match(text, /Line 23/);
    assert.match(text, /The response before/);
    assert.equal(api.seen.length, before);
  });

  it('has nothing of the token in what can be read on the screen', async () => {
    assert.ok(!(await code.accessibleText()).includes(token));
  });
});
