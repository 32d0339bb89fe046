import * as z from 'zod';
import type { Pseudonyms } from '../../pseudonym.ts';
import type { Ask, Asking, Connection, Disguised } from '../../source.ts';
import { DAY, instant, millis } from '../../time.ts';
import { address, list } from '../paging.ts';
import { once } from '../principal.ts';
import { type Actor, disguiseActor } from './actor.ts';

/** Whether a connection is a Claude Enterprise organisation with a key to its own reports. */
export const isEnterprise = ({ settings }: Connection): boolean => settings.reports === 'enterprise';

const maybe = z.string().nullish();

/** The person of a row; older answers spell `email`. Whoever is deleted has a placeholder for a name. */
export const enterpriseActor = z
  .object({
    type: z.literal('user_actor'),
    user_id: z.string(),
    email_address: maybe,
    email: maybe,
    name: maybe,
    deleted: z.boolean().nullish(),
  })
  .transform(
    ({ type, user_id: id, email_address, email, name, deleted }): Actor => ({
      type,
      id,
      email: email_address ?? email ?? null,
      name: deleted === true ? null : (name ?? null),
    }),
  );

/** A question by the day to one of the Enterprise reports: https://platform.claude.com/docs/en/manage-claude/analytics-api */
export function enterpriseQuestion(
  { window, connection }: Asking,
  report: 'user_cost_report' | 'cost_report' | 'user_usage_report',
  groupBy: readonly string[],
): Ask {
  const to = instant(Math.ceil(millis(window.to) / DAY) * DAY);
  return {
    url: address(connection.baseUrl, `/v1/organizations/analytics/${report}`, [
      ['starting_at', window.from.replace('.000Z', 'Z')],
      ['ending_at', to.replace('.000Z', 'Z')],
      ['bucket_width', '1d'],
      ...list('group_by', groupBy),
      // Rows of people, buckets of totals.
      ['limit', report === 'cost_report' ? '31' : '1000'],
    ]),
    about: { report },
  };
}

/** A product as the current reports spell it. */
export const productOf = (told: string | null): string | null => told?.replaceAll('-', '_') ?? null;

/** Takes the names out of rows of people. */
export function disguisePeople<Row extends { readonly actor: Actor }>(
  rows: readonly Row[],
  names: Pseudonyms,
): Disguised<readonly Row[]> {
  const told = rows.map((row) => disguiseActor(row.actor, names));
  return {
    page: rows.map((row, i) => ({
      ...row,
      actor: told[i]?.page ?? { ...row.actor, id: null, email: null, name: null },
    })),
    identities: once(told.flatMap(({ identities }) => identities)),
    principals: once(told.flatMap(({ principals = [] }) => principals)),
  };
}
