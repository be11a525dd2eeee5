import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually, latchkey, openHttp } from './support';

const lensTitles = async (document: vscode.TextDocument): Promise<string[]> => {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    50,
  );
  return lenses.map((lens) => lens.command?.title ?? '');
};

const problemsOf = (document: vscode.TextDocument): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => diagnostic.source === 'Latchkey');

describe('in the editor', () => {
  before(() => latchkey());
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('puts Send Request and the way to a service above a request', async () => {
    const document = await openHttp(
      '### One\nGET http://127.0.0.1:9/one\n\n### Two\n# @no-auth\nGET http://127.0.0.1:9/two\n',
    );
    const titles = await eventually('lenses', async () => {
      const found = await lensTitles(document);
      return found.length === 4 && found;
    });
    // VS Code's command gives the lenses of one line in no certain order.
    assert.deepEqual(titles.sort(), [
      'Send Request',
      'Send Request',
      'no credential: # @no-auth',
      'no service for 127.0.0.1:9 · Add Service…',
    ]);
  });

  it('names a variable without a value in Problems, with its place', async () => {
    const document = await openHttp('@host = http://127.0.0.1:9\nGET {{hots}}/x\n');
    const [problem] = await eventually('a problem', () => problemsOf(document).length > 0 && problemsOf(document));
    assert.equal(problem?.code, 'unresolved-variable');
    assert.match(problem?.message ?? '', /"hots".*Did you mean "host"/);
    assert.equal(document.getText(problem?.range), '{{hots}}');
  });

  it('takes a problem back when it is mended', async () => {
    const document = await openHttp('GET {{x}}/y\n');
    await eventually('a problem', () => problemsOf(document).length > 0);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '@x = http://127.0.0.1:9\n');
    await vscode.workspace.applyEdit(edit);
    await eventually('no problem', () => problemsOf(document).length === 0);
  });

  it('completes variables and directives', async () => {
    const document = await openHttp('@host = http://127.0.0.1:9\n# @\nGET {{\n');
    const at = (line: number, column: number) =>
      vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        new vscode.Position(line, column),
      );
    const labels = (list: vscode.CompletionList): string[] =>
      list.items.map((item) => (typeof item.label === 'string' ? item.label : item.label.label));
    assert.ok(labels(await at(2, 6)).includes('host'));
    const directives = labels(await at(1, 3));
    assert.ok(
      directives.some((label) => label.includes('service')) && directives.some((label) => label.includes('no-auth')),
    );
  });

  it('shows where the value of a variable comes from', async () => {
    const document = await openHttp('@host = http://127.0.0.1:9\nGET {{host}}/x\n');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(1, 7),
    );
    const text = hovers
      .flatMap((hover) => hover.contents.map((part) => (part as vscode.MarkdownString).value))
      .join('\n');
    assert.match(text, /http:\/\/127\.0\.0\.1:9/);
    assert.match(text.replaceAll('&nbsp;', ' '), /line 1/);
  });

  it('lists the requests in the outline and folds them', async () => {
    const document = await openHttp(
      '### One\nGET http://127.0.0.1:9/one\n\n### Two\nPOST http://127.0.0.1:9/two\n\n{\n  "a": 1\n}\n',
    );
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map((symbol) => symbol.name),
      ['One', 'Two'],
    );
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.ok(folds.some((fold) => fold.start === 3 && fold.end === 8));
  });

  for (const [what, text] of [
    ['an empty file', ''],
    ['binary noise', '\u0000\u0001\ufffd\u0007{{\u0000}}\n###\u0000\n@\u0001=\n'],
    ['a line of one megabyte', `GET http://127.0.0.1:9/${'a'.repeat(1024 * 1024)}\n`],
    ['CRLF and a byte order mark', '\ufeff### A\r\nGET http://127.0.0.1:9/\r\nAccept: */*\r\n\r\n'],
  ] as const) {
    it(`stays calm over ${what}`, async () => {
      const document = await openHttp(text);
      const titles = await lensTitles(document);
      assert.ok(titles.every((title) => title !== ''));
    });
  }
});
