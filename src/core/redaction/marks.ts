import type { SecretUse } from '../auth/scheme';
import type { Needles } from './needles';
import { secretOf, secretsOf } from './words';

/** A mask that may occur in redacted values, and whose secret it stands for. */
export interface Mark {
  readonly mask: string;
  /** In words, e.g. `token of service SendGrid`. */
  readonly secretOf: string;
}

/** The marks of these secrets, the longest mask first; secrets with the same mask share one. */
export function marksOf(
  used: readonly SecretUse[],
  needles: Needles,
  names: (serviceId: string) => string | undefined,
): readonly Mark[] {
  const owners = new Map<string, Set<string>>();
  for (const { value, field, service } of used) {
    if (value === '') continue;
    const mask = needles.maskFor(value);
    const words = secretOf(field, service === undefined ? undefined : (names(service) ?? service));
    owners.set(mask, (owners.get(mask) ?? new Set()).add(words));
  }
  return [...owners]
    .map(([mask, words]) => ({ mask, secretOf: secretsOf([...words]) }))
    .sort((a, b) => b.mask.length - a.mask.length);
}

/** A redacted text in pieces: those that are a mask say whose secret they stand for. */
export function splitAtMarks(
  text: string,
  marks: readonly Mark[],
): readonly { readonly text: string; readonly secretOf?: string }[] {
  const pieces: { text: string; secretOf?: string }[] = [];
  let plain = 0;
  let at = text.indexOf('•');
  while (at >= 0) {
    const mark = marks.find(({ mask }) => text.startsWith(mask, at));
    if (mark === undefined) at += 1;
    else {
      if (at > plain) pieces.push({ text: text.slice(plain, at) });
      pieces.push({ text: mark.mask, secretOf: mark.secretOf });
      at += mark.mask.length;
      plain = at;
    }
    at = text.indexOf('•', at);
  }
  if (plain < text.length || pieces.length === 0) pieces.push({ text: text.slice(plain) });
  return pieces;
}
