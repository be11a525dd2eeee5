import * as vscode from 'vscode';

/** Milliseconds after which a send is worth a notification. */
const PATIENCE = 1000;
/** Milliseconds between two reports of the same phase: a fast download would report thousands of times a second. */
const PACE = 100;

export interface SlowNotification {
  report(message: string): void;
  done(): void;
}

/** A progress notification that appears only when something takes longer than a second, and offers to cancel it. */
export function slowNotification(title: string, cancel: () => void): SlowNotification {
  let progress: vscode.Progress<{ message?: string }> | undefined;
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const timer = setTimeout(() => {
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (reporter, token) => {
        progress = reporter;
        token.onCancellationRequested(cancel);
        return ended;
      },
    );
  }, PATIENCE);
  return {
    report: (message) => progress?.report({ message }),
    done: () => {
      clearTimeout(timer);
      end();
    },
  };
}

/** Passes on the first report of each kind at once and repetitions no faster than they can be read. */
export function paced<T extends { readonly phase: string }>(
  report: (value: T) => void,
  now: () => number,
): (value: T) => void {
  let phase: string | undefined;
  let at = 0;
  return (value) => {
    const time = now();
    if (value.phase === phase && time - at < PACE) return;
    phase = value.phase;
    at = time;
    report(value);
  };
}
