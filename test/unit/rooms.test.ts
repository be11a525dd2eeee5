import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, it } from 'mocha';

/*
 * Who may import whom (ARCHITECTURE.md). The table is the rule; a folder that is not in it fails the test, so a new room
 * gets its line here first.
 */

interface Room {
  /** Rooms it may use. A name stands for all rooms below it: `core` for `core/http` too. */
  readonly uses: readonly string[];
  /** Rooms of which it may use types only. */
  readonly types?: readonly string[];
  /** Npm packages, `node:` for Node's own modules, `vscode`. A name ending in `/` stands for a scope. */
  readonly packages: readonly string[];
  /** No clock, no randomness, no globals that touch the world: what it needs of them is handed in. */
  readonly pure?: true;
}

const l10n = '@vscode/l10n';

const rooms: Readonly<Record<string, Room>> = {
  'core/util': { uses: [], packages: [], pure: true },
  // The log takes only what was redacted: the type says so.
  'core/ports.ts': { uses: ['core/util'], types: ['core/redaction/redacted.ts'], packages: [], pure: true },
  'core/http': { uses: ['core/util'], packages: [], pure: true },
  'core/language': { uses: ['core/util', 'core/ports.ts', 'core/http'], packages: [l10n], pure: true },
  'core/services': {
    uses: ['core/util', 'core/ports.ts', 'core/http'],
    types: ['core/auth/scheme.ts'],
    packages: [l10n],
    pure: true,
  },
  // Sentences about a scheme's field are written once, beside the scheme.
  'core/services/words.ts': {
    uses: ['core/util', 'core/services', 'core/auth/words.ts'],
    packages: [l10n],
    pure: true,
  },
  'core/auth': {
    uses: ['core/util', 'core/ports.ts', 'core/http', 'core/services'],
    packages: [l10n, 'node:'],
  },
  'core/auth/challenge.ts': { uses: ['core/util', 'core/http'], packages: [], pure: true },
  'core/transport': {
    uses: ['core/util', 'core/ports.ts', 'core/http', 'core/services', 'core/auth'],
    packages: ['node:', 'node-fetch'],
  },
  'core/redaction': {
    uses: ['core/util', 'core/ports.ts', 'core/http', 'core/services'],
    types: ['core/auth', 'core/transport', 'core/diagnosis'],
    packages: [l10n],
    pure: true,
  },
  'core/diagnosis': {
    uses: ['core/util', 'core/ports.ts', 'core/http', 'core/services', 'core/auth/challenge.ts'],
    types: ['core/auth', 'core/transport', 'core/redaction/redacted.ts'],
    packages: [l10n],
    pure: true,
  },
  'core/history': { uses: ['core/util', 'core/ports.ts', 'core/http', 'core/redaction'], packages: [], pure: true },
  'core/run': { uses: ['core'], packages: [l10n] },
  'core/index.ts': { uses: ['core'], packages: [l10n] },
  protocol: { uses: [], types: ['core'], packages: [], pure: true },
  host: { uses: ['core', 'protocol'], packages: ['vscode', 'node:', l10n, 'jsonc-parser'] },
  webview: {
    uses: ['protocol'],
    packages: ['lit', 'lit/', '@codemirror/', '@lezer/', '@vscode-elements/'],
  },
  demo: { uses: [], packages: ['node:'] },
  'extension.ts': { uses: ['core', 'protocol', 'host', 'demo'], packages: ['vscode', 'node:', l10n] },
};

/** Below is what finds the violations; the suite at the end also feeds it made-up files, to see that it can fail. */

interface Import {
  readonly specifier: string;
  readonly kind: 'value' | 'type';
}

/** The imports of a module: static, `import type`, `export … from`, dynamic, `import()` types and `require`. */
function importsOf(text: string): Import[] {
  const found: Import[] = [];
  for (const match of text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s*|)(['"])([^'"\n]+)\2/gm)) {
    found.push({ specifier: match[3] ?? '', kind: match[1] ? 'type' : 'value' });
  }
  for (const match of text.matchAll(/(typeof\s+)?\b(?:import|require)\(\s*(['"`])([^'"`\n]+)\2\s*[,)]/g)) {
    found.push({ specifier: match[3] ?? '', kind: match[1] ? 'type' : 'value' });
  }
  return found;
}

/** The name of the room a path below `src` is in: the longest key that it is, or is below. */
function roomOf(path: string): string | undefined {
  return Object.keys(rooms)
    .filter((name) => isIn(path, name))
    .sort((a, b) => b.length - a.length)[0];
}

const isIn = (path: string, room: string): boolean => path === room || path.startsWith(`${room}/`);

const WORLD =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\.|\bperformance\.|\bprocess\.|\bBuffer\b(?=[.(])|\bfetch\(|\bset(?:Timeout|Interval|Immediate)\(|\bglobalThis\b/;

/** What one file does that its room may not, as lines for people. `path` is relative to `src`. */
function violations(path: string, text: string): string[] {
  const name = roomOf(path);
  if (name === undefined) return [`${path} is in no room`];
  const room = rooms[name] as Room;
  const found = importsOf(text)
    .filter((one) => !mayImport(path, name, room, one))
    .map(({ specifier, kind }) => `${path} imports ${kind === 'type' ? 'type ' : ''}${specifier}`);
  const code = text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  const global = room.pure ? WORLD.exec(code)?.[0] : undefined;
  return global === undefined ? found : [...found, `${path} uses ${global}`];
}

function mayImport(path: string, name: string, room: Room, { specifier, kind }: Import): boolean {
  if (!specifier.startsWith('.')) {
    return room.packages.some((one) => (/[:/]$/.test(one) ? specifier.startsWith(one) : specifier === one));
  }
  const target = posix.join(posix.dirname(path), specifier);
  const file = /\.\w+$/.test(target) ? target : `${target}.ts`;
  const own = roomOf(file);
  if (own === undefined) return false;
  // A file with a line of its own in the table is still part of its folder.
  if (own === name || isIn(own, name)) return true;
  const allowed = kind === 'type' ? [...room.uses, ...(room.types ?? [])] : room.uses;
  return allowed.some((one) => isIn(file, one));
}

const src = join(process.cwd(), 'src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file));

describe('rooms', () => {
  it('every file imports only what its room may', () => {
    assert.ok(files.length > 50, `only ${files.length} files were found in ${src}`);
    assert.deepEqual(
      files.flatMap((file) => violations(file, readFileSync(join(src, file), 'utf8'))),
      [],
    );
  });

  it('every room in the table exists', () => {
    assert.deepEqual(
      Object.keys(rooms).filter((room) => !files.some((file) => isIn(file, room))),
      [],
    );
  });

  const refused: readonly (readonly [path: string, text: string])[] = [
    ['core/http/a.ts', "import * as vscode from 'vscode';"],
    ['core/http/a.ts', "import type * as vscode from 'vscode';"],
    ['core/auth/a.ts', "import type { Uri } from 'vscode';"],
    ['core/http/a.ts', "import { x } from '../language/ast';"],
    ['core/http/a.ts', "export { x } from '../language/ast';"],
    ['core/http/a.ts', "export * from '../services/service';"],
    ['core/http/a.ts', "import {\n  a,\n  b,\n} from '../services/service';"],
    ['core/http/a.ts', "import '../services/service';"],
    ['core/http/a.ts', "const x = await import('../services/service');"],
    ['core/http/a.ts', "type X = typeof import('../services/service');"],
    ['core/http/a.ts', "const x = require('node:fs');"],
    ['core/language/a.ts', "import { schemes } from '../auth/schemes';"],
    ['core/language/a.ts', "import type { AuthScheme } from '../auth/scheme';"],
    ['core/auth/a.ts', "import type { Span } from '../language/span';"],
    ['core/services/a.ts', "import { schemes } from '../auth/schemes';"],
    ['core/services/a.ts', "import { x } from '../auth/scheme';"],
    ['core/services/a.ts', "import type { Repair } from '../auth/paste';"],
    ['core/services/a.ts', "import { schemeName } from '../auth/words';"],
    ['core/auth/a.ts', "import { send } from '../transport/transport';"],
    ['core/transport/a.ts', "import { createRedactor } from '../redaction/redact';"],
    ['core/redaction/a.ts', "import { schemes } from '../auth/schemes';"],
    ['core/diagnosis/a.ts', "import { schemes } from '../auth/schemes';"],
    ['core/diagnosis/a.ts', "import { readFile } from 'node:fs/promises';"],
    ['core/history/a.ts', "import { Engine } from '../run/engine';"],
    ['core/run/a.ts', "import { x } from '../../host/documents';"],
    ['core/auth/a.ts', "import fetch from 'node-fetch';"],
    ['protocol/a.ts', "import { x } from '../core/http/message';"],
    ['webview/a.ts', "import type { Exchange } from '../core/http/exchange';"],
    ['webview/a.ts', "import { readFile } from 'node:fs';"],
    ['host/a.ts', "import { x } from '../webview/main';"],
    ['host/a.ts', "import { x } from '../demo/server';"],
    ['host/a.ts', "import { x } from '../../test/rig/paths';"],
    ['demo/a.ts', "import { x } from '../core/auth/basic';"],
    ['core/surprise/a.ts', ''],
    ['core/services/a.ts', 'const now = Date.now();'],
    ['core/language/a.ts', 'return Math.random();'],
    ['core/redaction/a.ts', "const bytes = Buffer.from('x');"],
  ];
  for (const [path, text] of refused) {
    it(`refuses ${text.replaceAll('\n', ' ') || 'a folder without a room'} in ${path}`, () => {
      assert.equal(violations(path, text).length, 1);
    });
  }

  const allowed: readonly (readonly [path: string, text: string])[] = [
    ['core/services/a.ts', "import type { Field } from '../auth/scheme';\nimport { originOf } from '../http/origin';"],
    ['core/services/words.ts', "import { fieldProblemMessage } from '../auth/words';"],
    ['core/redaction/a.ts', "import type { SecretUse } from '../auth/scheme';"],
    ['core/diagnosis/a.ts', "import { parseChallenges } from '../auth/challenge';"],
    ['core/auth/a.ts', "import { parseChallenges } from './challenge';\nimport { x } from 'node:crypto';"],
    ['core/run/a.ts', "import { a } from '../auth/schemes';\nimport { b } from '../language/resolve';"],
    ['protocol/a.ts', "import type { Exchange } from '../core/http/exchange';"],
    ['webview/view/a.ts', "import type { PanelState } from '../../protocol/panelState';\nimport { html } from 'lit';"],
    ['core/http/a.ts', '/** Never `Date.now()`. */\n// import(nothing)\nconst processed = 1;'],
  ];
  for (const [path, text] of allowed) {
    it(`allows ${text.replaceAll('\n', ' ')} in ${path}`, () => assert.deepEqual(violations(path, text), []));
  }
});
