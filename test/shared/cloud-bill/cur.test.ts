import { describe, expect, it } from 'vitest';
import { adapted } from './bill-of.ts';

const TOTALS = `select cast(sum(unblended_cost) as varchar) as unblended, cast(sum(amortised_cost) as varchar) as amortised,
  cast(sum(billed_cost) as varchar) as billed, cast(sum(effective_cost) as varchar) as effective,
  cast(sum(quantity) as varchar) as quantity,
  cast(coalesce(sum(effective_cost) filter (where commitment_status = 'Unused'), 0) as varchar) as unused from stg_cloud_bill`;

const PLAN = [
  {
    line_item_line_item_type: 'SavingsPlanCoveredUsage',
    line_item_usage_amount: 1,
    line_item_unblended_cost: 2,
    savings_plan_savings_plan_effective_cost: 1.2,
  },
  { line_item_line_item_type: 'SavingsPlanNegation', line_item_usage_amount: 1, line_item_unblended_cost: -2 },
  {
    line_item_line_item_type: 'SavingsPlanRecurringFee',
    line_item_usage_amount: 0,
    line_item_unblended_cost: 1.5,
    savings_plan_total_commitment_to_date: 1.5,
    savings_plan_used_commitment: 1.2,
  },
];

describe.each(['cur2', 'legacy'] as const)('a bill in the form %s', (form) => {
  it('counts use under a savings plan once, its quantity too, and says what of the plan went unused', async () => {
    expect(await adapted(form, PLAN, TOTALS)).toEqual([
      {
        unblended: '1.5000000000',
        amortised: '1.5000000000',
        billed: '1.5000000000',
        effective: '1.5000000000',
        quantity: '1.000000',
        unused: '0.3000000000',
      },
    ]);
  });

  it('makes a purchase and an unused part of a fee for a commitment, as FOCUS has them', async () => {
    const select =
      'select line_type, charge_category, charge_frequency, commitment_status, billed_cost, effective_cost from stg_cloud_bill order by line_type, charge_category';
    expect(await adapted(form, PLAN, select)).toEqual([
      {
        line_type: 'SavingsPlanCoveredUsage',
        charge_category: 'Usage',
        charge_frequency: 'Usage-Based',
        commitment_status: 'Used',
        billed_cost: '0.0000000000',
        effective_cost: '1.2000000000',
      },
      {
        line_type: 'SavingsPlanNegation',
        charge_category: 'Usage',
        charge_frequency: 'Usage-Based',
        commitment_status: null,
        billed_cost: '0.0000000000',
        effective_cost: '0.0000000000',
      },
      {
        line_type: 'SavingsPlanRecurringFee',
        charge_category: 'Purchase',
        charge_frequency: 'Recurring',
        commitment_status: null,
        billed_cost: '1.5000000000',
        effective_cost: '0.0000000000',
      },
      {
        line_type: 'SavingsPlanRecurringFee',
        charge_category: 'Usage',
        charge_frequency: 'Usage-Based',
        commitment_status: 'Unused',
        billed_cost: '0.0000000000',
        effective_cost: '0.3000000000',
      },
    ]);
  });

  it('leaves out the rows of pods beside their machine, also where an operation is missing', async () => {
    const rows = [
      { line_item_operation: 'RunInstances', line_item_resource_id: 'i-0abc', line_item_unblended_cost: 10 },
      { line_item_operation: 'EKSPod-EC2', line_item_resource_id: 'pod/web', line_item_unblended_cost: 6 },
      { line_item_operation: 'EKSPod-EC2', line_item_resource_id: 'pod/job', line_item_unblended_cost: 4 },
      { line_item_unblended_cost: 1, split_line_item_parent_resource_id: 'i-0abc' },
      { line_item_unblended_cost: 0.5, split_line_item_parent_resource_id: '' },
    ];
    expect(
      await adapted(form, rows, 'select sum(billed_cost) as billed, count(*) as lines from stg_cloud_bill'),
    ).toEqual([{ billed: '10.5000000000', lines: '2' }]);
  });

  it('spreads a reservation: its use at the effective cost, its fee at what went unused, its upfront fee not at all', async () => {
    const arn = 'arn:aws:rds:us-east-1:111122223333:ri:db-1';
    const rows = [
      { line_item_line_item_type: 'Fee', line_item_unblended_cost: 300, reservation_reservation_a_r_n: arn },
      { line_item_line_item_type: 'Fee', line_item_unblended_cost: 9, reservation_reservation_a_r_n: '' },
      { line_item_line_item_type: 'DiscountedUsage', line_item_unblended_cost: 0, reservation_effective_cost: 7 },
      {
        line_item_line_item_type: 'RIFee',
        line_item_unblended_cost: 6,
        reservation_reservation_a_r_n: arn,
        reservation_amortized_upfront_fee_for_billing_period: 2.5,
        reservation_unused_amortized_upfront_fee_for_billing_period: 0.5,
        reservation_unused_recurring_fee: 1,
      },
    ];
    const select = `select cast(sum(amortised_cost) as varchar) as amortised,
      cast(sum(unblended_cost) - sum(upfront_fee_cost) - sum(trueup_cost) as varchar) as by_identity,
      cast(sum(billed_cost) as varchar) as billed from stg_cloud_bill`;
    // 0 + 9 + 7 + (0.5 + 1) = 315 - 300 + 2.5
    expect(await adapted(form, rows, select)).toEqual([
      { amortised: '17.5000000000', by_identity: '17.5000000000', billed: '315.0000000000' },
    ]);
  });

  it('knows two kinds of refund: of use, and of the upfront fee of a savings plan', async () => {
    const rows = [
      { line_item_line_item_type: 'Refund', line_item_product_code: 'AmazonEC2', line_item_unblended_cost: -5 },
      {
        line_item_line_item_type: 'Refund',
        line_item_product_code: 'ComputeSavingsPlans',
        line_item_line_item_description: 'Refund for one-time fee for Savings Plan ID 0a1b',
        line_item_unblended_cost: -100,
      },
    ];
    const select =
      'select charge_category, charge_class, billed_cost, effective_cost, upfront_fee_cost from stg_cloud_bill order by billed_cost';
    expect(await adapted(form, rows, select)).toEqual([
      {
        charge_category: 'Purchase',
        charge_class: 'Correction',
        billed_cost: '-100.0000000000',
        effective_cost: '0.0000000000',
        upfront_fee_cost: '-100.0000000000',
      },
      {
        charge_category: 'Usage',
        charge_class: 'Correction',
        billed_cost: '-5.0000000000',
        effective_cost: '-5.0000000000',
        upfront_fee_cost: '0.0000000000',
      },
    ]);
  });

  it('takes the discounted figure where it is filled, and the plain one where it is not', async () => {
    const rows = [
      { line_item_line_item_type: 'Usage', line_item_unblended_cost: 10, line_item_net_unblended_cost: 9 },
      { line_item_line_item_type: 'Usage', line_item_unblended_cost: 4, line_item_net_unblended_cost: null },
      {
        line_item_line_item_type: 'SavingsPlanCoveredUsage',
        line_item_unblended_cost: 3,
        savings_plan_savings_plan_effective_cost: 2,
        savings_plan_net_savings_plan_effective_cost: 1.8,
      },
    ];
    expect(
      await adapted(
        form,
        rows,
        'select sum(billed_cost) as billed, sum(effective_cost) as effective, sum(amortised_cost) as plain from stg_cloud_bill',
      ),
    ).toEqual([{ billed: '13.0000000000', effective: '14.8000000000', plain: '16.0000000000' }]);
  });

  it('keeps zero, unknown and negative apart: an unknown list price is null, a credit is below zero', async () => {
    const rows = [
      { line_item_line_item_type: 'Usage', line_item_unblended_cost: 0, pricing_public_on_demand_cost: 0.4 },
      { line_item_line_item_type: 'Usage', line_item_unblended_cost: 3.25, pricing_public_on_demand_cost: null },
      { line_item_line_item_type: 'Credit', line_item_unblended_cost: -12.5, pricing_public_on_demand_cost: null },
    ];
    expect(
      await adapted(
        form,
        rows,
        'select charge_category, billed_cost, list_cost from stg_cloud_bill order by billed_cost',
      ),
    ).toEqual([
      { charge_category: 'Credit', billed_cost: '-12.5000000000', list_cost: '-12.5000000000' },
      { charge_category: 'Usage', billed_cost: '0.0000000000', list_cost: '0.4000000000' },
      { charge_category: 'Usage', billed_cost: '3.2500000000', list_cost: null },
    ]);
  });

  it('takes the UTC day, whatever zone the machine is in', async () => {
    const rows = [
      { line_item_usage_start_date: '2026-11-19 23:59:59', line_item_unblended_cost: 1 },
      { line_item_usage_start_date: '2026-11-20 00:00:00', line_item_unblended_cost: 2 },
    ];
    expect(await adapted(form, rows, 'select day, billed_cost from stg_cloud_bill order by day')).toEqual([
      { day: '2026-11-19', billed_cost: '1.0000000000' },
      { day: '2026-11-20', billed_cost: '2.0000000000' },
    ]);
  });

  it('reads empty texts as nothing, and an export that lacks almost every column', async () => {
    const rows = [{ line_item_unblended_cost: 1, line_item_product_code: '', product_region_code: '' }];
    expect(
      await adapted(
        form,
        rows,
        'select payer_account_id, account_id, biller, service_name, service_category, region_id, model, quantity, list_cost, billed_cost from stg_cloud_bill',
      ),
    ).toEqual([
      {
        payer_account_id: '111122223333',
        account_id: null,
        biller: 'AWS',
        service_name: null,
        service_category: 'Other',
        region_id: null,
        model: null,
        quantity: null,
        list_cost: null,
        billed_cost: '1.0000000000',
      },
    ]);
  });
});

describe('tags', () => {
  const select = 'select team_tag, principal_team_tag, account_team_tag, cost_center_tag from stg_cloud_bill';
  const none = { team_tag: null, principal_team_tag: null, account_team_tag: null, cost_center_tag: null };

  it.each([
    [{ resource_tags: { user_team: 'search' } }, { team_tag: 'search' }],
    [
      { resource_tags: { 'user:team': 'search', 'user:cost_center': 'CC-1' } },
      { team_tag: 'search', cost_center_tag: 'CC-1' },
    ],
    [{ resource_tags: { user_team: '' } }, {}],
    [{ tags: { 'resourceTags/user_team': 'search' } }, { team_tag: 'search' }],
    [
      { tags: { 'iamPrincipal/team': 'data', 'iamPrincipal/cost_center': 'CC-2' } },
      { principal_team_tag: 'data', cost_center_tag: 'CC-2' },
    ],
    [{ tags: { 'accountTag/team': 'ops' } }, { account_team_tag: 'ops' }],
    [{ tags: {} }, {}],
  ])('are read in CUR 2.0 in every form of their key: %j', async (row, found) => {
    expect(await adapted('cur2', [row], select)).toEqual([{ ...none, ...found }]);
  });

  it('are columns in legacy CUR', async () => {
    expect(await adapted('legacy', [{ resource_tags_user_team: 'search' }], select)).toEqual([
      { ...none, team_tag: 'search' },
    ]);
  });

  it.each(['team', 'user:team', 'user_team'])('are read in FOCUS by the key %s', async (key) => {
    expect(await adapted('focus_1_2', [{ tags: { [key]: 'search' } }], select)).toEqual([
      { ...none, team_tag: 'search' },
    ]);
  });
});
