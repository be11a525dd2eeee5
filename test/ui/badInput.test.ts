import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { projectRoot } from '../rig/paths';
import { newSecret } from '../rig/secrets';
import { until } from '../rig/waiting';
import { Workbench } from '../rig/workbench';
import { panelShows, pictureFailures, startApi, valuesOf, workspace, type Api } from './support';

describe('bad input', () => {
  let code: Workbench;
  let api: Api;
  let folder = '';
  let answerSlow: () => void = () => {};
  pictureFailures(() => code);

  before(async function () {
    this.timeout(90_000);
    api = await startApi((request, response) => {
      const json = { 'content-type': 'application/json' };
      if (request.url === '/slow') answerSlow = () => response.writeHead(200, json).end('{"slow":true}');
      else if (request.url === '/early') {
        response.writeHead(200, { ...json, 'content-length': '100' });
        response.write('{"part":1}');
        setTimeout(() => request.socket.destroy(), 50);
      } else if (request.url === '/long')
        request.socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{"more":"than promised"}');
      else if (request.url === '/header') request.socket.end('HTTP/1.1 200 OK\r\nBad Header\u0001: x\r\n\r\n');
      else if (request.url === '/charset') {
        response.writeHead(200, { 'content-type': 'text/plain; charset=klingon' }).end('nuqneH');
      } else if (request.url === '/people') {
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end('<html><title>Sign in</title><form><input type="password" name="p"></form></html>');
      } else response.writeHead(200, json).end('{"plain":true}');
    });
    const paths = ['early', 'long', 'header', 'charset', 'people', 'slow', 'plain'];
    folder = workspace({
      'empty.http': '',
      'outside.http': '# only a remark\n\n@a = 1\n',
      'crlf.http': `\ufeff### Windows\r\nPOST ${api.url}/crlf\r\nX-One: 1\r\n\r\nline one\r\nline two\r\n`,
      'long.http': `GET ${api.url}/?q=${'x'.repeat(1024 * 1024)}\n`,
      'api.http': paths.map((path) => `### ${path}\nGET ${api.url}/${path}\n`).join('\n'),
    });
    writeFileSync(join(folder, 'noise.http'), randomBytes(64 * 1024));
    code = await Workbench.open({
      folder,
      extensionPath: projectRoot(),
      theme: 'light',
      settings: { 'latchkey.services': { good: { name: 'Good', baseUrl: api.url, auth: { scheme: 'bearer' } } } },
      size: { width: 1400, height: 1000 },
    });
  });
  after(async () => {
    await code.close();
    await api.close();
  });

  /** By keyboard, from the line of the request: lenses are drawn anew at each event. */
  const send = async (path: string) => {
    await code.page.locator('.view-line', { hasText: path }).click();
    await code.page.keyboard.press('ControlOrMeta+Alt+r');
  };

  it('hides Send Request from the palette while no request file is open', async () => {
    // The palette lists what extensions bring only once they were read, as this icon is.
    await code.view('Latchkey');
    await code.page.keyboard.press('F1');
    const quick = code.quickInput();
    await quick.type('>Latchkey:');
    await until('the commands', async () => (await quick.items()).length > 2);
    const names = (await quick.items()).map((item) => item.label);
    assert.ok(names.includes('Latchkey: Add Service…') && names.includes('Latchkey: Open Demo'), names.join());
    assert.ok(!names.includes('Latchkey: Send Request') && !names.includes('Latchkey: Cancel Request'), names.join());
    await quick.escape();
  });

  it('says what is missing in an empty file and outside any request', async () => {
    await code.openFile('empty.http');
    await code.page.keyboard.press('ControlOrMeta+Alt+r');
    await (await code.notification(/There is no request in this file/)).dismiss();
    await code.openFile('outside.http');
    await code.page.keyboard.press('ControlOrMeta+Alt+r');
    await code.notification(/There is no request in this file/);
    await code.clearNotifications();
  });

  it('opens binary noise and one line of a megabyte, in which typing stays possible', async () => {
    await code.view('Explorer');
    await (await code.treeItem('noise.http')).click();
    await code.tab('noise.http').waitFor();
    await code.screenshot('bad-noise');
    await code.runCommand('View: Close Editor');
    await code.openFile('long.http');
    await code.goTo(1);
    await code.page.keyboard.type('# typed\n');
    await until('what was typed', async () => (await code.editorText()).includes('# typed'));
    await code.runCommand('File: Revert File');
    await code.runCommand('View: Close Editor');
  });

  it('sends a file with CRLF and a byte order mark as it is meant', async () => {
    await code.openFile('crlf.http');
    await send('/crlf');
    const quick = await code.quickInput().waitFor(/Secret for Good/);
    await quick.paste(newSecret('token'));
    await quick.accept();
    await panelShows(code, 'Windows', /\b200\b/);
    const seen = api.seen.at(-1);
    assert.deepEqual([seen?.method, seen?.path, valuesOf(seen, 'x-one')], ['POST', '/crlf', ['1']]);
    // Text goes with plain line ends, without the one that ends the file: 8 + 1 + 8.
    assert.deepEqual(valuesOf(seen, 'content-length'), ['17']);
  });

  const answers: readonly (readonly [name: string, wanted: RegExp])[] = [
    ['early', /The connection closed early: 10 of 100 bytes came/],
    ['long', /200 OK\n\d+ ms\n2 B/],
    ['header', /is not HTTP[^]*Invalid header/],
    ['charset', /klingon/],
    ['people', /A sign-in page for people answered instead of Good/],
  ];
  for (const [name, wanted] of answers) {
    it(`finds the right words for the answer "${name}"`, async () => {
      if (name === 'early') await code.openFile('api.http');
      await send(`/${name}`);
      await panelShows(code, name, /GET http/);
      await panelShows(code, name, wanted);
      await code.screenshot(`bad-answer-${name}`);
    });
  }

  it('tells of a response whose panel was closed, and shows it', async () => {
    await send('/slow');
    await panelShows(code, 'slow', /Cancel/);
    await code.tab('slow').click({ button: 'middle' });
    await code.tab('slow').waitFor({ state: 'hidden' });
    answerSlow();
    await (await code.notification(/slow: 200 OK/)).click('Show');
    await panelShows(code, 'slow', /"slow": true/);
  });

  it('gives the panel to the second of two requests and announces the first', async () => {
    const before = api.seen.length;
    await send('/slow');
    await until('the slow request', async () => api.seen.length > before);
    await send('/plain');
    await panelShows(code, 'plain', /"plain": true/);
    answerSlow();
    const said = await code.notification(/slow: 200 OK/);
    await code.screenshot('bad-two-at-once');
    assert.deepEqual(
      (await code.tabs()).filter((tab) => tab === 'slow'),
      [],
    );
    await said.click('Show');
    await panelShows(code, 'slow', /"slow": true/);
  });

  it('brings a request to its end although its service is removed meanwhile', async () => {
    const before = api.seen.length;
    await send('/slow');
    await until('the slow request', async () => api.seen.length > before);
    await code.view('Latchkey');
    await (await code.treeItem('Good')).contextMenu('Remove Service…');
    await code.dialog().click('Remove');
    await until('an empty setting', async () => code.userSettings()['latchkey.services'] === undefined);
    answerSlow();
    await panelShows(code, 'slow', /"slow": true/);
    await until('no notification', async () => (await code.notifications()).length === 0, {
      instead: () => code.notifications(),
    });
  });

  it('names settings that do not fit at their place, and keeps the good services', async () => {
    await code.changeSettings({
      'latchkey.services': {
        good: { name: 'Good', baseUrl: api.url, auth: { scheme: 'none' } },
        'half-done': { baseUrl: 'ftp://x.example', auth: { scheme: 'beerer' } },
      },
    });
    await code.treeItem('Good');
    const row = await code.treeItem('half-done');
    await code.screenshot('bad-settings');
    assert.match(await row.description(), /^auth › scheme: There is no such scheme/);
    const problems = await code.waitForProblem(/There is no such scheme.*Did you mean "bearer"/);
    assert.ok(
      problems.some((problem) => /cannot be called from here/.test(problem)),
      problems.join('\n'),
    );
    await code.screenshot('bad-settings-problems');
    await row.click();
    await code.page.locator('.tab.active', { hasText: 'settings.json' }).waitFor();
    await code.openFile('api.http');
    await send('/plain');
    await panelShows(code, 'plain', /"plain": true/);
    await code.inspect('the window after bad input');
  });
});
