import * as z from 'zod';
import type { Vendor } from '../../source.ts';

const failure = z.object({ error: z.object({ message: z.string() }) });

/** The words of an error body; null when it is not of the documented shape. */
export function openaiMessage(body: string): string | null {
  try {
    return failure.parse(JSON.parse(body)).error.message;
  } catch {
    return null;
  }
}

/** OpenAI's admin API. */
export const openai: Vendor = {
  id: 'openai',
  title: 'OpenAI',
  baseUrl: 'https://api.openai.com/v1',
  signIn: async (_ports, secret) => ({ authorization: `Bearer ${secret}` }),
  credential:
    'an Admin API key (sk-admin-…) restricted to reading usage (api.usage.read) and, where users, projects and keys shall be named, to reading management',
  // No limit of the admin API is told; one a second has been fine.
  requestsPerMinute: 60,
  errorMessage: openaiMessage,
  whoAmI: (baseUrl) => ({ url: `${baseUrl}/organization/projects?limit=1` }),
};
