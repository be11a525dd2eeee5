import { setHeader } from '../http/headers';
import type { AuthScheme, Placement } from './scheme';

const placement: Placement = { in: 'header', name: 'Authorization' };

/** Bearer token (RFC 6750 section 2.1): `Authorization: Bearer <token>`, the token exactly as it was stored. */
export const bearer: AuthScheme = {
  id: 'bearer',
  fields: [{ name: 'token', secret: true }],
  choices: [{ code: 'bearer', settings: {} }],
  placements: () => [placement],
  sign: async (request, _settings, context) => {
    const value = context.secret('token');
    const wire = `Bearer ${value}`;
    return {
      request: { ...request, headers: setHeader(request.headers, placement.name, wire) },
      used: [{ service: context.service, field: 'token', value, wire, placement }],
    };
  },
};
