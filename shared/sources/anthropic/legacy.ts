import * as z from 'zod';
import type { Ask, Asking, Connection } from '../../source.ts';
import { address, list } from '../paging.ts';
import { byForm, isBucketed } from './form.ts';
import { anthropicMessage } from './vendor.ts';

/** Whether a connection's settings say that its organisation has the legacy reports only. */
export const asksLegacy = ({ settings }: Connection): boolean => settings.api === 'legacy';

/** Whether a question is one to the legacy reports. */
export const isLegacy = ({ about }: Ask): boolean => about?.api === 'legacy';

/**
 * Whether a refusal of a current report's first page means that this organisation does not have it: the route is unknown
 * there, or closed to it (400 for HIPAA readiness, https://platform.claude.com/docs/en/manage-claude/usage-cost-analytics-api).
 */
export function lacksReport({ asked, status, body }: { asked: Ask; status: number; body: string }): boolean {
  if (isLegacy(asked) || new URL(asked.url).searchParams.has('page')) return false;
  return status === 404 || (status === 400 && /\bHIPAA\b/i.test(anthropicMessage(body) ?? ''));
}

/** What the days' status says once an organisation has turned out to have the legacy reports only. */
export function legacyNote(answered: readonly Ask[], { connection }: Asking): string | null {
  if (asksLegacy(connection) || !answered.some(isLegacy)) return null;
  return "told by the legacy reports, for this organisation lacks the current ones: no requests are counted and the ledger names no key and no person; the setting api: 'legacy' saves a refused question each time";
}

/** The default workspace, which the legacy reports write as null. */
export const DEFAULT_WORKSPACE = 'default';

/** Most buckets that a page may hold: https://platform.claude.com/docs/en/api/admin/usage_report */
const LIMITS = { '1d': '31', '1h': '168' } as const;

/** A question to a legacy report. */
export function legacyQuestion(
  { window, connection }: Asking,
  report: 'usage_report/messages' | 'cost_report',
  bucket: keyof typeof LIMITS,
  groupBy: readonly string[],
  filters: readonly (readonly [string, string])[] = [],
): Ask {
  const needsBeta = groupBy.includes('speed') || filters.some(([name]) => name === 'speeds[]');
  return {
    url: address(connection.baseUrl, `/v1/organizations/${report}`, [
      ['starting_at', window.from.replace('.000Z', 'Z')],
      ['ending_at', window.to.replace('.000Z', 'Z')],
      ['bucket_width', bucket],
      ...list('group_by', groupBy),
      ...filters,
      ['limit', LIMITS[bucket]],
    ]),
    ...(needsBeta ? { headers: { 'anthropic-beta': 'fast-mode-2026-02-01' } } : {}),
    about: { api: 'legacy' },
  };
}

const stamped = z.looseObject({ data_refreshed_at: z.unknown() });

/** A page in the current form, or in the legacy one read into it. The current ones are stamped, the legacy ones are not. */
export const eitherForm = <Page>(current: z.ZodType<Page>, legacy: z.ZodType<Page>): z.ZodType<Page> =>
  byForm((value) => isBucketed(value) && !stamped.safeParse(value).success, legacy, current);
