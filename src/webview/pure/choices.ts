import type { DoneState, FixButton, PanelState, TabId } from '../../protocol/panelState';

/** The tab to show where the person has chosen none: the body, or, where nothing came back, how far the call got. */
export function defaultTab(state: DoneState): TabId {
  const nothingCame = state.body.kind === 'empty' && state.headers.length === 0;
  return nothingCame && state.timeline.length > 0 ? 'timeline' : 'body';
}

/** What a screen reader is told when a state arrives: the status and, where there is one, what went wrong. */
export function announcement(state: PanelState, waiting: string): string {
  switch (state.phase) {
    case 'sending':
      return waiting;
    case 'notSent':
      return state.headline;
    case 'done':
      return [state.summary.status, ...state.causes.slice(0, 1).map((cause) => cause.headline)].join('. ');
  }
}

/** All buttons of a state that are shown somewhere. */
export function fixesOf(state: PanelState): readonly FixButton[] {
  if (state.phase === 'done') return state.causes.flatMap((cause) => cause.fixes);
  if (state.phase === 'notSent') return [...state.fixes, ...(state.earlier ? fixesOf(state.earlier) : [])];
  return [];
}

/** Milliseconds until something on the page has to change by itself; undefined where nothing does. */
export function nextTick(state: PanelState, now: number, calm: boolean): number | undefined {
  if (state.phase === 'sending') return calm ? 1000 : 100;
  const left = fixesOf(state).flatMap(({ notBefore }) =>
    notBefore !== undefined && notBefore > now ? [notBefore - now] : [],
  );
  if (left.length === 0) return undefined;
  // To the next full second of the wait that ends first: the label then changes when its number does.
  const first = Math.min(...left);
  return (first % 1000) + 1;
}

/** Buttons in the order they are shown: primary ones first, otherwise as they came. */
export function inOrder(fixes: readonly FixButton[]): readonly FixButton[] {
  return [...fixes.filter((fix) => fix.primary), ...fixes.filter((fix) => !fix.primary)];
}
