// One open VS Code window, however it came to be: a page of the served workbench in Chromium, or the desktop's own window.
import { patience } from './waiting';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { _electron, chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { browserFlags, findBrowser } from './browser';
import { removeFolder, temporaryFolder } from './paths';
import { run } from './processes';
import { provision } from './provision';
import type { Provision } from './provision';
import { inspectFolder } from './secrets';
import { serve } from './served';

/** The three kinds of theme; each is VS Code's own default of that kind. */
export type Theme = 'light' | 'dark' | 'hc';

/** What a window is opened with. */
export interface OpenOptions {
  /** The workspace folder, absolute. */
  readonly folder: string;
  /** An extension under development, absolute; leave it out to test an installed one. */
  readonly extensionPath?: string;
  /** VSIX files to install beforehand. */
  readonly install?: readonly string[];
  /** The user's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: Theme;
  /** Leave workspace trust on (Restricted Mode can be met then); off unless asked for. */
  readonly workspaceTrust?: boolean;
  /** Extra environment for the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** The window's size in CSS pixels; 1280 × 800 unless given. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Pixels per CSS pixel in screenshots; 1 unless given. */
  readonly scale?: number;
}

/** An open window. */
export interface Session {
  readonly kind: 'served' | 'desktop';
  readonly page: Page;
  /** The user's settings.json; a change of it takes effect in the window. */
  readonly settingsFile: string;
  /**
   * Reloads the window by what is handed in (VS Code's own command: it writes down what it wants to keep, which a reload of
   * the page would not wait for) and waits until it is usable again. Secrets and settings survive, as on a desktop.
   */
  reload(reloadWindow: () => Promise<void>): Promise<void>;
  /** Closes the window and all behind it, searches what it left on disk for secrets, and removes it. */
  close(): Promise<void>;
}

/** How each theme is called in the setting `workbench.colorTheme`. */
export const themeIds: Readonly<Record<Theme, string>> = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  hc: 'Default High Contrast',
};

/** Settings that keep everything away that is not under test. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.editor.useModal': 'off',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.accounts.experimental.showEntitlements': false,
  'workbench.experimental.showDefaultThemeNotification': false,
  'window.commandCenter': false,
  'window.titleBarStyle': 'custom',
  'window.menuStyle': 'custom',
  'window.dialogStyle': 'custom',
  'window.autoDetectColorScheme': false,
  'window.autoDetectHighContrast': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'editor.accessibilitySupport': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.untrustedFiles': 'open',
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
};

let chosen: Promise<Provision> | undefined;

/** Opens a window with what `provision` gives. Takes the options above; waits until the workbench is usable. */
export async function openSession(options: OpenOptions): Promise<Session> {
  // The choice was announced by whoever started the run; here only what takes time is said.
  chosen ??= provision((line) => void (line.startsWith('VS Code:') || console.log(line)));
  const provided = await chosen;
  const theme = options.theme ?? 'light';
  const settings = { ...quietSettings, 'workbench.colorTheme': themeIds[theme], ...options.settings };
  return provided.kind === 'served'
    ? openServed(provided, options, settings)
    : openDesktop(provided, options, settings);
}

async function openServed(
  provided: Extract<Provision, { kind: 'served' }>,
  options: OpenOptions,
  settings: Record<string, unknown>,
): Promise<Session> {
  const executablePath = await findBrowser();
  const server = await serve(provided.server, { ...options, settings, logName: basename(options.folder) });
  const profile = temporaryFolder('browser');
  let context: BrowserContext | undefined;
  const close = async (): Promise<void> => {
    await context?.close().catch(() => undefined);
    await server.stop({ keepData: true });
    inspectFolder(options.folder);
    for (const folder of [server.dataDir, profile]) {
      inspectFolder(folder);
      removeFolder(folder);
    }
  };
  try {
    context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: [...browserFlags],
      viewport: options.size ?? { width: 1280, height: 800 },
      deviceScaleFactor: options.scale ?? 1,
      permissions: ['clipboard-read', 'clipboard-write'],
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    await keepSecrets(context, server.origin);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(server.url({ folder: options.folder }));
    await workbenchReady(page);
    return {
      kind: 'served',
      page,
      settingsFile: server.settingsFile,
      close,
      reload: (reloadWindow) => reloadPage(page, reloadWindow),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** SecretStorage outlives a reload only when the page can fetch a key from its server; the rig plays that part. */
async function keepSecrets(context: BrowserContext, origin: string): Promise<void> {
  const key = randomBytes(32);
  await context.addCookies([{ name: 'vscode-secret-key-path', value: '/mint-key', url: origin }]);
  await context.route('**/mint-key', (route) => route.fulfill({ body: key }));
}

async function openDesktop(
  provided: Extract<Provision, { kind: 'desktop' }>,
  options: OpenOptions,
  settings: Record<string, unknown>,
): Promise<Session> {
  const userData = temporaryFolder('user');
  const extensions = temporaryFolder('extensions');
  const userSettings = join(userData, 'User', 'settings.json');
  mkdirSync(dirname(userSettings), { recursive: true });
  writeFileSync(userSettings, JSON.stringify(settings, undefined, 2));
  const folders = [`--user-data-dir=${userData}`, `--extensions-dir=${extensions}`];
  for (const vsix of options.install ?? []) await installOnDesktop(provided.executable, vsix, folders);
  const args = [...folders, '--skip-welcome', '--skip-release-notes', '--disable-updates', '--disable-telemetry'];
  args.push('--password-store=basic', '--new-window');
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  if (!options.workspaceTrust) args.push('--disable-workspace-trust');
  if (options.extensionPath) args.push(`--extensionDevelopmentPath=${options.extensionPath}`);
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...process.env, ...options.env })) {
    if (value !== undefined && !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name)) env[name] = value;
  }
  if (provided.display) env['DISPLAY'] = provided.display;
  const app = await _electron.launch({
    executablePath: provided.executable,
    args: [...args, options.folder],
    env,
    timeout: 60_000,
  });
  const close = async (): Promise<void> => {
    await app.close().catch(() => undefined);
    inspectFolder(options.folder);
    for (const folder of [userData, extensions]) {
      inspectFolder(folder);
      removeFolder(folder);
    }
  };
  try {
    const page = await app.firstWindow();
    await page.setViewportSize(options.size ?? { width: 1280, height: 800 });
    await workbenchReady(page);
    return {
      kind: 'desktop',
      page,
      settingsFile: userSettings,
      close,
      reload: (reloadWindow) => reloadPage(page, reloadWindow),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function installOnDesktop(executable: string, vsix: string, folders: readonly string[]): Promise<void> {
  const { resolveCliPathFromVSCodeExecutablePath } = await import('@vscode/test-electron');
  const cli = resolveCliPathFromVSCodeExecutablePath(executable);
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const done = await run(cli, [...root, ...folders, '--install-extension', vsix, '--force'], { timeout: 60_000 });
  if (done.code !== 0) throw new Error(`Cannot install ${vsix}:\n${done.output}`);
}

/** Waits until the window has drawn itself and its extensions had their start. */
async function workbenchReady(page: Page): Promise<void> {
  await page.waitForSelector('.monaco-workbench .part.statusbar .statusbar-item', { timeout: 60_000 });
}

async function reloadPage(page: Page, reloadWindow: () => Promise<void>): Promise<void> {
  const loaded = page.waitForEvent('domcontentloaded', { timeout: 2 * patience });
  await reloadWindow();
  await loaded;
  await workbenchReady(page);
}
