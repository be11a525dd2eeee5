import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { schemes } from '../../src/core/auth/schemes';

interface Menu {
  readonly command: string;
  readonly when?: string;
}
interface Manifest {
  readonly [key: string]: unknown;
  readonly contributes: {
    readonly commands: readonly {
      command: string;
      title: string;
      category?: string;
      enablement?: string;
      icon?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly Menu[]>>;
    readonly keybindings: readonly { command: string; when?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly properties?: object }>> };
    readonly viewsWelcome: readonly { contents: string }[];
  };
}

interface Variant {
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, object>> & { readonly scheme: { readonly const: string } };
}

const read = (name: string): string => readFileSync(name, 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const nls = JSON.parse(read('package.nls.json')) as Record<string, string>;
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => read(join('src', name)))
  .join('\n');

const { commands, menus, keybindings, configuration } = manifest.contributes;
const declared = commands.map((entry) => entry.command);

/** Every string anywhere in a JSON value. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}

describe('package.json', () => {
  it('declares exactly the commands that the code has', () => {
    const coded = [...read('src/host/commands/ids.ts').matchAll(/^ {2}'(latchkey\.\w+)':/gm)].map((match) => match[1]);
    assert.deepEqual([...declared].sort(), coded.sort());
  });

  it('gives each command a title from package.nls.json, the category and an icon', () => {
    for (const entry of commands) {
      assert.match(entry.title, /^%command\.\w+%$/, entry.command);
      assert.equal(entry.category, 'Latchkey', entry.command);
      assert.ok(entry.icon, entry.command);
    }
  });

  it('shows each command in the palette or in a menu', () => {
    const hidden = new Set(
      (menus['commandPalette'] ?? []).filter((item) => item.when === 'false').map((item) => item.command),
    );
    const elsewhere = new Set(
      Object.entries(menus)
        .filter(([menu]) => menu !== 'commandPalette')
        .flatMap(([, items]) => items.map((item) => item.command)),
    );
    for (const command of declared) {
      const fromCode = new RegExp(`command\\('${command.replace('.', '\\.')}'`).test(sources);
      assert.ok(!hidden.has(command) || elsewhere.has(command) || fromCode, `${command} can't be reached`);
    }
  });

  it('names only commands and context keys that exist', () => {
    const used = [...Object.values(menus).flat(), ...keybindings];
    for (const item of used) assert.ok(declared.includes(item.command), item.command);
    const keys = new Set(
      [...read('src/host/context.ts').matchAll(/readonly '(latchkey\.\w+)'/g)].map((match) => match[1]),
    );
    const known = new Set(['latchkey.services', 'latchkey.response', ...keys]);
    const clauses = [...used.map((item) => item.when), ...commands.map((entry) => entry.enablement)];
    for (const clause of clauses) {
      for (const [key] of (clause ?? '').matchAll(/latchkey\.\w+/g)) assert.ok(known.has(key), `${clause}: ${key}`);
    }
    for (const key of keys)
      assert.ok(
        clauses.some((clause) => clause?.includes(key ?? '')) || JSON.stringify(manifest).includes(`!${key}`),
        `${key} is set and never read`,
      );
  });

  it('reads every setting it contributes', () => {
    for (const setting of Object.keys(configuration.properties)) {
      const inSection = setting.replace(/^latchkey\./, '');
      assert.ok(sources.includes(`'${setting}'`) || sources.includes(`'${inSection}'`), `${setting} is never read`);
    }
  });

  it('describes each scheme and its plain settings in the schema of latchkey.services', () => {
    const services = configuration.properties['latchkey.services'] as unknown as {
      additionalProperties: { properties: { auth: { properties: { scheme: { enum: string[] } }; oneOf: Variant[] } } };
    };
    const { auth } = services.additionalProperties.properties;
    assert.deepEqual(
      auth.properties.scheme.enum,
      schemes.map((scheme) => scheme.id),
    );
    for (const scheme of schemes) {
      const variant = auth.oneOf.find((one) => one.properties.scheme.const === scheme.id);
      const plain = scheme.fields.filter((field) => !field.secret);
      const described = Object.keys(variant?.properties ?? {}).filter((name) => name !== 'scheme');
      assert.deepEqual(described.sort(), plain.map((field) => field.name).sort(), scheme.id);
      const needed = plain.filter((field) => !field.optional).map((field) => field.name);
      assert.deepEqual([...(variant?.required ?? [])].sort(), needed.sort(), scheme.id);
    }
  });

  it('has every text it refers to, and no other', () => {
    const used = new Set(
      strings(manifest).flatMap((text) => [...text.matchAll(/^%([\w.]+)%$/g)].map((match) => match[1] ?? '')),
    );
    assert.deepEqual([...used].sort(), Object.keys(nls).sort());
  });

  it('refers only to files that exist', () => {
    const paths = strings(manifest).filter((text) => /^(\.\/)?media\/[\w./-]+$/.test(text));
    assert.ok(paths.length > 3);
    for (const path of paths) assert.ok(existsSync(path), path);
  });

  it('never activates on everything', () => {
    const events = manifest['activationEvents'] as readonly string[];
    assert.ok(!events.includes('*') && !events.includes('onStartupFinished'), events.join());
  });

  it('links its welcome texts to commands that exist', () => {
    const links = Object.values(nls).flatMap((text) =>
      [...text.matchAll(/\(command:([\w.]+)/g)].map((match) => match[1] ?? ''),
    );
    assert.ok(links.length > 0);
    for (const link of links.filter((link) => link.startsWith('latchkey.'))) assert.ok(declared.includes(link), link);
  });
});
