import type { FromWebview, PanelStrings } from '../../protocol/messages';
import type { TabId } from '../../protocol/panelState';
import type { TextViewer } from '../editor/textViewer';

/** What the views need besides the state: words, ways to act, and what the person has chosen in this page. */
export interface ViewContext {
  readonly strings: PanelStrings;
  readonly nonce: string;
  /** The host's clock, in milliseconds since the epoch. */
  readonly now: number;
  readonly wrap: boolean;
  /** Whether the HTML preview is open. */
  readonly preview: boolean;
  post(message: FromWebview): void;
  select(tab: TabId): void;
  /** Leads to where a piece of evidence stands. */
  reveal(tab: TabId, find: string | undefined): void;
  toggleWrap(): void;
  togglePreview(): void;
  openSearch(): void;
  /** The viewer of a tab, made when it is first asked for. */
  viewer(tab: 'body' | 'raw', label: string): TextViewer;
}
