// The leak guard: tests make their secrets here, and after them everything the product wrote is searched for each one.
//
// What a test may legitimately hold: what its own local API server received (that is how it proves what was sent), as
// long as it stays in memory. Printing it, writing it below test-results or into the workspace, or asserting on it with
// a message that shows it, counts as a leak. A file that has to hold a secret (a .env under test) is named with `allowSecretsIn`.
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { searchFor } from './leakSearch';
import type { Finding, KnownSecret, Place } from './leakSearch';

export type { Finding, KnownSecret, Place } from './leakSearch';

/** The kinds `newSecret` knows; any other word gives a plain token and serves as a label. */
export type SecretKind = 'token' | 'password' | 'key' | 'unicode';

interface Ledger {
  readonly secrets: KnownSecret[];
  readonly allowed: string[];
  readonly findings: Finding[];
}

// Each test bundle carries its own copy of this module; the process shares one ledger among them.
const shared = globalThis as typeof globalThis & { [key: symbol]: Ledger | undefined };
const ledgerKey = Symbol.for('latchkey.secretLedger');
const ledger: Ledger = (shared[ledgerKey] ??= { secrets: [], allowed: [], findings: [] });

/**
 * Makes a secret nobody has seen before and remembers it.
 * Takes its kind: `token` is URL-safe; `password` has the characters that need escaping in URLs, JSON and HTML;
 * `key` is hexadecimal; `unicode` leaves ASCII. Gives the value.
 */
export function newSecret(kind: SecretKind | (string & {}) = 'token'): string {
  const random = randomBytes(24).toString('base64url').replace(/[-_]/g, 'x');
  const values: Record<SecretKind, string> = {
    token: `lk_${random}`,
    password: `p"${random.slice(0, 10)}\\ &<+%/'=?#${random.slice(10)}`,
    key: randomBytes(20).toString('hex'),
    unicode: `pä${random.slice(0, 12)}€${random.slice(12)}`,
  };
  const value = values[kind as SecretKind] ?? values.token;
  registerSecret(value, `${kind} ${ledger.secrets.length + 1}`);
  return value;
}

/** Remembers a secret that was made elsewhere (a token an API under test issued). Takes the value and its name in reports. */
export function registerSecret(value: string, label = `secret ${ledger.secrets.length + 1}`): void {
  ledger.secrets.push({ label, value });
  note({ secret: { label, value } });
}

/** Names a file or folder that may hold secrets, because the test put them there itself. */
export function allowSecretsIn(path: string): void {
  ledger.allowed.push(path);
  note({ allowed: path });
}

/**
 * Searches places for every secret of this process and of those that share its ledger file.
 * Gives the findings; an empty list is what is hoped for.
 */
export function searchForSecrets(places: readonly Place[]): Finding[] {
  const others = readLedger();
  const known = new Map([...others.secrets, ...ledger.secrets].map((secret) => [secret.value, secret]));
  return searchFor(places, [...known.values()], [...others.allowed, ...ledger.allowed]);
}

/** How many secrets the tests have made so far, in all processes of the run. */
export function countSecrets(): number {
  return new Set([...readLedger().secrets, ...ledger.secrets].map((secret) => secret.value)).size;
}

/** Searches a folder (or a text, with a name for it) and keeps the findings for the end of the run, which they fail. */
export function inspectFolder(path: string): void {
  keep(searchForSecrets([{ path }]));
}

/** As `inspectFolder`, for a text: a window's accessible text, captured output, a recorded log. */
export function inspectText(name: string, text: string): void {
  keep(searchForSecrets([{ name, text }]));
}

/** Gives the findings kept so far and forgets them. */
export function takeFindings(): Finding[] {
  return ledger.findings.splice(0);
}

/** A finding as a line for people; it never shows the secret. */
export function describeFinding(finding: Finding): string {
  return `${finding.secret} (${finding.form}) in ${finding.place}: ${finding.excerpt}`;
}

/** What all processes of this run wrote into the file that `LATCHKEY_SECRET_LEDGER` names. */
function readLedger(): { secrets: KnownSecret[]; allowed: string[] } {
  const file = process.env['LATCHKEY_SECRET_LEDGER'];
  const secrets: KnownSecret[] = [];
  const allowed: string[] = [];
  for (const line of file && existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    if (!line) continue;
    const entry = JSON.parse(line) as { secret?: KnownSecret; allowed?: string };
    if (entry.secret) secrets.push(entry.secret);
    if (entry.allowed) allowed.push(entry.allowed);
  }
  return { secrets, allowed };
}

function keep(findings: readonly Finding[]): void {
  ledger.findings.push(...findings);
}

function note(entry: { secret: KnownSecret } | { allowed: string }): void {
  const file = process.env['LATCHKEY_SECRET_LEDGER'];
  if (file) appendFileSync(file, JSON.stringify(entry) + '\n', { mode: 0o600 });
}
