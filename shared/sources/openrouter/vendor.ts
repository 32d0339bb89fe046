import * as z from 'zod';
import type { Vendor } from '../../source.ts';

const failure = z.object({ error: z.object({ message: z.string() }) });

/** OpenRouter: sells many vendors' models for credits, and forwards to a customer's own keys. */
export const openrouter: Vendor = {
  id: 'openrouter',
  title: 'OpenRouter',
  baseUrl: 'https://openrouter.ai/api/v1',
  signIn: async (_ports, secret) => ({ authorization: `Bearer ${secret}` }),
  // No narrower key reads activity: https://openrouter.ai/docs/features/provisioning-api-keys
  credential: 'a management key (it cannot call models, but it can make and delete keys: keep it for Outlay alone)',
  // No limit of the account's endpoints is told; two a second has been fine.
  requestsPerMinute: 120,
  errorMessage: (body) => {
    try {
      return failure.parse(JSON.parse(body)).error.message;
    } catch {
      return null;
    }
  },
  whoAmI: (baseUrl) => ({ url: `${baseUrl}/credits` }),
};
