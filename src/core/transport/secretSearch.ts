import type { SecretUse } from '../auth/scheme';
import { binaryText, containsForm, secretForms } from '../http/secretForms';

/** Finds secrets that were used, in every form, where they must not travel on. */
export interface SecretSearch {
  /** True where the text has a secret in it, also behind up to three layers of percent-encoding. */
  inText(text: string): boolean;
  /** True where the bytes have a secret in them. */
  inBytes(bytes: Uint8Array): boolean;
}

/** A secret shorter than this is in any text by chance; it counts where it stands alone. */
const shortest = 4;

/** Takes the secrets of a send: their values, and what stood in the request because of them. */
export function createSecretSearch(used: readonly SecretUse[]): SecretSearch {
  const values = new Set(used.flatMap(({ value, wire }) => [value, wire, wire.slice(wire.indexOf(' ') + 1)]));
  const forms = [...new Set([...values].flatMap(secretForms))];
  const long = forms.filter((form) => form.length >= shortest);
  const alone = forms.filter((form) => form.length < shortest).map(standingAlone);
  const utf8 = (form: string): string => binaryText(new TextEncoder().encode(form));
  const longBytes = [...new Set([...long, ...long.map(utf8)])];
  return {
    inText: (text) =>
      layers(text).some((layer) => containsForm(layer, long) || alone.some((pattern) => pattern.test(layer))),
    inBytes: (bytes) => {
      const text = binaryText(bytes);
      return containsForm(text, longBytes) || alone.some((pattern) => pattern.test(text));
    },
  };
}

function standingAlone(form: string): RegExp {
  const escaped = form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return new RegExp(`(?<![A-Za-z0-9])${escaped}(?![A-Za-z0-9])`);
}

/** The text as it is and with percent-encoding undone once, twice and three times, with `+` as itself and as a space. */
function layers(text: string): string[] {
  const found = new Set([text]);
  let layer = text;
  for (let depth = 0; depth < 3; depth++) {
    layer = percentDecoded(layer);
    found.add(layer).add(layer.replaceAll('+', ' '));
  }
  return [...found];
}

function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split('%'), (digits) => Number.parseInt(digits, 16));
    return new TextDecoder('utf-8').decode(bytes);
  });
}
