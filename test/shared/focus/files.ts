import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A row of FOCUS 1.2 that keeps the spec, as text. */
export const ROW: Readonly<Record<string, string | null>> = {
  BilledCost: '3.25',
  EffectiveCost: '3.25',
  ListCost: '3.25',
  ContractedCost: '3.25',
  BillingAccountId: 'acct-7',
  BillingAccountName: 'Halden',
  BillingCurrency: 'USD',
  BillingPeriodStart: '2026-11-01T00:00:00Z',
  BillingPeriodEnd: '2026-12-01T00:00:00Z',
  ChargePeriodStart: '2026-11-24T00:00:00Z',
  ChargePeriodEnd: '2026-11-25T00:00:00Z',
  ChargeCategory: 'Usage',
  ChargeClass: null,
  ChargeDescription: 'Model API',
  ChargeFrequency: 'Usage-Based',
  ConsumedQuantity: '1000000',
  ConsumedUnit: 'Tokens',
  ContractedUnitPrice: '3.25',
  InvoiceIssuerName: 'Azure',
  ListUnitPrice: '3.25',
  PricingQuantity: '1',
  PricingUnit: '1000000 Tokens',
  ProviderName: 'Azure',
  PublisherName: 'Azure',
  ServiceCategory: 'AI and Machine Learning',
  ServiceName: 'Azure OpenAI',
  SkuId: 'sku-1',
  SkuMeter: 'Input Tokens',
  SkuPriceDetails: '{"x_ModelId":"gpt-5"}',
  SkuPriceId: 'price-1',
  SubAccountId: 'sub-1',
};

/** A credit of this amount, in its currency. */
export const credit = (amount: string, more: Readonly<Record<string, string | null>> = {}) => ({
  ...ROW,
  ...{ ChargeCategory: 'Credit', ChargeFrequency: 'One-Time', ConsumedQuantity: null, ConsumedUnit: null },
  ...{ BilledCost: amount, EffectiveCost: amount, ListCost: amount, ContractedCost: amount },
  ...{ ListUnitPrice: null, ContractedUnitPrice: null, PricingQuantity: null, PricingUnit: null },
  ...more,
});

const cell = (value: string | null): string => (value === null ? '' : `"${value.replaceAll('"', '""')}"`);

/** Writes rows as CSV, null an empty cell and an empty text a quoted one; answers the path. */
export async function csvOf(rows: readonly Readonly<Record<string, string | null>>[]): Promise<string> {
  const names = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => names.map((name) => cell(row[name] ?? null)).join(','));
  const path = join(await mkdtemp(join(tmpdir(), 'focus-')), 'bill.csv');
  await writeFile(path, `${[names.join(','), ...lines].join('\r\n')}\r\n`);
  return path;
}
