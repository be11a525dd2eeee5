import * as l10n from '@vscode/l10n';

/** Whose secret a mask stands for. Takes the field and the service's name; without one it was written in the request. */
export function secretOf(field: string, service: string | undefined): string {
  return service === undefined
    ? l10n.t('{0}, written in the request', field)
    : l10n.t('{0} of service {1}', field, service);
}

/** Several secrets that look the same when they are masked. */
export function secretsOf(owners: readonly string[]): string {
  return owners.join(l10n.t({ message: ' or ', comment: ['joins "token of service A" and "token of service B"'] }));
}
