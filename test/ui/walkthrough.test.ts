import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { projectRoot } from '../rig/paths';
import { until } from '../rig/waiting';
import { Workbench } from '../rig/workbench';
import { panelShows, pictureFailures, press, workspace } from './support';

describe('the demo, as the walkthrough tells it', () => {
  let code: Workbench;
  pictureFailures(() => code);
  // The first answer of the demo shows it, to be copied; it opens nothing but the demo.
  let token = '';

  before(async function () {
    this.timeout(90_000);
    code = await Workbench.open({
      folder: workspace({}),
      extensionPath: projectRoot(),
      theme: 'dark',
      size: { width: 1500, height: 1400 },
    });
  });
  after(() => code.close());

  /** Sends a request of the demo by keyboard, from its title, and gives what the panel then says. */
  const send = async (title: string, wanted: RegExp): Promise<string> => {
    await code.page
      .locator('.view-line', { hasText: `### ${title}` })
      .first()
      .click({ position: { x: 20, y: 8 } });
    await code.page.keyboard.press('ControlOrMeta+Alt+r');
    const text = await panelShows(code, title, wanted);
    await code.screenshot(`demo-${title.replace(/\W+/g, '-').toLowerCase()}`);
    return text;
  };

  it('opens from the welcome text, with its requests and what to do next', async () => {
    const view = await code.view('Latchkey');
    await view.locator('.welcome-view-content').getByRole('button', { name: 'Open Demo' }).click();
    const said = await code.notification(/The demo API runs at http:\/\/127\.0\.0\.1:\d+, on this machine only/);
    assert.deepEqual(await said.buttons(), ['Add the Demo Service', 'Copy the Demo Token']);
    await said.click('Copy the Demo Token');
    await until('the token', async () => /^lk_demo_/.test(await code.clipboard()));
    token = await code.clipboard();
    await code.codeLens(/no service for 127\.0\.0\.1:\d+ · Add Service…/).text();
  });

  it('says Hello, and that nothing was sent with Who am I?', async () => {
    await send('Hello', /200 OK/);
    const text = await send('Who am I?', /401 Unauthorized/);
    assert.match(text, /No credential was sent|without a credential|carried no credential/i);
  });

  it('adds the service from the card, which then knows the address', async () => {
    await press(await code.webview('Who am I?'), /Add .*service/i);
    const quick = await code.quickInput().waitFor('Add Service');
    await quick.enter('Demo');
    await quick.waitForStep('2/6');
    assert.match((await quick.read()).value, /^http:\/\/127\.0\.0\.1:\d+$/);
    await quick.accept();
    await quick.waitForStep('3/6');
    await quick.pick('Bearer Token');
    await quick.waitForStep('4/6');
    await quick.paste(token);
    await quick.accept();
    await quick.pick('User settings');
    await quick.pick('Add without testing');
    await quick.waitClosed();
    await code.codeLens(/Demo · Bearer ••••/).text();
    const text = await send('Who am I?', /200 OK/);
    assert.match(text, /Ada Demo/);
  });

  const cards: readonly (readonly [title: string, status: string, first: RegExp])[] = [
    ['An expired token', '401 Unauthorized', /The token for Demo has expired/],
    ['Not allowed', '403 Forbidden', /Demo wants a scope that this token does not have: reports:read/],
    [
      'Not about the token',
      '400 Bad Request',
      /The quantity must be a whole number[^]*This is not about the credential/,
    ],
    ['Too many calls', '429 Too Many Requests', /it wants \d seconds of waiting[^]*Send Again in \d s/],
    ['Sent somewhere else', '401 Unauthorized', /A redirect led from .* to .*, and the credential stayed behind/],
    ['A sign-in page', '200 OK', /A sign-in page for people answered instead of Demo/],
  ];
  for (const [title, status, first] of cards) {
    it(`explains "${title}"`, async () => {
      const text = await send(title, first);
      assert.ok(text.includes(status), text);
    });
  }

  it('masks the token that the server sends back', async () => {
    const text = await send('Covered', /"headers"|authorization/i);
    assert.match(text, /••••/);
    assert.ok(!text.includes(token));
    assert.doesNotMatch(text, /are shown/);
  });

  it('sends nothing where the request says so', async () => {
    await send('Without the token, on purpose', /401 Unauthorized/);
    // Not a link: there is nothing to press.
    await code.page.locator('.codelens-decoration', { hasText: 'no credential: # @no-auth' }).waitFor();
  });

  it('stops, and the next request says that nobody listens', async () => {
    await code.runCommand('Latchkey: Stop Demo');
    const text = await send('Hello', /refused/i);
    await press(await code.webview('Hello'), /Send again/i);
    assert.match(text, /127\.0\.0\.1/);
    await code.runCommand('Latchkey: Open Demo');
    await send('Hello', /200 OK/);
  });

  it('shows the walkthrough with its pictures, and ticks off what was done', async () => {
    await code.tab('Hello').click({ button: 'middle' });
    await code.runCommand('Welcome: Open Walkthrough...');
    await code.quickInput().pick(/Call an API that wants to know who you are/);
    await code.page.getByText('From nothing to a first authenticated call').first().waitFor();
    await code.screenshot('walkthrough');
    // VS Code listens to commands once the page is open.
    await code.page.getByRole('button', { name: 'Open Demo' }).first().click();
    // The sample requests come to the front; the page stands behind them.
    await until('the sample requests', async () => (await code.editorText()).includes('### Hello'));
    await code.tab('Welcome').click();
    await code.page.locator('[data-step-id$="#openDemo"] .complete').waitFor();
    await code.inspect('the walkthrough');
  });
});
