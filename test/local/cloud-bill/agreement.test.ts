import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliverBill } from '../../../local/cloud-bill/write.ts';
import { makeWorld } from '../../../local/vendors/company/world.ts';
import { openViews, type Views } from '../../../local/views.ts';
import { BILL_FORMS, type BillForm } from '../../../shared/cloud-bill/bill.ts';
import type { QueryRow } from '../../../shared/platform.ts';

const world = makeWorld({ seed: 7, end: '2026-11-24', days: 70, developers: 60 });
const SPAN = { from: '2026-09-16', through: '2026-11-24' };

/** What every form can tell. */
const KNOWN = `billing_period, cast(day as varchar) as day, payer_account_id, account_id, biller, service_code, service_name,
  service_category, service_subcategory, region_id, charge_category, charge_class, charge_frequency, commitment_status,
  commitment_id, team_tag, cost_center_tag, ai_product, model, model_known, meter, service_tier, region_scope, unit_known`;
const MONEY = ['list_cost', 'contracted_cost', 'billed_cost', 'effective_cost'];

const lakes = new Map<BillForm, { root: string; views: Views }>();

beforeAll(async () => {
  for (const form of BILL_FORMS) {
    const root = await mkdtemp(join(tmpdir(), 'bill-'));
    await deliverBill(root, world, { form, ...SPAN });
    lakes.set(form, { root, views: await openViews(root) });
  }
});
afterAll(async () => {
  for (const { root, views } of lakes.values()) {
    views.close();
    await rm(root, { recursive: true });
  }
});

const ask = async (form: BillForm, sql: string): Promise<QueryRow[]> => {
  const views = lakes.get(form)?.views;
  return views === undefined ? [] : Array.fromAsync(views.warehouse.rows(sql));
};

const told = (sums: readonly string[], by: string) =>
  `select ${by}, ${sums.map((name) => `cast(sum(${name}) as decimal(28,10)) as ${name}`).join(', ')}
   from stg_cloud_bill group by all having ${sums.map((name) => `sum(${name}) <> 0`).join(' or ')} order by all`;

describe('the same story in four forms', () => {
  it.each(['focus_1_0', 'focus_1_2', 'legacy'] as const)(
    '%s gives what CUR 2.0 gives, row by row, to the last place',
    async (form) => {
      const sql = told([...MONEY, 'quantity'], KNOWN);
      const other = await ask(form, sql);
      expect(other.length).toBeGreaterThan(1000);
      expect(other).toEqual(await ask('cur2', sql));
    },
  );

  it('adds up in a whole month to what was told of it', async () => {
    const sql =
      "select cast(sum(billed_cost) as varchar) as billed, cast(sum(effective_cost) as varchar) as effective from stg_cloud_bill where billing_period = '2026-10' and service_code in ('ComputeSavingsPlans', 'AmazonRDS')";
    // 31 days: 24 of the plan and 8 of the reservation paid, 5 refunded; 2.4 of the plan unused, 9 + 1.5 of the reservation.
    expect(await ask('focus_1_2', sql)).toEqual([{ billed: '987.0000000000', effective: '399.9000000000' }]);
    expect(await ask('cur2', sql)).toEqual([{ billed: '987.0000000000', effective: '399.9000000000' }]);
  });

  it.each(['cur2', 'legacy'] as const)('holds the identity of every month in the form %s', async (form) => {
    const sql = `select billing_period from stg_cloud_bill group by billing_period
      having abs(sum(amortised_cost) - (sum(unblended_cost) - sum(upfront_fee_cost) - sum(trueup_cost))) > 0.0000001`;
    expect(await ask(form, sql)).toEqual([]);
  });

  it('counts every dollar unblended once: what is billed is what the invoice shows', async () => {
    const sql = 'select cast(sum(billed_cost) - sum(unblended_cost) as varchar) as gap from stg_cloud_bill';
    expect(await ask('cur2', sql)).toEqual([{ gap: '0.0000000000' }]);
  });

  it.each(BILL_FORMS)('is the same day by day, added up before its words are read, in the form %s', async (form) => {
    const by = `${KNOWN.replace('commitment_id, ', '')}, account_name, iam_principal, principal_team_tag, account_team_tag,
      inference_profile_id, case when ai_product is not null then unit end as ai_unit`;
    const sums = [...MONEY, 'unblended_cost', 'amortised_cost', 'upfront_fee_cost', 'trueup_cost'];
    const summed = (view: string, more: string): string =>
      `select ${by}, ${sums.map((name) => `sum(${name}) as ${name}`).join()},
         sum(case when ai_product is not null then quantity end) as quantity, ${more} from ${view} group by all order by all`;
    const lines = await ask(form, summed('stg_cloud_bill', 'count(*) as line_count'));
    expect(lines.length).toBeGreaterThan(1000);
    expect(await ask(form, summed('stg_cloud_bill_days', 'sum(line_count) as line_count'))).toEqual(lines);
  });

  it('leaves out the pods of every day', async () => {
    const sql = "select count(*) as pods from stg_cloud_bill where operation like '%Pod%'";
    expect(await ask('cur2', sql)).toEqual([{ pods: '0' }]);
    expect(await ask('legacy', sql)).toEqual([{ pods: '0' }]);
  });
});
