import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { statSync } from 'node:fs';
import { newSecret } from '../rig/secrets';
import { packVsix } from '../rig/vsix';
import { Workbench } from '../rig/workbench';
import { panelShows, pictureFailures, startApi, valuesOf, workspace, type Api } from './support';

/** Bytes the package may have: it is loaded by everybody who installs it. */
const CEILING = 600 * 1024;

describe('the packaged extension', () => {
  let code: Workbench;
  let api: Api;
  pictureFailures(() => code);
  const token = newSecret('token');

  before(async function () {
    this.timeout(240_000);
    api = await startApi((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"from":"the packaged one"}');
    });
    const vsix = await packVsix();
    assert.ok(statSync(vsix).size <= CEILING, `${statSync(vsix).size} bytes`);
    code = await Workbench.open({
      folder: workspace({ 'one.http': '# @service packed\nGET /hello\n' }),
      install: [vsix],
      settings: { 'latchkey.services': { packed: { name: 'Packed', baseUrl: api.url, auth: { scheme: 'bearer' } } } },
    });
  });
  after(async () => {
    await code.close();
    await api.close();
  });

  it('sends a request with its credential', async () => {
    await code.openFile('one.http');
    await code.codeLens('Send Request').click();
    const quick = await code.quickInput().waitFor(/Secret for Packed/);
    await quick.paste(token);
    await quick.accept();
    await panelShows(code, /GET \/hello/, 'the packaged one');
    assert.deepEqual(valuesOf(api.seen[0], 'authorization'), [`Bearer ${token}`]);
  });
});
