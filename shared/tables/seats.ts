import { date, defineTable, nullable, oneOf, text, timestamp } from '../table.ts';

/** Who holds a paid seat, as the vendor's directory has it; what a seat costs stands in the ledger or in `contracts`. */
export const seats = defineTable({
  name: 'seats',
  grain: 'One row per day its directory changed, connection, product, and seat.',
  area: 'facts',
  partitioned: true,
  version: 1,
  sort: ['day', 'product', 'principal_id'],
  columns: {
    day: date('day of the snapshot; holds until the next one of the same source and connection'),
    source: text('source id'),
    connection_id: text('vendor as this company has it'),
    provider: text('vendor'),
    account_id: nullable(text('billing account; null: not told')),
    product: text('what the seat is of, e.g. copilot, cursor'),
    plan: nullable(text('plan as the vendor names it, e.g. business; null: not told')),
    principal_id: nullable(text('pseudonym of the person who holds it; null: nobody (yet), and paid all the same')),
    workspace_id: nullable(text('organisation or team at the vendor that grants it; null: not told')),
    status: oneOf(['active', 'ending', 'unknown'], 'ending: cancelled, still paid until ends_on'),
    assigned_at: nullable(timestamp('since when; null: open to the past')),
    ends_on: nullable(date('first day without it; null: no end told')),
    last_active_on: nullable(date('last day of use that the vendor saw; null: none, or not told')),
  },
});
