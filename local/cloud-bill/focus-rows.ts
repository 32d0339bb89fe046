import { addDays, nextMonth } from '../../shared/time.ts';
import { type Charge, PAYER, PLAN, REGION, RESERVATION, SERVICES } from './charge.ts';
import { type BillRow, dollars, tagsOf } from './cur-rows.ts';

/** What FOCUS makes of a charge: category, and the four costs in millionths. */
interface Part {
  readonly category: 'Usage' | 'Purchase' | 'Tax' | 'Credit';
  readonly frequency: 'Usage-Based' | 'Recurring' | 'One-Time';
  readonly class?: 'Correction';
  readonly status?: 'Used' | 'Unused';
  readonly billed: number;
  readonly effective: number;
  readonly list: number;
}

function partsOf({ kind, cost, list = cost, effective = 0 }: Charge): readonly Part[] {
  const use = (billed: number, accrued: number): Part => ({
    category: 'Usage',
    frequency: 'Usage-Based',
    billed,
    effective: accrued,
    list,
  });
  const purchase = (frequency: Part['frequency'], accrued: number): Part => ({
    category: 'Purchase',
    frequency,
    billed: cost,
    effective: accrued,
    list: cost,
  });
  const unused: Part = { ...use(0, effective), status: 'Unused', list: 0 };
  switch (kind) {
    case 'usage':
      return [use(cost, cost)];
    case 'covered':
    case 'reserved':
      return [{ ...use(0, effective), status: 'Used' }];
    case 'plan_day':
    case 'reservation_month':
      return [purchase('Recurring', 0), unused];
    case 'plan_upfront':
    case 'reservation_upfront':
      return [purchase('One-Time', 0)];
    case 'plan_refund':
      return [{ ...purchase('One-Time', 0), class: 'Correction' }];
    case 'fee':
      return [purchase('One-Time', cost)];
    case 'tax':
      return [{ ...purchase('One-Time', cost), category: 'Tax' }];
    case 'credit':
      return [{ ...purchase('One-Time', cost), category: 'Credit' }];
    case 'refund':
      return [{ ...use(cost, cost), frequency: 'One-Time', class: 'Correction' }];
    case 'pod':
      return [];
    default:
      return kind satisfies never;
  }
}

function rowOf(charge: Charge, part: Part, form: 'focus_1_0' | 'focus_1_2'): BillRow {
  const { day, account, service, kind } = charge;
  const [code, name, category, seller] = SERVICES[service];
  const isUse = part.category === 'Usage' && part.status !== 'Unused' && part.class === undefined;
  const commitment = kind.startsWith('reserv')
    ? RESERVATION
    : ['covered', 'plan_day', 'plan_upfront'].includes(kind)
      ? PLAN
      : null;
  const common: BillRow = {
    BillingAccountId: PAYER.id,
    BillingAccountName: PAYER.name,
    SubAccountId: account.id,
    SubAccountName: account.name,
    BillingCurrency: 'USD',
    BillingPeriodStart: `${day.slice(0, 7)}-01 00:00:00`,
    BillingPeriodEnd: `${nextMonth(day.slice(0, 7))} 00:00:00`,
    ChargePeriodStart: `${day} 00:00:00`,
    ChargePeriodEnd: `${addDays(day, 1)} 00:00:00`,
    ChargeCategory: part.category,
    ChargeClass: part.class ?? null,
    ChargeFrequency: part.frequency,
    ChargeDescription: charge.description,
    BilledCost: dollars(part.billed),
    EffectiveCost: dollars(part.effective),
    ListCost: dollars(part.list),
    ContractedCost: dollars(part.list),
    CommitmentDiscountId: commitment,
    CommitmentDiscountStatus: part.status ?? null,
    ConsumedQuantity: isUse ? charge.quantity : null,
    ConsumedUnit: isUse ? charge.unit : null,
    PricingQuantity: charge.quantity,
    PricingUnit: charge.unit === '' ? null : charge.unit,
    ProviderName: 'AWS',
    PublisherName: seller,
    InvoiceIssuerName: 'Amazon Web Services, Inc.',
    RegionId: REGION,
    ResourceId: charge.resource ?? null,
    ServiceCategory: category,
    ServiceName: name,
    Tags: tagsOf(charge, ''),
    x_ServiceCode: code,
    x_Operation: charge.operation,
  };
  return form === 'focus_1_0'
    ? { ...common, x_UsageType: charge.usageType }
    : { ...common, SkuMeter: charge.usageType, ServiceSubcategory: null, InvoiceId: null };
}

/** Charges as rows of AWS's FOCUS export: pairs folded, fees for a commitment beside what of them went unused. */
export const focusRows = (charges: readonly Charge[], form: 'focus_1_0' | 'focus_1_2'): readonly BillRow[] =>
  charges.flatMap((charge) => partsOf(charge).map((part) => rowOf(charge, part, form)));
