import * as z from 'zod';
import { METERS } from '../meters.ts';
import { rounded, scaled } from '../money.ts';
import { isPseudonym } from '../pseudonym.ts';
import type { Row } from '../table.ts';
import { CHARGE_CATEGORIES, type costs } from '../tables/costs.ts';
import { billingPeriodOf, dayOf } from '../time.ts';
import type { FocusRecord } from './columns.ts';

/** The source id of what comes in as FOCUS. */
export const IMPORT = 'focus_import';

/** FOCUS's names of the vendors that are asked directly too, so that a provider is one wherever it comes from. */
const VENDORS: Readonly<Record<string, string>> = {
  Anthropic: 'anthropic',
  OpenAI: 'openai',
  Cursor: 'cursor',
  GitHub: 'copilot',
  Cognition: 'devin',
  OpenRouter: 'openrouter',
  LiteLLM: 'litellm',
};

const details = z.record(z.string(), z.unknown());

/** The connection that a row belongs to: who sells, and the account that is billed. `digest` tells apart what would read alike. */
export function connectionOf(record: FocusRecord, digest: (text: string) => string): string {
  const told = `${providerOf(record)}-${record.BillingAccountId ?? ''}`;
  const slug = told
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `import.${slug === told ? slug : `${slug}-${digest(told).slice(0, 8)}`}`;
}

const providerOf = (record: FocusRecord): string => {
  const told = record.ServiceProviderName ?? record.ProviderName ?? '';
  return VENDORS[told] ?? told;
};

/** A conforming row as a line of the ledger. A correction of a closed month stands in the month that bills it. */
export function lineOf(record: FocusRecord, connection: string): Row<typeof costs> {
  const need = (column: string): string => {
    const value = record[column] ?? null;
    if (value === null) throw new Error(`a row without ${column} is no line of a ledger`);
    return value;
  };
  const said = (column: string): string | null => record[column] ?? null;
  const billed = dayOf(Date.parse(need('BillingPeriodStart')));
  const charged = dayOf(Date.parse(need('ChargePeriodStart')));
  const category = CHARGE_CATEGORIES.find((known) => known === said('ChargeCategory'));
  if (category === undefined) throw new Error('a row without ChargeCategory is no line of a ledger');
  const meter = METERS.find(({ title, unit }) => title === said('SkuMeter') && unit === said('ConsumedUnit')) ?? null;
  const credential = said('x_CredentialId');
  const principal = said('x_PrincipalId');
  return {
    day: billingPeriodOf(charged) === billingPeriodOf(billed) ? charged : billed,
    source: IMPORT,
    connection_id: connection,
    provider: providerOf(record),
    account_id: need('BillingAccountId'),
    workspace_id: said('SubAccountId'),
    credential_id: credential?.includes('@') ? null : credential,
    // An address would be read off the ledger.
    principal_id: principal !== null && isPseudonym(principal) ? principal : null,
    product: need('ServiceName'),
    model: modelOf(said('SkuPriceDetails')),
    service_tier: null,
    speed: null,
    context_window: null,
    region: said('RegionId'),
    meter: meter?.id ?? null,
    quantity: meter === null ? null : quantityOf(said('ConsumedQuantity')),
    charge_category: category,
    charge_frequency: frequency(said('ChargeFrequency'), category),
    charge_class: said('ChargeClass') === 'Correction' ? 'Correction' : null,
    // A line's words may name a person.
    charge_description: said('ChargeDescription')?.replaceAll(/\S+@\S+/g, '…') ?? null,
    billed_cost: need('BilledCost'),
    list_cost: need('ListCost'),
    contracted_cost: need('ContractedCost'),
    effective_cost: need('EffectiveCost'),
    billing_currency: need('BillingCurrency'),
    invoice_id: said('InvoiceId'),
    sku_id: said('SkuId'),
  };
}

/** A count has six places in the lake. */
const quantityOf = (text: string | null): string | null => (text === null ? null : rounded(scaled(text, 40), 40, 6));

function frequency(told: string | null, category: string): Row<typeof costs>['charge_frequency'] {
  if (told === 'One-Time' || told === 'Recurring' || told === 'Usage-Based') return told;
  return category === 'Usage' ? 'Usage-Based' : 'One-Time';
}

function modelOf(text: string | null): string | null {
  if (text === null) return null;
  try {
    const told = details.parse(JSON.parse(text));
    const model = told.ModelId ?? told.x_ModelId;
    return typeof model === 'string' && model !== '' ? model : null;
  } catch {
    // What a SKU is made of is no part of the ledger: a text that is no object tells no model.
    return null;
  }
}
