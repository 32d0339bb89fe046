import { date, decimal, defineTable, nullable, oneOf, text, unitPrice, whole } from '../table.ts';

const validFrom = date('first day it holds; 0001-01-01: since ever');
const validTo = date('first day it no longer holds; 9999-12-31: still holds');

/** Whose hint is whose: an address, a login, a vendor id, all as keyed hashes. */
export const personHints = defineTable({
  name: 'person_hints',
  grain: 'One row per keyed hash of an address or login and the person it belongs to.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['hint'],
  columns: {
    hint: text('keyed hash of an e-mail address, or of vendor and login'),
    person_id: text('pseudonym of the person'),
  },
});

/** People in teams. */
export const people = defineTable({
  name: 'people',
  grain: 'One row per person and stay in a team.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['person_id', 'valid_from'],
  columns: {
    person_id: text('pseudonym of the person'),
    team_id: text('team'),
    started_on: nullable(date('first day in the company; null: not told')),
    left_on: nullable(date('first day no longer in the company; null: still there')),
    valid_from: validFrom,
    valid_to: validTo,
  },
});

/** The tree of teams, flattened. */
export const teams = defineTable({
  name: 'teams',
  grain: 'One row per team.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['team_id'],
  columns: {
    team_id: text('id'),
    team_name: text('as shown'),
    parent_id: nullable(text('team above; null: top')),
    path: text('ids from the top to this team, each closed by a slash'),
    cost_center: text('own, or that of the nearest team above'),
    owner_id: nullable(text('person id of the owner; null: nobody')),
    time_zone: text('IANA zone, UTC if not told'),
    channel: nullable(text('chat channel; null: the common one')),
  },
});

/** Allocation rules, splits unrolled. */
export const rules = defineTable({
  name: 'rules',
  grain: 'One row per rule and team it gives to.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['priority', 'rule_id', 'team_id'],
  columns: {
    rule_id: text('id'),
    priority: whole('rank among all rules, by priority and then id: lowest wins, unique'),
    provider: nullable(text('must equal; null: any')),
    connection_id: nullable(text('must equal; null: any')),
    workspace_id: nullable(text('must equal; null: any')),
    credential_id: nullable(text('must equal; null: any')),
    principal_id: nullable(text('must equal; null: any')),
    model: nullable(text('must equal; null: any')),
    method: oneOf(['assign', 'fixed', 'headcount', 'usage'], 'how it gives'),
    team_id: nullable(text('team given to; null: the rule names no team')),
    share: nullable(decimal(12, 10, 'fixed share; null: assign, headcount, usage')),
    cost_center: nullable(text('overrules that of the team')),
    project: nullable(text('project given')),
    application: nullable(text('application given')),
    valid_from: validFrom,
    valid_to: validTo,
  },
});

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

/** List prices, dated, expanded so that at most one row matches a use. */
export const prices = defineTable({
  name: 'prices',
  grain: 'One row per provider, model, meter, tier, speed, region, context bracket, and time a price holds.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['provider', 'model', 'meter', 'service_tier', 'speed', 'region', 'context_window', 'valid_from'],
  columns: {
    provider: text('vendor'),
    model: text('exact model id; `*` where the meter has one price for all models'),
    meter: text('id of shared/meters.ts'),
    service_tier: text('standard, batch, flex, priority …'),
    speed: text('standard or fast'),
    region: text('global, us …'),
    context_window: text('base or a bracket'),
    unit_price: unitPrice('list price of a single unit, USD'),
    valid_from: validFrom,
    valid_to: validTo,
    origin: text('where the price comes from'),
    note: nullable(text('what to know; null: nothing')),
  },
});

/** Meters as a table, for FOCUS's words in SQL. */
export const meters = defineTable({
  name: 'meters',
  grain: 'One row per meter.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['meter'],
  columns: {
    meter: text('id'),
    consumed_unit: text('FOCUS ConsumedUnit'),
    pricing_unit: text('FOCUS PricingUnit'),
    block: decimal(18, 0, 'units in one PricingUnit'),
    sku_meter: text('FOCUS SkuMeter'),
    is_priced: oneOf(['yes', 'no'], 'whether list prices exist for it'),
    token_direction: nullable(text('Input or Output; null: no token')),
    token_cache_action: nullable(text('Uncached, Read or Write; null: does not apply')),
  },
});

/** The calendar: SQL that both engines read alike cannot make a series of days. */
export const calendar = defineTable({
  name: 'calendar',
  grain: 'One row per day of the lake.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['day'],
  columns: {
    day: date('UTC day'),
    week: date('Monday of its week'),
    month: text('YYYY-MM'),
  },
});
