import * as z from 'zod';
import type { Vendor } from '../../source.ts';

const failure = z.object({ error: z.object({ type: z.string(), message: z.string() }) });

/** The words of an error body; null when it is not of the documented shape: https://platform.claude.com/docs/en/api/errors */
export function anthropicMessage(body: string): string | null {
  try {
    return failure.parse(JSON.parse(body)).error.message;
  } catch {
    return null;
  }
}

/** Anthropic's admin API, for Console and Enterprise organisations. */
export const anthropic: Vendor = {
  id: 'anthropic',
  title: 'Anthropic',
  baseUrl: 'https://api.anthropic.com',
  signIn: async (_ports, secret) => ({ 'x-api-key': secret, 'anthropic-version': '2023-06-01' }),
  credential:
    'an API key with scope read:analytics for usage and costs; an Admin API key (sk-ant-admin01-…) where users, workspaces and keys shall be named too',
  // 60 a minute and organisation are allowed: https://platform.claude.com/docs/en/manage-claude/analytics-api
  requestsPerMinute: 55,
  errorMessage: anthropicMessage,
  whoAmI: (baseUrl) => ({ url: `${baseUrl}/v1/organizations/me` }),
};
