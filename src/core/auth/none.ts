import type { AuthScheme } from './scheme';

/** No authentication: the service only gives its address. */
export const none: AuthScheme = {
  id: 'none',
  fields: [],
  choices: [{ code: 'none', settings: {} }],
  placements: () => [],
  sign: async (request) => ({ request, used: [] }),
};
