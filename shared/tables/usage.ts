import { date, defineTable, money, nullable, oneOf, quantity, text, timestamp } from '../table.ts';

/** What a usage record says of its own money, where no ledger of the vendor tells it. */
export const CLAIMS = ['billed', 'covered', 'free', 'copy'] as const;

/** What a vendor says was used: the allocation key, never the ledger. */
export const usage = defineTable({
  name: 'usage',
  grain: 'One row per vendor bucket (hour where offered), the dimensions asked for, and meter.',
  area: 'facts',
  partitioned: true,
  version: 2,
  sort: ['day', 'hour_at', 'model', 'meter', 'workspace_id', 'credential_id', 'principal_id'],
  columns: {
    day: date('UTC day of use'),
    hour_at: nullable(timestamp('start of the hour of use; null where the vendor only tells the day')),
    source: text('source id, e.g. anthropic_usage'),
    connection_id: text('vendor as this company has it, e.g. anthropic.main'),
    provider: text('who sells the service, e.g. anthropic'),
    account_id: nullable(text('billing account at the vendor; null if the vendor does not name it')),
    workspace_id: nullable(text('workspace or project at the vendor; null: not told, or outside any')),
    credential_id: nullable(text('API key id; null: not told, or used without a key')),
    principal_id: nullable(text('pseudonym of a person, or id of a service account; null: not told')),
    product: nullable(text('product of the vendor, e.g. claude_code; null: not told')),
    session_id: nullable(text('session at the vendor; null: not told')),
    model: nullable(text('model id as the vendor writes it; null where no model is used')),
    service_tier: nullable(text('tier that served: standard, batch, flex, priority …; null: not told')),
    speed: nullable(text('standard or fast; null: not told')),
    context_window: nullable(text('context bracket as the vendor writes it; null: not told')),
    region: nullable(text('where inference ran, e.g. global, us; null: not told')),
    meter: text('what is counted, an id of shared/meters.ts'),
    quantity: quantity('how much, in the unit of the meter'),
    claimed_cost: nullable(
      money('what the usage record itself says it cost; a bill only where claim is billed; null: no claim'),
    ),
    claim: nullable(
      oneOf(
        CLAIMS,
        'billed: the vendor bills claimed_cost for it, and this row is its ledger; covered: inside a seat, plan or pool, value without money; free: used and never charged; copy: the same use is told and billed by another connection; null: the ledger tells',
      ),
    ),
    cut: oneOf(
      ['whole', 'part', 'rest'],
      'whole: told in one answer; part: told by the attribution cut; rest: what the parts lack against the pricing cut, unattributed',
    ),
  },
});
