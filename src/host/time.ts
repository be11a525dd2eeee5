import * as vscode from 'vscode';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago a moment was, e.g. `3 min ago`. Both in milliseconds since the epoch. */
export function ago(at: number, now: number): string {
  const t = vscode.l10n.t;
  const passed = Math.max(0, now - at);
  if (passed < MINUTE) return t('just now');
  if (passed < HOUR) return t('{0} min ago', Math.floor(passed / MINUTE));
  if (passed < DAY) return t('{0} h ago', Math.floor(passed / HOUR));
  const days = Math.floor(passed / DAY);
  return days === 1 ? t('yesterday') : t('{0} days ago', days);
}

/** How long until a moment, e.g. `4 min`. */
export function until(at: number, now: number): string {
  const t = vscode.l10n.t;
  const left = Math.max(0, at - now);
  if (left < MINUTE) return t('{0} s', Math.ceil(left / 1000));
  if (left < HOUR) return t('{0} min', Math.ceil(left / MINUTE));
  if (left < DAY) return t('{0} h', Math.ceil(left / HOUR));
  return t('{0} days', Math.ceil(left / DAY));
}
