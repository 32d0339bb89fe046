import * as z from 'zod';
import type { Vendor } from '../../source.ts';

/** `{error, message}` everywhere but in the newer 429, which is `{code, message}`: https://cursor.com/docs/account/teams/admin-api */
const failure = z
  .object({ message: z.string() })
  .and(z.union([z.object({ error: z.string() }), z.object({ code: z.string() })]));

/** What a refusal means where Cursor's words would make an operator look for a fault in the key. */
const PLAN_GATE = 'this part of the API needs a plan that the team does not have; the key itself may be good';

/** The words of an error body, a gate of the plan told as one; null when it is not of a documented shape. */
function errorMessage(body: string): string | null {
  try {
    const { message } = failure.parse(JSON.parse(body));
    return /enterprise|plan|upgrade/i.test(message) ? `${message} (${PLAN_GATE})` : message;
  } catch {
    return null;
  }
}

/** Cursor's admin API, a key a team. */
export const cursor: Vendor = {
  id: 'cursor',
  title: 'Cursor',
  baseUrl: 'https://api.cursor.com',
  // The key is the user name, the password is empty: https://cursor.com/docs/api
  signIn: async (_ports, secret) => ({ authorization: `Basic ${btoa(`${secret}:`)}` }),
  credential: 'a read-only Admin API key of the team (key_… or crsr_…), made by a team admin',
  // 60 a minute for events since 2026-10, 20 before and for the few other requests; a 429 says to wait a minute:
  // https://cursor.com/docs/account/teams/admin-api
  requestsPerMinute: 55,
  errorMessage,
  whoAmI: (baseUrl) => ({ url: `${baseUrl}/teams/members` }),
};
