import * as z from 'zod';
import type { Pseudonyms } from '../../pseudonym.ts';
import type { Disguised, Identity, Principal } from '../../source.ts';
import { identityOf, principalOf } from '../principal.ts';

const count = z.int().nonnegative().nullish();
const flag = z.boolean().nullish();

/** One use: https://cursor.com/docs/account/teams/admin-api (filtered usage events). It has no id. */
const event = z.object({
  // Epoch milliseconds, as text.
  timestamp: z.string().regex(/^\d{12,14}$/),
  userEmail: z.string().nullish(),
  model: z.string(),
  kind: z.string(),
  maxMode: flag,
  isHeadless: flag,
  requestsCosts: z.string().nullish(),
  chargedCents: z.string().nullish(),
  // Absent on request-based plans.
  tokenUsage: z
    .object({ inputTokens: count, outputTokens: count, cacheWriteTokens: count, cacheReadTokens: count })
    .nullish(),
});

/** A page of usage events. */
export const eventPage = z
  .object({
    totalUsageEventsCount: z.int().nonnegative(),
    pagination: z.object({ numPages: z.int(), currentPage: z.int(), hasNextPage: z.boolean() }),
    usageEvents: z.array(event),
  })
  .refine(({ pagination: { numPages, currentPage, hasNextPage } }) => hasNextPage === currentPage < numPages, {
    path: ['pagination', 'hasNextPage'],
    error: 'disagrees with numPages and currentPage: there is more without a page, or a page without more',
  });

/** A usage event; `userEmail` holds the pseudonym once disguised. */
export type UsageEvent = z.infer<typeof event>;
/** A page of them. */
export type EventPage = z.infer<typeof eventPage>;

/** Makes pseudonyms of the addresses, and says whom it met: who has been removed stands in no other list by then. */
export function disguiseEvents(page: EventPage, names: Pseudonyms): Disguised<EventPage> {
  const met = new Map<string, { readonly identity: Identity; readonly principal: Principal }>();
  const usageEvents = page.usageEvents.map((one) => {
    const email = one.userEmail?.trim() ?? '';
    if (email === '') return { ...one, userEmail: null };
    const id = names.email(email);
    if (!met.has(id)) {
      met.set(id, {
        identity: identityOf({ kind: 'person', id, email }),
        principal: principalOf({ kind: 'person', id, email_hint: id }),
      });
    }
    return { ...one, userEmail: id };
  });
  return {
    page: { ...page, usageEvents },
    identities: [...met.values()].map(({ identity }) => identity),
    principals: [...met.values()].map(({ principal }) => principal),
  };
}
