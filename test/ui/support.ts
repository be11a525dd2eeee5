import { mkdtempSync, writeFileSync } from 'node:fs';
import { afterEach } from 'mocha';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { until } from '../rig/waiting';
import type { Workbench } from '../rig/workbench';

/** A request as it arrived, byte for byte where it matters. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  /** Names and values in turn, as they stood on the wire. */
  readonly rawHeaders: readonly string[];
}

export interface Api {
  readonly url: string;
  readonly seen: Arrived[];
  close(): Promise<void>;
}

/** A real API on 127.0.0.1. `answer` is what it does. */
export async function startApi(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Api> {
  const seen: Arrived[] = [];
  const server = createServer((request, response) => {
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

/** The values of a header as they arrived. */
export function valuesOf(request: Arrived | undefined, name: string): string[] {
  const raw = request?.rawHeaders ?? [];
  return raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === name.toLowerCase());
}

/** A new folder with these files, to be opened as a workspace. */
export function workspace(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-ui-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** The text of the panel, when it has come to contain or match something. */
export async function panelShows(code: Workbench, title: string | RegExp, wanted: string | RegExp): Promise<string> {
  const panel = await code.webview(title);
  return until(
    `"${wanted}" in the panel`,
    async () => {
      const text = await panel.locator('body').innerText();
      return (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) && text;
    },
    { instead: () => panel.locator('body').innerText() },
  );
}

/** Presses a button of the panel by its name. */
export async function press(panel: FrameLocator, name: string | RegExp): Promise<void> {
  await panel.getByRole('button', { name }).first().click();
}

/** Leaves a picture of the window for each test of the suite that fails. */
export function pictureFailures(window: () => Workbench | undefined): void {
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await window()?.screenshot(this.currentTest.fullTitle().replace(/\W+/g, '-').slice(0, 120), 'failures');
  });
}
