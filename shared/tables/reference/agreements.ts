import { date, decimal, defineTable, nullable, oneOf, text, unitPrice } from '../../table.ts';
import { validFrom, validTo } from './validity.ts';

/** Budgets. */
export const budgets = defineTable({
  name: 'budgets',
  grain: 'One row per budget and time it holds.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['budget_id', 'valid_from'],
  columns: {
    budget_id: text('id'),
    scope_kind: oneOf(['company', 'cost_center', 'team'], 'whose'),
    scope_id: text('`company`, cost centre or team'),
    monthly_amount: decimal(28, 10, 'amount for a UTC month'),
    billing_currency: text('ISO 4217'),
    valid_from: validFrom,
    valid_to: validTo,
  },
});

/** What a company has agreed with a vendor, and what no usage API shows: seats, commitments, money paid before, rates. */
export const contracts = defineTable({
  name: 'contracts',
  grain: 'One row per contract line and time it holds.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['contract_id', 'valid_from'],
  columns: {
    contract_id: text('id of the line'),
    provider: text('vendor, e.g. github'),
    connection_id: nullable(text('connection it is for; null: every connection of the vendor')),
    product: nullable(text('product it is for, e.g. copilot; null: everything of the vendor')),
    kind: oneOf(
      ['seats', 'commitment', 'prepaid', 'discount', 'tax', 'credit_price', 'biller'],
      'seats: a fee per seat; commitment: an amount owed whether used or not; prepaid: money paid before, drawn down; discount and tax: a share of what is billed; credit_price: what one credit or agent compute unit costs; biller: billed elsewhere',
    ),
    term: oneOf(['month', 'year', 'once'], 'how often the amount is owed'),
    quantity: nullable(decimal(28, 6, 'seats bought; null: as many as the vendor says are held, by the day')),
    unit_price: nullable(
      unitPrice('price of one seat a term, or of one credit or agent compute unit; null: another kind'),
    ),
    amount: nullable(decimal(28, 10, 'amount a term, or paid once; null: another kind')),
    rate: nullable(decimal(12, 10, 'share: 0.15 is 15 %; null: another kind')),
    billing_currency: text('ISO 4217'),
    billed_through: nullable(
      text('who bills it instead of the vendor: a connection, aws_marketplace, azure, reseller …; null: the vendor'),
    ),
    owner_id: nullable(text('person id of who looks after it; null: nobody')),
    note: nullable(text('in words')),
    valid_from: validFrom,
    valid_to: validTo,
  },
});

/** What was paid by card: AI tools that no vendor's API shows. */
export const expenses = defineTable({
  name: 'expenses',
  grain: 'One row per line of a card statement.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['day', 'expense_id'],
  columns: {
    expense_id: text('stable id: the same line has it in every push'),
    day: date('day it was paid'),
    merchant: text('as the card statement has it'),
    provider: nullable(text('whose tool it pays, e.g. cursor, midjourney; null: not known to sell AI tools')),
    person_id: nullable(text('pseudonym of who paid; null: not told')),
    billed_cost: decimal(28, 10, 'what was paid; negative: a refund'),
    billing_currency: text('ISO 4217, as paid: never converted'),
    note: nullable(text('in words')),
  },
});

/** Rates at which spend is told in one currency; what is billed never changes by them. */
export const fx = defineTable({
  name: 'fx',
  grain: 'One row per currency and time its rate holds; all of them to one currency.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['from_currency', 'valid_from'],
  columns: {
    from_currency: text('ISO 4217, as billed'),
    to_currency: text('ISO 4217, the same in every row'),
    rate: decimal(15, 10, 'what one unit of from_currency is in to_currency'),
    origin: text('where the rate comes from'),
    valid_from: validFrom,
    valid_to: validTo,
  },
});

/** Events that explain spend before it happens. */
export const plannedEvents = defineTable({
  name: 'planned_events',
  grain: 'One row per planned event and scope.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['starts_on', 'event_id'],
  columns: {
    event_id: text('id'),
    scope_kind: oneOf(['company', 'team', 'person', 'credential'], 'whose'),
    scope_id: text('`company`, team, person id or key id'),
    kind: oneOf(['holiday', 'launch', 'migration', 'expected'], 'what'),
    starts_on: date('first day'),
    ends_on: date('first day after'),
    factor: decimal(12, 4, 'by how much the bound is raised; 1: not'),
    note: nullable(text('in words')),
  },
});
