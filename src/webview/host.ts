import type { FromWebview } from '../protocol/messages';
import type { SavedPanel } from '../protocol/saved';

/** What VS Code gives a webview's script, once in the life of a page. */
interface VsCodeApi {
  postMessage(message: FromWebview): void;
  getState(): unknown;
  setState(state: SavedPanel): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The other side, as this side sees it. */
export type Host = VsCodeApi;

export function connectHost(): Host {
  return acquireVsCodeApi();
}
