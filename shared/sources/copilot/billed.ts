import * as z from 'zod';
import type { MeterId } from '../../meters.ts';
import { rounded, scaled, unscaled } from '../../money.ts';
import type { SourceRow } from '../../source.ts';
import type { costs } from '../../tables/costs.ts';
import type { Day } from '../../time.ts';

/** An amount that may not be missing; empty is missing, not nothing. */
const decimal = z.string().regex(/\d/, 'is empty');

/** A line of the usage report; everything else of it (repositories) is left out. */
export const usageItem = z.object({
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}/),
  product: z.string(),
  sku: z.string(),
  quantity: decimal,
  unitType: z.string(),
  grossAmount: decimal,
  discountAmount: decimal,
  netAmount: decimal,
  organizationName: z.string().nullish(),
});

/** A line of the usage report. */
export type UsageItem = z.infer<typeof usageItem>;

/** JSON members of it that hold money or quantities. */
export const EXACT = ['quantity', 'grossAmount', 'discountAmount', 'netAmount'] as const;

/** Whether a line is Copilot's at all: its SKUs are spelt in many ways, and not all are of the product Copilot. */
export const isCopilot = ({ product, sku }: Pick<UsageItem, 'product' | 'sku'>): boolean =>
  /copilot|ai[ _-]?credit|premium[ _-]?request|spark/i.test(`${product} ${sku}`);

/** What a line counts; null: we do not know its words. */
export function meterOf(sku: string, unit: string): MeterId | null {
  if (/user-?months?|seats?/i.test(unit)) return 'seat_months';
  if (/ai[ _-]?credits?/i.test(sku) || /credits?$/i.test(unit)) return 'credits';
  if (/premium[ _-]?requests?/i.test(sku)) return 'premium_requests';
  return null;
}

/** GitHub computes with doubles, whose digits beyond a ten-billionth of a dollar are noise. */
const dollars = (amount: string): bigint => scaled(rounded(scaled(amount, 30), 30, 10), 10);
/** A quantity at six places. */
export const counted = (quantity: string): bigint => scaled(rounded(scaled(quantity, 30), 30, 6), 6);

/** What a line says in any of the reports. */
export interface Told {
  readonly day: Day;
  readonly account: string;
  readonly workspace: string | null;
  readonly person: string | null;
  readonly sku: string;
  readonly unit: string;
  readonly model: string | null;
  readonly quantity: string;
  readonly gross: string;
  readonly discount: string;
  readonly net: string;
}

type CostRow = SourceRow<typeof costs>;

/**
 * The ledger lines of a line. What the seats' pool (or a plan's allowance) covers comes as gross with an equal discount:
 * that part is a line of its own at list value and no money, beside the overage.
 * https://docs.github.com/en/copilot/concepts/billing/usage-based-billing
 */
export function linesOf(told: Told): CostRow[] {
  const meter = meterOf(told.sku, told.unit);
  const [gross, discount, net] = [dollars(told.gross), dollars(told.discount), dollars(told.net)];
  const whole = meter === null ? null : counted(told.quantity);
  if (meter === null || meter === 'seat_months' || whole === null || discount <= 0n || discount > gross)
    return [lineOf(told, meter, { quantity: whole, list: gross, net, says: told.sku })];
  const within = (whole * discount + gross / 2n) / gross;
  const covered = lineOf(told, meter, { quantity: within, list: discount, net: 0n, says: `${told.sku}, included` });
  const beyond = { quantity: whole - within, list: gross - discount, net, says: told.sku };
  return gross === discount && net === 0n ? [covered] : [covered, lineOf(told, meter, beyond)];
}

function lineOf(
  { day, account, workspace, person, sku, model }: Told,
  meter: MeterId | null,
  part: { readonly quantity: bigint | null; readonly list: bigint; readonly net: bigint; readonly says: string },
): CostRow {
  const isSeat = meter === 'seat_months';
  const net = unscaled(part.net, 10);
  return {
    day,
    account_id: account,
    workspace_id: workspace,
    credential_id: null,
    principal_id: person,
    product: 'copilot',
    model,
    service_tier: null,
    speed: null,
    context_window: null,
    region: null,
    meter,
    quantity: part.quantity === null ? null : unscaled(part.quantity, 6),
    charge_category: isSeat ? 'Purchase' : 'Usage',
    charge_frequency: isSeat ? 'Recurring' : 'Usage-Based',
    charge_class: null,
    charge_description: part.says,
    billed_cost: net,
    list_cost: unscaled(part.list, 10),
    contracted_cost: net,
    effective_cost: net,
    billing_currency: 'USD',
    invoice_id: null,
    sku_id: sku,
  };
}
