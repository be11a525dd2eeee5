export interface Found {
  readonly from: number;
  readonly to: number;
}

/**
 * Where a quoted text stands in a body. Evidence quotes a value as it was meant; a body writes it in its own way, so it is
 * looked for as it is, as JSON and as markup write it, then without regard to case. Undefined where it is not there.
 */
export function locate(text: string, quoted: string): Found | undefined {
  const wanted = quoted.trim();
  if (wanted === '') return undefined;
  for (const form of writtenForms(wanted)) {
    const from = text.indexOf(form);
    if (from >= 0) return { from, to: from + form.length };
  }
  const lower = text.toLowerCase();
  // Lower case may be longer than the original (e.g. İ): positions would be off then.
  if (lower.length !== text.length) return undefined;
  const from = lower.indexOf(wanted.toLowerCase());
  return from < 0 ? undefined : { from, to: from + wanted.length };
}

function writtenForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const markup = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [text, json, json.replaceAll('/', '\\/'), markup, markup.replaceAll('"', '&quot;')];
}
