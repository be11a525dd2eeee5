import type { AuthScheme, SchemeSettings } from '../auth/scheme';
import type { SettingsScope } from '../ports';
import { closest } from '../util/closest';
import { validateBaseUrl } from './baseUrl';
import { leakedSecrets } from './leaked';
import type { ServiceProblem, ServiceProblemDetail } from './problem';
import { DEFAULT_TEST, isServiceId, makeServiceId, parseTest, type Service } from './service';

export interface ReadServices {
  /** Those that can be used: the user's first, then the workspace's, each in the order of the settings file. */
  readonly services: readonly Service[];
  readonly problems: readonly ServiceProblem[];
}

const KEYS = ['name', 'baseUrl', 'auth', 'test', 'verifyTls'] as const;

/** What people write because another tool calls it so. */
const ALIASES: Readonly<Record<string, string>> = {
  url: 'baseUrl',
  host: 'baseUrl',
  server: 'baseUrl',
  endpoint: 'baseUrl',
  title: 'name',
  label: 'name',
  authentication: 'auth',
  authorization: 'auth',
  type: 'scheme',
  kind: 'scheme',
  user: 'username',
  login: 'username',
  location: 'in',
  header: 'name',
  insecure: 'verifyTls',
  rejectunauthorized: 'verifyTls',
};

/**
 * Reads the setting `latchkey.services` of both scopes. Takes anything and never throws: what does not fit becomes a
 * problem and the other services keep working. An id that stands in both scopes is the workspace's, as a whole.
 */
export function readServices(
  raw: Readonly<Record<SettingsScope, unknown>>,
  schemes: readonly AuthScheme[],
): ReadServices {
  const problems: ServiceProblem[] = [];
  const services = new Map<string, Service>();
  for (const scope of ['user', 'workspace'] as const) {
    const value = raw[scope];
    if (value === undefined || value === null) continue;
    if (!isObject(value)) {
      problems.push({ scope, path: [], severity: 'error', detail: { code: 'not-an-object' } });
      continue;
    }
    for (const [id, definition] of Object.entries(value)) {
      const service = new DefinitionReader(scope, id, schemes, problems).read(definition);
      // A broken definition of the workspace does not bring back the user's: which address is called must not change by a typo.
      if (scope === 'workspace' && services.delete(id))
        problems.push({ scope: 'user', id, path: [id], severity: 'info', detail: { code: 'shadowed' } });
      if (service !== undefined) services.set(id, service);
    }
  }
  return { services: [...services.values()], problems };
}

/** Reads one definition and collects what is wrong with it. */
class DefinitionReader {
  #failed = false;

  constructor(
    private readonly scope: SettingsScope,
    private readonly id: string,
    private readonly schemes: readonly AuthScheme[],
    private readonly problems: ServiceProblem[],
  ) {}

  read(definition: unknown): Service | undefined {
    if (!isServiceId(this.id)) this.#error([], { code: 'bad-id', suggestion: makeServiceId(this.id, []) });
    if (!isObject(definition)) return this.#error([], { code: 'not-an-object' });
    const scheme = this.#scheme(definition);
    const plain = new Set((scheme?.fields ?? []).filter((field) => !field.secret).map((field) => field.name));
    const leaked = leakedSecrets(definition, plain);
    for (const path of leaked) this.#note('error', path, { code: 'secret-in-settings', key: path.at(-1) ?? '' });
    const isLeaked = (path: readonly string[]): boolean => leaked.some((other) => other.join('\n') === path.join('\n'));
    this.#unknownKeys(definition, [], KEYS, isLeaked);
    const base = this.#baseUrl(definition);
    const settings =
      scheme && isObject(definition.auth) ? this.#settings(definition.auth, scheme, isLeaked) : undefined;
    const name = this.#name(definition);
    const test = this.#test(definition);
    const verifyTls = this.#verifyTls(definition);
    if (this.#failed || base === undefined || scheme === undefined || settings === undefined) return undefined;
    const { url: baseUrl, origin } = base;
    return { id: this.id, name, baseUrl, origin, scheme: scheme.id, settings, test, verifyTls, scope: this.scope };
  }

  #note(severity: ServiceProblem['severity'], path: readonly string[], detail: ServiceProblemDetail): void {
    this.problems.push({ scope: this.scope, id: this.id, path: [this.id, ...path], severity, detail });
  }

  /** Notes what makes the definition unusable; gives undefined, so that it can be returned. */
  #error(path: readonly string[], detail: ServiceProblemDetail): undefined {
    this.#failed = true;
    this.#note('error', path, detail);
    return undefined;
  }

  /** A text under a key, or undefined with the problem noted where it has to be there and is not. */
  #text(from: Readonly<Record<string, unknown>>, path: readonly string[], need: 'required' | 'optional') {
    const key = path.at(-1) ?? '';
    const value = Object.hasOwn(from, key) ? from[key] : undefined;
    if (value === undefined) {
      return need === 'optional' ? undefined : this.#error(path.slice(0, -1), { code: 'missing-key', key });
    }
    if (typeof value !== 'string') return this.#error(path, { code: 'wrong-type', expected: 'text' });
    return value.trim() === '' && need === 'required' ? this.#error(path, { code: 'empty' }) : value;
  }

  #scheme(definition: Readonly<Record<string, unknown>>): AuthScheme | undefined {
    if (definition.auth === undefined) return this.#error([], { code: 'missing-key', key: 'auth' });
    if (!isObject(definition.auth)) return this.#error(['auth'], { code: 'not-an-object' });
    const text = this.#text(definition.auth, ['auth', 'scheme'], 'required');
    if (text === undefined) return undefined;
    const found = this.schemes.find((scheme) => scheme.id === text);
    if (found !== undefined) return found;
    const known = this.schemes.map((scheme) => scheme.id);
    return this.#error(['auth', 'scheme'], { code: 'unknown-scheme', known, ...meant(text, known) });
  }

  #baseUrl(
    definition: Readonly<Record<string, unknown>>,
  ): { readonly url: string; readonly origin: string } | undefined {
    const text = this.#text(definition, ['baseUrl'], 'required');
    if (text === undefined) return undefined;
    const check = validateBaseUrl(text);
    return check.ok ? check : this.#error(['baseUrl'], { code: 'bad-base-url', problem: check.problem });
  }

  #settings(
    auth: Readonly<Record<string, unknown>>,
    scheme: AuthScheme,
    isLeaked: (path: readonly string[]) => boolean,
  ): SchemeSettings | undefined {
    const fields = scheme.fields.filter((field) => !field.secret);
    this.#unknownKeys(auth, ['auth'], ['scheme', ...fields.map((field) => field.name)], isLeaked);
    const texts = fields.map((field) => {
      const need = field.optional === true ? 'optional' : 'required';
      return [field, this.#text(auth, ['auth', field.name], need)] as const;
    });
    const settings: Record<string, string> = {};
    for (const [field, text] of texts) if (text !== undefined) settings[field.name] = text;
    for (const [field, text] of texts) {
      if (text === undefined) continue;
      const path = ['auth', field.name];
      const problem = field.validate?.(text, settings);
      if (field.choices !== undefined && !field.choices.includes(text))
        this.#error(path, { code: 'bad-field', problem: 'not-a-choice', choices: field.choices });
      else if (problem !== undefined) this.#error(path, { code: 'bad-field', problem });
    }
    return this.#failed ? undefined : settings;
  }

  /** The name, or the id where there is none: a name is worth a warning, not the service. */
  #name(definition: Readonly<Record<string, unknown>>): string {
    const { name } = definition;
    if (name === undefined) return this.id;
    if (typeof name !== 'string') this.#note('warning', ['name'], { code: 'wrong-type', expected: 'text' });
    else if (name.trim() === '') this.#note('warning', ['name'], { code: 'empty' });
    else return name.replace(/\s+/g, ' ').trim();
    return this.id;
  }

  #test(definition: Readonly<Record<string, unknown>>): Service['test'] {
    const { test } = definition;
    if (test === undefined) return DEFAULT_TEST;
    const parsed = typeof test === 'string' ? parseTest(test) : undefined;
    if (parsed === undefined) this.#note('warning', ['test'], { code: 'bad-test' });
    return parsed ?? DEFAULT_TEST;
  }

  /** Anything but a plain `false` keeps verification on. */
  #verifyTls(definition: Readonly<Record<string, unknown>>): boolean {
    const { verifyTls } = definition;
    if (verifyTls !== undefined && typeof verifyTls !== 'boolean')
      this.#note('warning', ['verifyTls'], { code: 'wrong-type', expected: 'true-or-false' });
    return verifyTls !== false;
  }

  #unknownKeys(
    value: object,
    path: readonly string[],
    known: readonly string[],
    isLeaked: (path: readonly string[]) => boolean,
  ): void {
    for (const key of Object.keys(value)) {
      if (known.includes(key) || isLeaked([...path, key])) continue;
      this.#note('warning', [...path, key], { code: 'unknown-key', key, known, ...meant(key, known) });
    }
  }
}

/** `{ meant }` where a known word is near enough to be what was meant. */
function meant(text: string, known: readonly string[]): { readonly meant?: string } {
  const alias = ALIASES[text.toLowerCase().replace(/[-_]/g, '')];
  if (alias !== undefined && known.includes(alias)) return { meant: alias };
  const [nearest] = closest(text.replace(/[-_ ]/g, ''), known);
  return nearest !== undefined && nearest.distance <= Math.max(1, nearest.name.length / 3)
    ? { meant: nearest.name }
    : {};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
