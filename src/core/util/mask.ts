/** What stands for a secret of ours. */
export const MASK = '••••';

/** What stands for something that only its name makes sensitive; one dot less, so that nobody takes it for a known secret. */
export const UNKNOWN_MASK = '•••';

/** From this length on (in characters) the last four are shown: enough to tell two keys apart, too little to use. */
const TAIL_FROM = 16;

/** How a secret is shown: `••••7Qx2`, or dots alone where it is shorter than 16 characters. */
export function maskOf(secret: string): string {
  const characters = Array.from(secret);
  const tail = characters.slice(-4).join('');
  return characters.length >= TAIL_FROM && /^[!-~]{4}$/.test(tail) ? MASK + tail : MASK;
}
