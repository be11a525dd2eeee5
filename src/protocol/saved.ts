import type { DoneState, PanelState, TabId } from './panelState';

/** What the webview keeps of itself through VS Code, so that a panel comes back after a reload. Redacted, as its state is. */
export interface SavedPanel {
  readonly version: 1;
  readonly state: PanelState;
  /** The tab the person chose; absent while they have chosen none. */
  readonly tab?: TabId;
  /** Whether long lines are wrapped. */
  readonly wrap: boolean;
}

/** UTF-16 code units of a body, raw and laid out together, up to which it is kept over a reload. */
export const KEPT_BODY = 200_000;

export const TABS: readonly TabId[] = ['body', 'raw', 'headers', 'request', 'timeline'];

/** What is to be saved of a panel; a body larger than {@link KEPT_BODY} is left out and marked so. */
export function savePanel(state: PanelState, view: Pick<SavedPanel, 'tab' | 'wrap'>): SavedPanel {
  return { version: 1, state: lighter(state), ...view };
}

/** Reads what {@link savePanel} gave. Undefined for anything else, e.g. what another version saved. */
export function readSaved(raw: unknown): SavedPanel | undefined {
  if (!isRecord(raw) || raw['version'] !== 1 || !isState(raw['state'])) return undefined;
  const tab = TABS.find((known) => known === raw['tab']);
  return { version: 1, state: raw['state'], ...(tab ? { tab } : {}), wrap: raw['wrap'] !== false };
}

function lighter(state: PanelState): PanelState {
  if (state.phase === 'done') return lighterDone(state);
  if (state.phase === 'notSent' && state.earlier) return { ...state, earlier: lighterDone(state.earlier) };
  return state;
}

function lighterDone(state: DoneState): DoneState {
  const { pretty, cut: _cut, ...body } = state.body;
  if (body.raw.length + (pretty?.length ?? 0) <= KEPT_BODY) return state;
  return { ...state, body: { ...body, raw: '', notKept: true } };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The outline of a state, enough that the view can be drawn without failing. */
function isState(value: unknown): value is PanelState {
  if (!isRecord(value) || typeof value['title'] !== 'string') return false;
  switch (value['phase']) {
    case 'sending':
      return typeof value['line'] === 'string' && typeof value['startedAt'] === 'number';
    case 'notSent':
      return (
        Array.isArray(value['details']) &&
        Array.isArray(value['fixes']) &&
        (value['earlier'] === undefined || isDone(value['earlier']))
      );
    case 'done':
      return isDone(value);
    default:
      return false;
  }
}

function isDone(value: unknown): boolean {
  if (!isRecord(value) || value['phase'] !== 'done') return false;
  const { summary, body, request } = value;
  const lists = [value['causes'], value['headers'], value['timeline']];
  return (
    lists.every((list) => Array.isArray(list)) &&
    isRecord(summary) &&
    Array.isArray(summary['notes']) &&
    isRecord(body) &&
    typeof body['raw'] === 'string' &&
    Array.isArray(body['notes']) &&
    isRecord(request) &&
    Array.isArray(request['line']) &&
    Array.isArray(request['headers'])
  );
}
