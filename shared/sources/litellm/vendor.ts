import * as z from 'zod';
import type { Vendor } from '../../source.ts';

const failure = z.union([
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
]);

/** A LiteLLM proxy: a company's own gateway to many vendors, at an address of its own. */
export const litellm: Vendor = {
  id: 'litellm',
  title: 'LiteLLM',
  baseUrl: null,
  signIn: async (_ports, secret) => ({ authorization: `Bearer ${secret}` }),
  credential:
    'a key of a user with the role proxy_admin_viewer, which sees all spend and changes nothing (https://docs.litellm.ai/docs/proxy/access_control); never the master key',
  // The proxy serves the company's own traffic from the same database.
  requestsPerMinute: 120,
  errorMessage: (body) => {
    try {
      return failure.parse(JSON.parse(body));
    } catch {
      return null;
    }
  },
  whoAmI: (baseUrl) => ({ url: `${baseUrl}/user/info` }),
};
