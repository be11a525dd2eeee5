import type { ResolveContext } from '../../../src/core/language/resolution';

/** 2026-01-31T10:20:30.456Z: a day that the next month does not have. */
export const now = Date.UTC(2026, 0, 31, 10, 20, 30, 456);

/** A world in which time stands still, chance gives the middle, and each UUID is the next number. */
export function still(): ResolveContext['dynamic'] {
  let count = 0;
  return {
    now: () => now,
    random: () => 0.5,
    uuid: () => `00000000-0000-4000-8000-${String(count++).padStart(12, '0')}`,
  };
}

export const stillContext: ResolveContext = { dynamic: still(), services: ['demo', 'other'] };
