import * as z from 'zod';
import type { Vendor } from '../../source.ts';

// What a refusal's body looks like is not documented; its words are read where they stand in `detail`.
const failure = z.object({ detail: z.string() });

/** Devin (Cognition): an enterprise, by the API for service users; a dedicated deployment has an address of its own. */
export const devin: Vendor = {
  id: 'devin',
  title: 'Devin',
  baseUrl: 'https://api.devin.ai',
  signIn: async (_ports, secret) => ({ authorization: `Bearer ${secret}` }),
  credential:
    'a key (cog_…) of a service user of the enterprise whose role may view consumption (ViewAccountConsumption; ManageBilling where roles are older) and, where people shall be named, ViewAccountMembership (https://docs.devin.ai/api-reference/authentication)',
  // No limit is told: https://docs.devin.ai/api-reference/overview
  requestsPerMinute: 60,
  errorMessage: (body) => {
    try {
      return failure.parse(JSON.parse(body)).detail;
    } catch {
      return null;
    }
  },
  whoAmI: (baseUrl) => ({ url: `${baseUrl}/v3/enterprise/consumption/cycles` }),
};
