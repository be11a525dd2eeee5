import * as l10n from '@vscode/l10n';

/** A span of time as a person says it, e.g. `3 days`, `45 seconds`. Takes milliseconds; the sign does not matter. */
export function spanText(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  if (seconds < 90) return seconds === 1 ? l10n.t('1 second') : l10n.t('{0} seconds', seconds);
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return minutes === 1 ? l10n.t('1 minute') : l10n.t('{0} minutes', minutes);
  const hours = Math.round(minutes / 60);
  if (hours < 36) return hours === 1 ? l10n.t('1 hour') : l10n.t('{0} hours', hours);
  const days = Math.round(hours / 24);
  return days === 1 ? l10n.t('1 day') : l10n.t('{0} days', days);
}

/** A point in time without regard to the reader's place, e.g. `2025-03-12 10:00:00 UTC`. Takes milliseconds since the epoch. */
export function timeText(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return String(at);
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
