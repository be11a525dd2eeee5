// Mocha root hooks of all three suites: they fail a run whose output or leftovers contain a secret of a test.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import type { Context, RootHookObject } from 'mocha';
import { projectRoot } from './paths';
import { describeFinding, inspectFolder, inspectText, takeFindings } from './secrets';
import type { Finding } from './secrets';

let captured = '';
const leaks: string[] = [];

/**
 * `afterEach` searches what was printed meanwhile, `afterAll` searches `test-results` as well and fails with everything
 * that was found, so that one leak does not stop the tests behind it.
 */
export const mochaHooks: RootHookObject = {
  beforeAll() {
    captureOutput();
  },
  afterEach(this: Context) {
    const name = this.currentTest?.fullTitle() ?? 'a test';
    inspectText(`the output during "${name}"`, captured);
    captured = '';
    keep(takeFindings(), `after "${name}"`);
  },
  afterAll(this: Context) {
    this.timeout(60_000);
    inspectText('the output', captured);
    const results = join(projectRoot(), 'test-results');
    if (existsSync(results)) inspectFolder(results);
    keep(takeFindings(), 'at the end');
    if (leaks.length > 0) throw new Error(`Secrets leaked:\n${leaks.map((leak) => `  ${leak}`).join('\n')}`);
  },
};

function keep(findings: readonly Finding[], when: string): void {
  leaks.push(...findings.map((finding) => `${describeFinding(finding)} (${when})`));
}

/**
 * Keeps a copy of all that is printed. In the extension host the console does not end in stdout, so both are heard;
 * there plain assignment is ignored, so members are defined anew.
 */
function captureOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    replace(stream, 'write', (...args) => {
      captured += Buffer.isBuffer(args[0]) ? args[0].toString() : String(args[0]);
      return write(...args);
    });
  }
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const print = console[level].bind(console);
    replace(console, level, (...args) => {
      captured += `${format(...args)}\n`;
      print(...args);
    });
  }
}

function replace(owner: object, name: string, value: (...args: unknown[]) => unknown): void {
  try {
    Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  } catch {
    // The extension host guards some of them; whoever started it searches what they printed.
  }
}
