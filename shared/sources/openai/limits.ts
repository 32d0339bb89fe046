import * as z from 'zod';
import { shiftLeft, sum } from '../../money.ts';
import { type Answer, type Ask, type Asking, defineSource, SNAPSHOT, type SourceRow } from '../../source.ts';
import { limits } from '../../tables/limits.ts';
import { address, beginsDay, from } from '../paging.ts';

const limit = {
  // Whole cents.
  threshold_amount: z.string().regex(/^\d+$/, 'must be whole cents'),
  currency: z.string(),
  interval: z.string(),
};

const page = z
  .discriminatedUnion('object', [
    z.object({ object: z.literal('organization.spend_limit'), ...limit }),
    z.object({ object: z.literal('project.spend_limit'), ...limit }),
    z.object({
      object: z.literal('list'),
      data: z.array(z.object({ id: z.string() })),
      has_more: z.boolean(),
      last_id: z.string().nullish(),
    }),
  ])
  .refine((told) => told.object !== 'list' || !told.has_more || typeof told.last_id === 'string', {
    path: ['last_id'],
    error: 'is missing although there is more',
  });

type Page = z.infer<typeof page>;
type LimitRow = SourceRow<typeof limits>;

const isLimit = ({ url }: Ask): boolean => new URL(url).pathname.endsWith('/spend_limit');

function rows(answers: readonly Answer<Page>[], { window }: Asking): LimitRow[] {
  return answers.flatMap(({ asked, page: told }): LimitRow[] => {
    if (told.object === 'list') return [];
    const project = asked.about?.project ?? null;
    return [
      {
        day: window.from.slice(0, 10),
        kind: 'spend_limit',
        scope_kind: project === null ? 'organization' : 'workspace',
        scope_id: project,
        period: told.interval === 'month' ? 'monthly' : null,
        amount: sum([shiftLeft(told.threshold_amount, 2)]),
        used_amount: null,
        unit: told.currency.toUpperCase(),
        // A hard limit; its `enforcement.status` says whether it has been reached and stops requests now.
        enforced: 'yes',
      },
    ];
  });
}

/** Hard spend limits of the organisation and its projects, as they are today. */
export const openaiLimits = defineSource<typeof limits, Page>({
  id: 'openai_limits',
  vendor: 'openai',
  title: 'OpenAI spend limits',
  ...SNAPSHOT,
  table: limits,
  page,
  exact: ['threshold_amount'],
  ask: ({ window, connection: { baseUrl } }) =>
    beginsDay(window)
      ? [
          { url: `${baseUrl}/organization/spend_limit` },
          { url: address(baseUrl, '/organization/projects', [['limit', '100']]) },
        ]
      : [],
  next: ({ asked, page: told, connection: { baseUrl } }) =>
    told.object === 'list'
      ? [
          ...(told.has_more && typeof told.last_id === 'string' ? [from(asked, 'after', told.last_id)] : []),
          ...told.data.map(({ id }) => ({
            url: `${baseUrl}/organization/projects/${encodeURIComponent(id)}/spend_limit`,
            about: { project: id },
          })),
        ]
      : [],
  // 404: none is set; 403: the key is for usage alone, and nothing depends on limits.
  refused: ({ status }) => (status === 404 || status === 403 ? [] : null),
  note: (answered, { window }) =>
    beginsDay(window) && !answered.some(isLimit)
      ? 'no spend limit is set, or this key may not read it; nothing depends on it'
      : null,
  rows,
  blindSpots:
    'What is used of a limit, alerts below it, prepaid credit, rate limits (https://platform.openai.com/docs/api-reference/administration).',
});
