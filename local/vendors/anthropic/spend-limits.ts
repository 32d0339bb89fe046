import { type Answer, type Asked, json } from '../http-server.ts';
import type { Organisation } from './organisation.ts';
import { refuse } from './refusal.ts';

const BETA = 'spend-limit-reads-2026-09-26';
const CENTS_A_PERSON = 30_000;

/** The spend limits of an organisation; a preview that only the main one has been let into. */
export function spendLimits({ headers }: Asked, organisation: Organisation): Answer {
  if (organisation.alias !== 'main')
    return refuse(400, 'spend limits: this organization does not have access to this preview');
  if (!String(headers['anthropic-beta'] ?? '').includes(BETA))
    return refuse(400, `anthropic-beta: this endpoint requires the beta ${BETA}`);
  const limit = (id: string, scope: object, cents: number): object => ({
    id: `spl_01${id}`,
    type: 'spend_limit',
    scope,
    amount: String(cents),
    currency: 'USD',
    period: 'monthly',
    is_enabled: true,
    created_at: '2026-06-01T00:00:00Z',
    updated_at: '2026-10-01T00:00:00Z',
  });
  const all = CENTS_A_PERSON * organisation.people.size;
  return json(200, {
    data: [
      limit('Organisation', { type: 'organization' }, all),
      limit('SearchApi', { type: 'workspace', workspace_id: organisation.workspaceId('search-api') }, 50_000),
      limit('UsageTier', { type: 'usage_tier' }, all * 4),
    ],
    next_page: null,
  });
}
