import type { BodySink, Files } from '../ports';
import type { Redactor } from '../redaction/redact';

const extensions: readonly (readonly [RegExp, string])[] = [
  [/[/+]json\b/i, '.json'],
  [/[/+]xml\b/i, '.xml'],
  [/^text\/html\b/i, '.html'],
  [/^text\/csv\b/i, '.csv'],
  [/^text\//i, '.txt'],
];

/** A temporary file for a body over the memory ceiling. What is written there is redacted on the way. */
export async function bodySink(files: Files, contentType: string | undefined, redactor: Redactor): Promise<BodySink> {
  const extension = extensions.find(([pattern]) => pattern.test(contentType ?? ''))?.[1] ?? '.bin';
  const sink = await files.temporary(extension);
  const filter = redactor.byteFilter();
  return {
    write: async (chunk) => sink.write(filter.write(chunk)),
    close: async () => {
      await sink.write(filter.end());
      return sink.close();
    },
    discard: () => sink.discard(),
  };
}
