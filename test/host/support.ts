import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension';

/** The extension under test, active, with what it lets tests reach. */
export async function latchkey(): Promise<TestAccess> {
  const extension = vscode.extensions.getExtension<TestAccess>('latchkey.latchkey');
  if (!extension) throw new Error('Latchkey is not installed in this VS Code');
  return extension.activate();
}

/** Opens text as an `.http` document in an editor. */
export async function openHttp(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'http', content });
  await vscode.window.showTextDocument(document);
  return document;
}

/** Asks again every 50 ms until there is an answer, for at most ten seconds. */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

export interface Api {
  readonly url: string;
  /** Every request as it came: method, path and header lines. */
  readonly seen: { readonly method: string; readonly path: string; readonly rawHeaders: readonly string[] }[];
  close(): Promise<void>;
}

/** A real API on 127.0.0.1 that keeps what arrives. */
export async function startApi(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Api> {
  const seen: Api['seen'] = [];
  const server: Server = createServer((request, response) => {
    seen.push({ method: request.method ?? '', path: request.url ?? '', rawHeaders: request.rawHeaders });
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

/** The value of a header line as it arrived, undefined where there is none. */
export function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    if (rawHeaders[i]?.toLowerCase() === name.toLowerCase()) return rawHeaders[i + 1];
  }
  return undefined;
}
