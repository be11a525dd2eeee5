import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension';
import type { Service } from '../../src/core/services/service';
import type { DoneState } from '../../src/protocol/panelState';
import { newSecret } from '../rig/secrets';
import { eventually, headerOf, latchkey, openHttp, startApi, type Api } from './support';

const serviceFor = (api: Api): Service => ({
  id: 'host-test',
  name: 'Host Test',
  baseUrl: api.url,
  origin: api.url,
  scheme: 'bearer',
  settings: {},
  test: { method: 'GET', path: '/me' },
  verifyTls: true,
  scope: 'user',
});

describe('sending from VS Code', () => {
  let access: TestAccess;
  let api: Api;
  let token = '';

  before(async () => {
    access = await latchkey();
    api = await startApi((request, response) => {
      if (request.url === '/slow') return;
      const known = request.headers.authorization === `Bearer ${token}`;
      const headers = {
        'content-type': 'application/json',
        ...(known ? {} : { 'www-authenticate': 'Bearer realm="t"' }),
      };
      response.writeHead(known ? 200 : 401, headers);
      response.end(JSON.stringify({ known, youSent: request.headers.authorization ?? null }));
    });
    await access.core.services.save(serviceFor(api));
    await eventually('the service', () => access.core.services.get('host-test'));
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    api.seen.length = 0;
  });
  after(async () => {
    await access.core.vault.forget(serviceFor(api));
    await access.core.services.remove('host-test', 'user');
    await api.close();
  });

  const doneState = (): Promise<DoneState> =>
    eventually('a response in the panel', () => {
      const state = access.panels.last?.state;
      return state?.phase === 'done' && state;
    });

  it('keeps a secret in the vault and says so to other listeners', async () => {
    token = newSecret('token');
    const heard: string[] = [];
    const listening = access.core.vault.onDidChange((id) => heard.push(id));
    assert.deepEqual(await access.core.vault.set(serviceFor(api), 'token', token), { state: 'ok' });
    const read = await access.core.vault.read(serviceFor(api), 'token', api.url);
    assert.equal(read.state === 'ok' && read.value, token);
    await eventually('the event', () => heard.includes('host-test'));
    listening.dispose();
  });

  it('sends the request under the cursor with the token, and shows the redacted response', async () => {
    await openHttp(`GET ${api.url}/me\n`);
    await vscode.commands.executeCommand('latchkey.sendRequest');
    assert.equal(headerOf(api.seen[0]?.rawHeaders ?? [], 'authorization'), `Bearer ${token}`);
    const state = await doneState();
    assert.match(state.summary.status, /^200/);
    assert.ok(state.body.raw.includes('"known":true'));
    assert.ok(!JSON.stringify(state).includes(token));
    const status = await access.core.verification.status(serviceFor(api));
    assert.equal(status.state.kind, 'verified');
  });

  it('explains a 401 and marks the service as failed', async () => {
    const good = token;
    token = newSecret('token');
    await openHttp(`### Who\nGET ${api.url}/me\n`);
    await vscode.commands.executeCommand('latchkey.sendRequest');
    const state = await doneState();
    assert.match(state.summary.status, /^401/);
    assert.equal(state.causes[0]?.code, 'credential-invalid');
    assert.ok(state.causes[0]?.fixes.some((fix) => fix.primary));
    assert.equal((await access.core.verification.status(serviceFor(api))).state.kind, 'failed');
    token = good;
  });

  it('cancels from the command, and says so in the panel', async () => {
    await openHttp(`GET ${api.url}/slow\n`);
    const sent = vscode.commands.executeCommand('latchkey.sendRequest');
    await eventually('the request', () => api.seen.length > 0);
    await vscode.commands.executeCommand('latchkey.cancelRequest');
    await sent;
    const state = await doneState();
    assert.equal(state.summary.severity, 'info');
  });

  it('sends nothing while a variable has no value', async () => {
    await openHttp(`GET ${api.url}/{{nothing}}\n`);
    await vscode.commands.executeCommand('latchkey.sendRequest');
    const state = await eventually('the panel', () => {
      const now = access.panels.last?.state;
      return now?.phase === 'notSent' && now;
    });
    assert.match(state.details.join('\n'), /nothing/);
    assert.equal(api.seen.length, 0);
  });

  it('goes on when a service is removed while its request runs', async () => {
    await openHttp(`GET ${api.url}/slow\n`);
    const sent = vscode.commands.executeCommand('latchkey.sendRequest');
    await eventually('the request', () => api.seen.length > 0);
    await access.core.services.remove('host-test', 'user');
    await vscode.commands.executeCommand('latchkey.cancelRequest');
    await sent;
    await doneState();
    await access.core.services.save(serviceFor(api));
  });

  it('runs two requests at once, each to its end', async () => {
    const document = await openHttp(`### A\nGET ${api.url}/a\n\n### B\nGET ${api.url}/b\n`);
    const place = (index: number, name: string) => ({ document: document.uri.toString(), index, name });
    await Promise.all([
      vscode.commands.executeCommand('latchkey.sendRequest', place(0, 'A')),
      vscode.commands.executeCommand('latchkey.sendRequest', place(1, 'B')),
    ]);
    assert.deepEqual(api.seen.map((request) => request.path).sort(), ['/a', '/b']);
    assert.equal((await doneState()).title.includes('B'), true);
  });

  it('names what does not fit in the settings, and keeps the good services', async () => {
    const configuration = vscode.workspace.getConfiguration('latchkey');
    const before = configuration.inspect<object>('services')?.globalValue ?? {};
    const broken = { ...before, broken: { baseUrl: 'nonsense', auth: { scheme: 'bearrer' } } };
    await configuration.update('services', broken, vscode.ConfigurationTarget.Global);
    await eventually('problems', () => access.core.services.problems.length > 0);
    assert.ok(access.core.services.get('host-test'));
    const codes = access.core.services.problems.map((problem) => problem.detail.code).sort();
    assert.deepEqual(codes, ['bad-base-url', 'unknown-scheme']);
    const listed = await eventually('Problems', () => {
      const all = vscode.languages.getDiagnostics().flatMap(([, list]) => list);
      const ours = all.filter((diagnostic) => diagnostic.code === 'unknown-scheme');
      return ours.length > 0 && ours;
    });
    assert.match(listed[0]?.message ?? '', /bearer/);
    await configuration.update('services', before, vscode.ConfigurationTarget.Global);
  });
});
