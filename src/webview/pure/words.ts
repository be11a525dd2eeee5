/** Puts values into `{0}`, `{1}`, … of a localised text. */
export function fill(text: string, ...values: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (place, index: string) => values[Number(index)] ?? place);
}

/** Milliseconds for reading: `0.4 ms`, `8.1 ms`, `128 ms`, `1.28 s`. */
export function duration(ms: number): string {
  if (ms < 10) return `${trim(ms.toFixed(1))} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 100_000 ? `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s` : `${Math.round(ms / 1000)} s`;
}

const trim = (text: string): string => text.replace(/\.0$/, '');

/**
 * Time still to wait, rounded up so that it never says nothing while there is something left: `12 s`, `2:05`, `1:00:09`.
 * Takes milliseconds and the word for seconds.
 */
export function countdown(ms: number, seconds: string): string {
  const left = Math.max(0, Math.ceil(ms / 1000));
  if (left < 60) return `${left} ${seconds}`;
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(left / 3600), Math.floor(left / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(left % 60)}` : `${minutes}:${two(left % 60)}`;
}

/** Time gone by so far, with tenths while they can be read: `0.4 s`, `59.9 s`, `2:05`. Takes milliseconds. */
export function elapsed(ms: number, seconds: string): string {
  const gone = Math.max(0, ms);
  return gone < 60_000 ? `${(Math.floor(gone / 100) / 10).toFixed(1)} ${seconds}` : countdown(gone - 999, seconds);
}
