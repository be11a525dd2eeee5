import * as vscode from 'vscode';
import type { Core } from '../../core/index';
import type { Service } from '../../core/services/service';
import type { ServiceProblem } from '../../core/services/problem';
import type { ServiceStatus } from '../../core/services/verification';
import { serviceProblemMessage } from '../../core/services/words';
import { DisposableOwner } from '../../core/util/disposable';
import type { Context } from '../context';
import { credentialWords, stateWords } from './serviceState';

const MINUTE = 60_000;

/** A row of the Services view: a service, or a definition that does not fit. */
export class ServiceItem extends vscode.TreeItem {
  constructor(readonly serviceId: string | undefined) {
    super('');
  }
}

/** The Services view: every service with its scheme, origin and state. Asks anew on each event; keeps nothing. */
export class ServicesView extends DisposableOwner implements vscode.TreeDataProvider<ServiceItem> {
  readonly #core: Core;
  readonly #context: Context;
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly #view: vscode.TreeView<ServiceItem>;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(core: Core, context: Context) {
    super();
    this.#core = core;
    this.#context = context;
    this.#view = this.register(vscode.window.createTreeView('latchkey.services', { treeDataProvider: this }));
    this.register(core.services.onDidChange(() => this.refresh()));
    this.register(core.vault.onDidChange(() => this.refresh()));
    // "verified 3 min ago" grows old while the view is open.
    const timer = setInterval(() => this.#view.visible && this.#changed.fire(), MINUTE);
    this.register({ dispose: () => clearInterval(timer) });
    this.refresh();
  }

  /** Draws again: after a send or a test, or when the settings or the vault changed. */
  refresh(): void {
    this.#context.set('latchkey.hasServices', this.#core.services.all.length + this.#faults().length > 0);
    this.#changed.fire();
  }

  getTreeItem(item: ServiceItem): ServiceItem {
    return item;
  }

  async getChildren(parent?: ServiceItem): Promise<ServiceItem[]> {
    if (parent) return [];
    const items = this.#core.services.all.map(async (service) =>
      serviceItem(service, await this.#core.verification.status(service), this.#core.now()),
    );
    return [...(await Promise.all(items)), ...this.#faults().map(faultItem)];
  }

  /** What in the settings keeps a service from being used. */
  #faults(): readonly ServiceProblem[] {
    return this.#core.services.problems.filter((problem) => problem.severity === 'error');
  }
}

function serviceItem(service: Service, status: ServiceStatus, now: number): ServiceItem {
  const t = vscode.l10n.t;
  const item = new ServiceItem(service.id);
  const words = stateWords(status, now);
  const credential = credentialWords(service, status);
  const host = new URL(service.origin).host;
  item.id = `${service.scope}/${service.id}`;
  item.label = service.name;
  item.description = `${credential} · ${host} · ${words.text}`;
  item.iconPath = words.icon;
  const secret = status.secrets.length > 0 ? ' secret' : '';
  const stored = status.secrets.some((one) => one.state === 'ok' || one.state === 'unbound') ? ' stored' : '';
  item.contextValue = `service${secret}${stored}`;
  item.accessibilityInformation = {
    label: `${service.name}, ${credential.replaceAll('•', '')}, ${host}, ${words.text}`,
  };
  const tooltip = new vscode.MarkdownString(undefined, false);
  tooltip.appendMarkdown('**');
  tooltip.appendText(service.name);
  tooltip.appendMarkdown('**\n\n');
  for (const line of [
    service.baseUrl,
    `${credential} · ${words.text}`,
    t('Used by # @service {0}, and by every request to its address.', service.id),
    service.scope === 'user' ? t('Defined in your user settings.') : t('Defined in the settings of this workspace.'),
    ...(service.verifyTls ? [] : [t('Its certificate is not checked.')]),
  ]) {
    tooltip.appendText(line);
    tooltip.appendMarkdown('\n\n');
  }
  item.tooltip = tooltip;
  return item;
}

function faultItem(problem: ServiceProblem): ServiceItem {
  const item = new ServiceItem(undefined);
  item.label = problem.id ?? 'latchkey.services';
  // The id stands before it already.
  item.description = serviceProblemMessage(
    problem.id === undefined ? problem : { ...problem, path: problem.path.slice(1) },
  );
  item.tooltip = serviceProblemMessage(problem);
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground'));
  item.contextValue = 'fault';
  item.command = {
    title: vscode.l10n.t('Open Settings'),
    command:
      problem.scope === 'user' ? 'workbench.action.openSettingsJson' : 'workbench.action.openWorkspaceSettingsFile',
  };
  return item;
}
