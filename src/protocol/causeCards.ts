import type { Diagnosis, EvidenceItem } from '../core/diagnosis/cause';
import type { Fix } from '../core/diagnosis/fix';
import type { CauseCard, EvidenceLine, FixButton, Segment } from './panelState';
import type { PanelWords } from './panelWords';

/** What the cards need of the whole: how many hops there were, since evidence of earlier ones is shown in the timeline. */
export interface CardContext {
  readonly words: PanelWords;
  readonly split: (text: string) => readonly Segment[];
  readonly hops: number;
}

/** The causes of a redacted diagnosis as cards, in its order. */
export function causeCards(diagnosis: Diagnosis, context: CardContext): CauseCard[] {
  const sent = diagnosis.sent ? context.split(context.words.sentText(diagnosis.sent)) : [];
  return diagnosis.causes.map((cause, index) => ({
    code: cause.code,
    ...context.words.explain(cause),
    evidence: cause.evidence.map((item) => evidenceLine(item, context)),
    sent,
    fixes: cause.fixes.map((fix, position) => fixButton(fix, index, position, context.words)),
  }));
}

/**
 * The fix a button stands for. Takes the diagnosis the cards were made of and the id that came back from the page, which
 * is not trusted; undefined where there is none.
 */
export function fixAt(diagnosis: Diagnosis, id: string): Fix | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})$/.exec(id);
  return match ? diagnosis.causes[Number(match[1])]?.fixes[Number(match[2])] : undefined;
}

function fixButton(fix: Fix, cause: number, position: number, words: PanelWords): FixButton {
  return {
    id: `${cause}.${position}`,
    label: words.fixLabel(fix),
    icon: words.fixIcon(fix),
    primary: cause === 0 && position === 0,
    ...(fix.kind === 'wait' ? { notBefore: fix.until } : {}),
  };
}

function evidenceLine(item: EvidenceItem, { words, split, hops }: CardContext): EvidenceLine {
  const at = placeOf(item, hops);
  return {
    label: words.evidenceLabel(item),
    value: split(words.evidenceText(item)),
    ...(item.kind === 'body' || item.kind === 'system' ? { quote: true } : {}),
    ...(at ? { at } : {}),
  };
}

/** Where the person finds a piece of evidence in the panel. */
function placeOf(item: EvidenceItem, hops: number): EvidenceLine['at'] {
  switch (item.kind) {
    case 'header':
      return item.hop < hops - 1 ? { tab: 'timeline' } : { tab: 'headers', find: item.name };
    case 'body':
      // A sentence that was shortened is not found as a whole.
      return { tab: 'body', find: item.text.replace(/…$/, '').slice(0, 80) };
    case 'hop':
      return { tab: 'timeline' };
    case 'claim':
    case 'credential':
      return { tab: 'request' };
    case 'system':
    case 'certificate':
    case 'clock':
    case 'scopes':
    case 'status':
      return undefined;
  }
}
