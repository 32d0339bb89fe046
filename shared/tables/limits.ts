import { date, decimal, defineTable, nullable, oneOf, text } from '../table.ts';

/** What a vendor itself says may be spent, is included, or is left. */
export const limits = defineTable({
  name: 'limits',
  grain: 'One row per day it changed, connection, kind of limit, and scope it holds for.',
  area: 'facts',
  partitioned: true,
  version: 1,
  sort: ['day', 'kind', 'scope_kind', 'scope_id'],
  columns: {
    day: date('day of the snapshot; holds until the next one of the same source and connection'),
    source: text('source id'),
    connection_id: text('vendor as this company has it'),
    provider: text('vendor'),
    kind: oneOf(
      ['spend_limit', 'included_pool', 'prepaid_balance'],
      'spend_limit: at most; included_pool: paid with the seats; prepaid_balance: what is left of money paid before',
    ),
    scope_kind: oneOf(
      ['organization', 'workspace', 'team', 'person', 'credential', 'cost_center', 'tier'],
      'whom it holds for',
    ),
    scope_id: nullable(text("pseudonym of a person, else the vendor's id; null: the whole organisation")),
    period: nullable(
      oneOf(['daily', 'weekly', 'monthly', 'cycle'], 'in which it starts anew; null: never, or not told'),
    ),
    amount: nullable(decimal(20, 10, 'the limit, pool or balance; null: unlimited')),
    used_amount: nullable(decimal(20, 10, 'used of it so far; null: not told')),
    unit: text('USD, or credits'),
    enforced: oneOf(['yes', 'no', 'unknown'], 'whether the vendor stops there'),
  },
});
