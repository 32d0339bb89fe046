import { date, defineTable, money, nullable, oneOf, quantity, text } from '../table.ts';

/** FOCUS's charge categories. */
export const CHARGE_CATEGORIES = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] as const;

/** The ledger: what a vendor bills. */
export const costs = defineTable({
  name: 'costs',
  grain: "One row per line of a vendor's ledger.",
  area: 'facts',
  partitioned: true,
  version: 1,
  sort: ['day', 'model', 'meter', 'workspace_id', 'credential_id', 'principal_id', 'charge_description'],
  columns: {
    day: date('UTC day the charge is for'),
    source: text('source id, e.g. anthropic_costs'),
    connection_id: text('vendor as this company has it, e.g. anthropic.main'),
    provider: text('who sells the service'),
    account_id: nullable(text('billing account at the vendor; null if the vendor does not name it')),
    workspace_id: nullable(text('workspace or project the vendor billed; null: not told')),
    credential_id: nullable(text('API key the vendor billed; null: not told')),
    principal_id: nullable(text('person (pseudonym) or service account the vendor billed; null: not told')),
    product: nullable(text('product of the vendor; null: not told')),
    model: nullable(text('model id; null where no model is billed')),
    service_tier: nullable(text('tier billed; null: not told')),
    speed: nullable(text('standard or fast; null: not told')),
    context_window: nullable(text('context bracket billed; null: not told')),
    region: nullable(text('where inference ran; null: not told')),
    meter: nullable(
      text('what was counted, an id of shared/meters.ts; null: the line does not say, or we do not know its words'),
    ),
    quantity: nullable(quantity('how much, in the unit of the meter; null: not told')),
    charge_category: oneOf(CHARGE_CATEGORIES, "FOCUS's ChargeCategory"),
    charge_frequency: oneOf(['One-Time', 'Recurring', 'Usage-Based'], "FOCUS's ChargeFrequency"),
    charge_class: nullable(oneOf(['Correction'], "FOCUS's ChargeClass")),
    charge_description: nullable(text("the line's own words")),
    billed_cost: money('invoiced amount'),
    list_cost: nullable(money('amount at list price; null: not told')),
    contracted_cost: nullable(money('amount at the negotiated price; null: not told')),
    effective_cost: money('amortised amount'),
    billing_currency: text('ISO 4217'),
    invoice_id: nullable(text('invoice, once the vendor names it')),
    sku_id: nullable(text('the line item as the vendor identifies it')),
  },
});
