import type { Exchange, Hop, Timings } from '../core/http/exchange';
import { formatStatus } from './format';
import type { HopView, Segment, Severity, TimingBar } from './panelState';
import type { PanelWords } from './panelWords';

type Words = Pick<PanelWords, 'phase' | 'hopNote' | 'failureTitle'>;

const PHASES = ['dns', 'connect', 'tls', 'send', 'firstByte', 'download'] as const;

/** The hops of a redacted exchange with their phases as bars on one common scale of milliseconds. */
export function timeline(exchange: Exchange, words: Words, split: (text: string) => readonly Segment[]): HopView[] {
  const start = exchange.hops[0]?.timings.startedAt ?? 0;
  return exchange.hops.map((hop, index) => {
    const isLast = index === exchange.hops.length - 1;
    return {
      title: split(`${hop.request.method} ${hop.request.url}`),
      ...outcomeOf(hop, isLast ? exchange : undefined, words),
      notes: notesOf(hop, exchange, words),
      bars: barsOf(hop.timings, Math.max(0, hop.timings.startedAt - start), words),
      totalMs: hop.timings.total,
    };
  });
}

function outcomeOf(hop: Hop, exchange: Exchange | undefined, words: Words): { outcome: string; severity: Severity } {
  if (exchange?.outcome.kind === 'failure') {
    const { code } = exchange.outcome.failure;
    return { outcome: words.failureTitle(code), severity: code === 'cancelled' ? 'info' : 'error' };
  }
  if (!hop.response) return { outcome: '', severity: 'info' };
  const { status, statusText } = hop.response;
  return { outcome: formatStatus(status, statusText), severity: statusSeverity(status) };
}

/** How a status looks: success, a redirect, or a failure. */
export function statusSeverity(status: number): Severity {
  if (status >= 400) return 'error';
  return status >= 300 || status < 200 ? 'info' : 'success';
}

function notesOf(hop: Hop, exchange: Exchange, words: Words): string[] {
  const notes: string[] = [];
  if (hop.signed && wasSent(hop, exchange)) notes.push(words.hopNote({ code: 'credential-sent' }));
  if (hop.reusedConnection) notes.push(words.hopNote({ code: 'connection-reused' }));
  if (hop.tls?.protocol !== undefined) {
    notes.push(
      words.hopNote({ code: 'tls', protocol: hop.tls.protocol, verified: exchange.tlsVerified && hop.tls.authorized }),
    );
  }
  const { redirect } = hop;
  if (!redirect) return notes;
  if (redirect.stopped !== undefined) notes.push(words.hopNote({ code: 'redirect-stopped', why: redirect.stopped }));
  if (redirect.dropped.length > 0) notes.push(words.hopNote({ code: 'credential-left-out', names: redirect.dropped }));
  if (redirect.becameGet) notes.push(words.hopNote({ code: 'became-get' }));
  return notes;
}

/** A hop whose connection was never made sent nothing, whatever was attached to it. */
function wasSent(hop: Hop, { outcome }: Exchange): boolean {
  if (hop.response || outcome.kind === 'response') return true;
  const { phase } = outcome.failure;
  return phase !== 'dns' && phase !== 'connect' && phase !== 'tls';
}

/** Phases that did not happen have no bar; each begins where the one before it ended. */
function barsOf(timings: Timings, offset: number, words: Words): TimingBar[] {
  const bars: TimingBar[] = [];
  let start = offset;
  for (const phase of PHASES) {
    const duration = timings[phase];
    if (duration === undefined) continue;
    bars.push({ phase, label: words.phase(phase), start, duration });
    start += duration;
  }
  return bars;
}
