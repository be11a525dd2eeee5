import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { schemes } from '../../../src/core/auth/schemes';
import { ServiceRegistry } from '../../../src/core/services/registry';
import { memoryDefinitions } from '../support/ports';

const at = (baseUrl: string) => ({ baseUrl, auth: { scheme: 'none' } });

describe('registry', () => {
  const user = {
    root: at('https://api.example.com'),
    v3: at('https://api.example.com/v3'),
    mail: at('https://api.example.com/v3/mail'),
    port: at('https://api.example.com:8443'),
    plain: at('http://api.example.com'),
    zulu: at('https://twin.example'),
    alpha: at('https://twin.example'),
  };
  const registry = new ServiceRegistry(
    memoryDefinitions({ user, workspace: { yankee: at('https://twin.example') } }),
    schemes,
  );
  const matches: readonly (readonly [url: string, id: string | undefined, equally?: readonly string[]])[] = [
    ['https://api.example.com', 'root'],
    ['https://api.example.com/', 'root'],
    ['https://api.example.com/v3', 'v3'],
    ['https://api.example.com/v3/', 'v3'],
    ['https://api.example.com/v3?x=1#y', 'v3'],
    ['https://api.example.com/v30', 'root'],
    ['https://api.example.com/V3', 'root'],
    ['https://api.example.com/v3/mail/send', 'mail'],
    ['https://api.example.com/v3/mailbox', 'v3'],
    ['https://api.example.com/v3/mail/../x', 'v3'],
    ['https://API.example.com:443/v3', 'v3'],
    ['https://api.example.com:8443/v3', 'port'],
    ['http://api.example.com/v3', 'plain'],
    ['https://api.example.com.evil.example/v3', undefined],
    ['https://api.example.com@evil.example/v3', undefined],
    ['ftp://api.example.com/', undefined],
    ['/v3', undefined],
    ['', undefined],
    ['https://twin.example/x', 'yankee', ['alpha', 'zulu']],
  ];
  for (const [url, id, equally = []] of matches) {
    it(`${url || 'an empty text'} → ${id ?? 'none'}${equally.length ? ` before ${equally.join(', ')}` : ''}`, () => {
      const match = registry.match(url);
      assert.equal(match?.service.id, id);
      assert.deepEqual(
        (match?.equally ?? []).map((service) => service.id),
        equally,
      );
    });
  }

  it('reads once until the settings change, then tells and reads anew', () => {
    const definitions = memoryDefinitions({ user: { a: at('https://a.example') } });
    const changing = new ServiceRegistry(definitions, schemes);
    const heard: string[][] = [];
    changing.onDidChange(() => heard.push(changing.all.map((service) => service.id)));
    assert.ok(changing.get('a'));
    assert.deepEqual(changing.problems, []);
    assert.equal(definitions.reads(), 1);
    definitions.edit('workspace', { b: at('https://b.example') });
    assert.deepEqual(heard, [['a', 'b']]);
    assert.equal(definitions.reads(), 2);
  });

  it('saves into the scope of the service, and removes from the scope that is named', async () => {
    const definitions = memoryDefinitions({ user: { a: at('https://a.example') } });
    const changing = new ServiceRegistry(definitions, schemes);
    const service = changing.get('a');
    assert.ok(service);
    await changing.save({ ...service, name: 'Mine', scope: 'workspace' });
    assert.deepEqual(
      changing.all.map(({ scope, name }) => [scope, name]),
      [['workspace', 'Mine']],
    );
    await changing.remove('a', 'workspace');
    assert.deepEqual(
      changing.all.map(({ scope, name }) => [scope, name]),
      [['user', 'a']],
    );
    await changing.remove('a', 'user');
    assert.deepEqual([changing.all, definitions.read()], [[], { user: undefined, workspace: undefined }]);
  });

  it('is silent after dispose', () => {
    const definitions = memoryDefinitions();
    const gone = new ServiceRegistry(definitions, schemes);
    let heard = 0;
    gone.onDidChange(() => heard++);
    definitions.edit('user', {});
    gone.dispose();
    definitions.edit('user', {});
    assert.equal(heard, 1);
  });
});
