/** A row of a FOCUS file as text: null is null, an empty text is an empty text. */
export type FocusRecord = Readonly<Record<string, string | null>>;

/** Versions of FOCUS that are read. */
export type ReadVersion = '1.0' | '1.2' | '1.3' | '1.4';

const COSTS = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'] as const;

/** Columns of money: never null, at most ten places. */
export const COST_COLUMNS: readonly string[] = COSTS;

/** Columns that hold a number. */
export const NUMBERS: readonly string[] = [
  ...COSTS,
  'CommitmentDiscountQuantity',
  'ConsumedQuantity',
  'ContractedUnitPrice',
  'ListUnitPrice',
  'PricingCurrencyContractedUnitPrice',
  'PricingCurrencyEffectiveCost',
  'PricingCurrencyListUnitPrice',
  'PricingQuantity',
];

/** Columns that hold an instant. */
export const INSTANTS = ['BillingPeriodStart', 'BillingPeriodEnd', 'ChargePeriodStart', 'ChargePeriodEnd'] as const;

/** Columns with a closed list of values; null is judged elsewhere. */
export const ENUMS: Readonly<Record<string, readonly string[]>> = {
  CapacityReservationStatus: ['Used', 'Unused'],
  ChargeCategory: ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'],
  ChargeClass: ['Correction'],
  ChargeFrequency: ['One-Time', 'Recurring', 'Usage-Based'],
  CommitmentDiscountCategory: ['Spend', 'Usage'],
  CommitmentDiscountStatus: ['Used', 'Unused'],
  PricingCategory: ['Standard', 'Dynamic', 'Committed', 'Other'],
  ServiceCategory: [
    ...['AI and Machine Learning', 'Analytics', 'Business Applications', 'Compute', 'Databases', 'Developer Tools'],
    ...['Multicloud', 'Identity', 'Integration', 'Internet of Things', 'Management and Governance', 'Media'],
    ...['Migration', 'Mobile', 'Networking', 'Security', 'Storage', 'Web', 'Other'],
  ],
};

const EVERYWHERE = [
  ...COSTS,
  ...INSTANTS,
  ...['BillingAccountId', 'BillingCurrency', 'ChargeCategory', 'InvoiceIssuerName', 'ServiceCategory', 'ServiceName'],
];
/** Columns that must be there and may be null. */
const MAY_BE_NULL = ['BillingAccountName', 'ChargeClass', 'ChargeDescription', 'PricingQuantity', 'PricingUnit'];

const hasHost = (version: ReadVersion): boolean => version === '1.3' || version === '1.4';

/** Columns that a version wants in every row. */
export const notNull = (version: ReadVersion): readonly string[] => [
  ...EVERYWHERE,
  // 1.3 names the new columns and still the old ones.
  ...(version === '1.4' ? [] : ['ProviderName', 'PublisherName']),
  ...(hasHost(version) ? ['ServiceProviderName'] : []),
];

/** Columns that a version wants in every file. */
export const mandatory = (version: ReadVersion): readonly string[] => [
  ...notNull(version),
  ...MAY_BE_NULL,
  ...(hasHost(version) ? ['HostProviderName'] : []),
];

const OTHERS = [
  ...['AllocatedMethodDetails', 'AllocatedMethodId', 'AllocatedResourceId', 'AllocatedResourceName', 'AllocatedTags'],
  ...['AvailabilityZone', 'BillingAccountType', 'CapacityReservationId', 'CommitmentDiscountId'],
  ...['CommitmentDiscountName', 'CommitmentDiscountType', 'CommitmentDiscountUnit'],
  ...['CommitmentProgramEligibilityDetails', 'ConsumedUnit', 'ContractApplied', 'HostProviderName', 'InvoiceDetailId'],
  ...['InvoiceId', 'PricingCurrency', 'ProviderName', 'PublisherName', 'RegionId', 'RegionName', 'ResourceId'],
  ...['ResourceName', 'ResourceType', 'ServiceProviderName', 'ServiceSubcategory', 'SkuId', 'SkuMeter'],
  ...['SkuPriceDetails', 'SkuPriceId', 'SubAccountId', 'SubAccountName', 'SubAccountType', 'Tags'],
];

/** Every column name of FOCUS up to 1.4. */
export const KNOWN: ReadonlySet<string> = new Set([
  ...EVERYWHERE,
  ...MAY_BE_NULL,
  ...NUMBERS,
  ...Object.keys(ENUMS),
  ...OTHERS,
]);

/** Columns that came with 1.1 and 1.2. */
const SINCE_1_2 = [
  ...['BillingAccountType', 'CapacityReservationId', 'CommitmentDiscountQuantity', 'InvoiceId', 'PricingCurrency'],
  ...['ServiceSubcategory', 'SkuMeter', 'SkuPriceDetails', 'SubAccountType'],
];

/** The version that a file's columns tell; null: it is no FOCUS file. */
export function versionOf(columns: readonly string[]): ReadVersion | null {
  if (!columns.includes('BilledCost')) return null;
  const isNewer = ['ServiceProviderName', 'HostProviderName'].some((name) => columns.includes(name));
  if (columns.includes('ProviderName') && isNewer) return '1.3';
  if (columns.includes('ProviderName')) return SINCE_1_2.some((name) => columns.includes(name)) ? '1.2' : '1.0';
  return columns.includes('ServiceProviderName') ? '1.4' : null;
}
