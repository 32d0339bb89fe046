import {
  type Column,
  date,
  decimal,
  defineTable,
  nullable,
  oneOf,
  quantity,
  type Table,
  text,
  unitPrice,
} from '../table.ts';
import { aiAndCloudCost, cloudBillDaily } from './cloud-bill.ts';

/** How sure a cost is of whom it belongs to. */
export const BASES = ['direct', 'derived', 'shared', 'covered', 'unattributed'] as const;

const cost = (says: string): Column<string> => decimal(28, 10, says);

/** Who and what, alike in usage and charges. */
const dimensions = {
  account_id: nullable(text('billing account at the vendor; null: not told')),
  workspace_id: nullable(text('workspace or project; null: not told')),
  credential_id: nullable(text('API key; null: not told, or used without a key')),
  principal_id: nullable(text('person (pseudonym) or service account; null: not told')),
  product: nullable(text('product of the vendor; null: not told')),
  model: nullable(text('model id; null: no model, or not told')),
};

/** Days whole, and in them what is alike side by side: a column of long runs is small and fast to read. */
const ordered = ['day', 'connection_id', 'model', 'meter', 'principal_id', 'credential_id', 'workspace_id'] as const;

/** Usage at list price. Made from queries/core/priced_usage.sql. */
export const pricedUsage = defineTable({
  name: 'priced_usage',
  grain: 'One row per day and everything that usage tells of itself.',
  area: 'marts',
  partitioned: true,
  version: 1,
  sort: ordered,
  columns: {
    day: date('UTC day of use'),
    source: text('source id'),
    connection_id: text('connection'),
    provider: text('vendor'),
    ...dimensions,
    service_tier: text('tier as prices name it'),
    speed: text('speed as prices name it'),
    context_window: text('context bracket as prices name it'),
    region: text('region as prices name it'),
    meter: text('what is counted'),
    claim: nullable(text('billed, covered, free or copy; null: the ledger tells')),
    cut: text('whole, part or rest'),
    quantity: quantity('how much'),
    unit_price: nullable(unitPrice('list price of one unit that day; null: unknown')),
    list_cost: nullable(cost('quantity at list price; null: unpriced')),
    claimed_cost: nullable(cost('what the usage record claims it cost; null: no claim')),
    price_note: nullable(
      text('not_priced: a meter without prices; no_price; ambiguous_price; else what to know of the price'),
    ),
  },
});

/** Every dollar once, before it is spread. Made from queries/core/ledger_lines.sql. */
export const ledgerLines = defineTable({
  name: 'ledger_lines',
  grain: 'One row per line of the ledger, each dollar once.',
  area: 'marts',
  partitioned: true,
  version: 1,
  sort: ordered,
  columns: {
    day: date('UTC day the line is for'),
    source: text('source id, or contracts'),
    connection_id: text('connection; <vendor>.contracts: a contract for every connection of the vendor'),
    provider: text('vendor'),
    ...dimensions,
    service_tier: nullable(text('tier; null: not told')),
    speed: nullable(text('speed; null: not told')),
    context_window: nullable(text('context bracket; null: not told')),
    region: nullable(text('region; null: not told')),
    meter: nullable(text('what was counted; null: the line does not say')),
    quantity: nullable(quantity('how much; null: not told')),
    charge_category: text("FOCUS's ChargeCategory"),
    charge_frequency: text("FOCUS's ChargeFrequency"),
    charge_class: nullable(text("FOCUS's ChargeClass")),
    charge_description: nullable(text("the line's own words")),
    billed_cost: cost('invoiced by this biller; 0 where another bills it, or it is drawn from money paid before'),
    list_cost: nullable(cost('at list price; null: not told')),
    contracted_cost: nullable(cost('at the negotiated price; null: not told')),
    effective_cost: cost('spend; 0 where another bills it, or it is paid ahead of use'),
    billing_currency: text('ISO 4217'),
    invoice_id: nullable(text('invoice; null: not yet')),
    sku_id: nullable(text("the vendor's own id of the line item; null: not told")),
    contract_id: nullable(text('contract that gives the line, or that it is drawn from; null: none')),
    origin: oneOf(
      ['costs', 'usage', 'contracts', 'terms'],
      "costs: the vendor's ledger; usage: usage that is its own bill; contracts: a line of a contract; terms: what a contract takes off or puts on a line",
    ),
    told_cost: cost('what the origin told, before another biller and money paid before are looked at'),
    billed_by: nullable(text('who else bills it; null: nobody else')),
    is_named: oneOf(['yes', 'no'], 'whether it stands as it is: it names a key or a person, or is told by usage'),
    is_covered: oneOf(['yes', 'no'], 'use inside a pool, told by the ledger: listed, and nothing to pay'),
    spread_by: oneOf(['usage', 'seats', 'nobody'], 'what a line that names nobody is spread by'),
    kept_reason: nullable(text('why it is kept whole whatever usage tells; null: it is not')),
  },
});

/** The ledger, spread as finely as usage allows. Made from queries/core/charges.sql. */
export const charges = defineTable({
  name: 'charges',
  grain: 'One row per charge: a ledger line, a part of one, or priced usage that the ledger does not have yet.',
  area: 'marts',
  partitioned: true,
  version: 1,
  sort: ordered,
  columns: {
    day: date('UTC day the charge is for'),
    source: text('source id of the ledger; of the usage where the ledger has no line yet'),
    connection_id: text('connection'),
    provider: text('vendor'),
    ...dimensions,
    service_tier: nullable(text('tier; null: not told')),
    speed: nullable(text('speed; null: not told')),
    context_window: nullable(text('context bracket; null: not told')),
    region: nullable(text('region; null: not told')),
    meter: nullable(text('what was counted; null: the line does not say')),
    quantity: nullable(quantity('how much; null: unknown')),
    list_unit_price: nullable(unitPrice('list price of one unit; null: unknown')),
    charge_category: text("FOCUS's ChargeCategory"),
    charge_frequency: text("FOCUS's ChargeFrequency"),
    charge_class: nullable(text("FOCUS's ChargeClass")),
    charge_description: nullable(text("the line's own words")),
    list_cost: nullable(cost('at list price; null: unknown')),
    contracted_cost: nullable(cost('at the negotiated price; null: unknown')),
    billed_cost: cost('invoiced; 0 while estimated'),
    effective_cost: nullable(cost('spend; null: estimated and unpriced')),
    billing_currency: text('ISO 4217'),
    invoice_id: nullable(text('invoice; null: not yet')),
    sku_id: nullable(text("the vendor's own id of the line item; null: not told")),
    contract_id: nullable(text('contract that gives the line, or that it is drawn from; null: none')),
    basis: oneOf(BASES, 'how sure it is whom it belongs to'),
    reason: nullable(text('why it is unattributed; null: it is not')),
    status: oneOf(['billed', 'estimated'], 'whether the ledger has it'),
  },
});

/** Charges given to whom they belong. Made from queries/marts/allocated_cost.sql. */
export const allocatedCost = defineTable({
  name: 'allocated_cost',
  grain: 'One row per day, who and what is charged, and team it is given to.',
  area: 'marts',
  partitioned: true,
  version: 1,
  sort: ['day', 'connection_id', 'model', 'meter', 'person_id', 'credential_id', 'workspace_id'],
  columns: {
    day: date('UTC day'),
    provider: text('vendor'),
    connection_id: text('connection'),
    workspace_id: dimensions.workspace_id,
    credential_id: dimensions.credential_id,
    principal_id: dimensions.principal_id,
    person_id: nullable(text('person; null: none known')),
    team_id: nullable(text('team; null: nobody')),
    cost_center: nullable(text('cost centre; null: nobody')),
    project: nullable(text('project given by a rule')),
    application: nullable(text('application given by a rule')),
    product: dimensions.product,
    model: dimensions.model,
    meter: nullable(text('what was counted; null: not told')),
    basis: oneOf(BASES, 'how sure it is whom it belongs to'),
    reason: nullable(text('why nobody has it; null: somebody has')),
    rule_id: nullable(text('rule that gave it; null: no rule')),
    status: oneOf(['billed', 'estimated'], 'whether the ledger has it'),
    charge_category: text("FOCUS's ChargeCategory"),
    quantity: nullable(quantity('how much; null: unknown')),
    billing_currency: text('ISO 4217'),
    list_cost: nullable(cost('at list price; null: unknown')),
    billed_cost: cost('invoiced'),
    allocated_cost: nullable(cost('spend; null: estimated and unpriced')),
  },
});

/** What is made a month at a time by the query of that name, in order of need. */
export const MATERIALISED = [pricedUsage, ledgerLines, charges, allocatedCost, cloudBillDaily, aiAndCloudCost] as const;

/** Those that a lake without a bill of its cloud has nothing to show beside: there it is `allocated_cost` that shows AI. */
export const BESIDE_A_BILL: readonly Table[] = [cloudBillDaily, aiAndCloudCost];

/** Where a month just made is read back before the table itself points at it: nobody else reads these. */
export const CANDIDATES: readonly Table[] = MATERIALISED.map(candidate);

/** The candidate of a materialised table. */
export function candidate(table: Table): Table {
  return {
    ...table,
    name: candidateOf(table.name),
    grain: `${table.grain} A month just made, not yet compared.`,
  };
}

/** The name of a materialised table's candidate. */
export function candidateOf(name: string): string {
  return `${name}_candidate`;
}
