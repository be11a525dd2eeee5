// The panel as a person meets it: from the key press to the response's text on the screen of the real workbench.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot, temporaryFolder } from '../rig/paths';
import { Workbench } from '../rig/workbench';
import { median } from './figure';
import type { Figure } from './figure';

const rounds = 21;
const warmUp = 4;

/** Figures of the panel for a small JSON: the first response, for which it has to open, and those after it. */
export async function benchPanel(): Promise<Figure[]> {
  // Each response carries another number, so that no earlier one can be taken for it.
  let answer = 700_000;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ name: 'Ada', active: true, answer }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const folder = temporaryFolder('bench');
  writeFileSync(join(folder, 'one.http'), `GET http://127.0.0.1:${(server.address() as AddressInfo).port}/one\n`);
  const code = await Workbench.open({ folder, extensionPath: projectRoot() });
  try {
    await code.openFile('one.http');
    await code.codeLens('Send Request').text();
    await code.goTo(1);
    const send = async (): Promise<number> => {
      answer += 1;
      const shown = textShown(code.page, String(answer));
      const began = performance.now();
      await code.page.keyboard.press('ControlOrMeta+Alt+r');
      return (await shown) - began;
    };
    const first = await send();
    const all: number[] = [];
    for (let n = 0; n < warmUp + rounds; n++) {
      const took = await send();
      if (n >= warmUp) all.push(took);
    }
    return [
      { name: 'key press to text in the panel, first', value: first, unit: 'ms', note: 'of 1' },
      { name: 'key press to text in the panel', value: median(all), unit: 'ms', note: `of ${rounds}` },
    ];
  } finally {
    await code.close();
    server.closeAllConnections();
    server.close();
  }
}

/** When a text has come to be in a webview, as `performance.now()` gives it; looks every few milliseconds. */
async function textShown(page: Page, text: string): Promise<number> {
  const end = performance.now() + 20_000;
  while (performance.now() < end) {
    // A webview's document is a frame in a frame in the page.
    for (const frame of page.frames().filter((each) => each.parentFrame()?.parentFrame())) {
      // A frame that goes away while it is read shows nothing.
      const count = await frame
        .getByText(text)
        .count()
        .catch(() => 0);
      if (count > 0) return performance.now();
    }
    await new Promise((done) => setTimeout(done, 4));
  }
  throw new Error(`The response with ${text} was not shown within 20 s`);
}
