import { describe, expect, it } from 'vitest';
import { type Given, lakeOf, NOVEMBER } from '../lake.ts';
import { calendarOf, METER_ROWS } from '../rows.ts';
import { ANA, WORLD } from '../world.ts';

const answered = (day: string, more: object = {}) => ({
  source: 'anthropic_costs',
  target: 'costs',
  day,
  due_at: '2026-11-25T06:00:00.000Z',
  complete_through: '2026-11-25T06:00:00.000Z',
  row_count: 3,
  ...more,
});

describe('marts of a small company', () => {
  it('tell one world in rows that hold together', async () => {
    const lake = await lakeOf(WORLD);
    expect(
      await lake.rows(
        "select scope_kind, scope_id, provider, allocated_cost from scope_cost where day = date '2026-11-24' order by scope_kind, scope_id, provider",
      ),
    ).toEqual([
      { scope_kind: 'credential', scope_id: 'key-a', provider: 'openai', allocated_cost: '0.6666666666' },
      { scope_kind: 'credential', scope_id: 'key-a', provider: 'openai', allocated_cost: '1.3333333334' },
      { scope_kind: 'credential', scope_id: 'key-ben', provider: 'anthropic', allocated_cost: '0.7500000000' },
      { scope_kind: 'credential', scope_id: 'key-bot', provider: 'openai', allocated_cost: '0.9999999999' },
      { scope_kind: 'credential', scope_id: 'key-lost', provider: 'anthropic', allocated_cost: '1.5000000000' },
      { scope_kind: 'person', scope_id: ANA, provider: 'anthropic', allocated_cost: '3.6000000000' },
      { scope_kind: 'team', scope_id: 'data', provider: 'anthropic', allocated_cost: '3.6000000000' },
      { scope_kind: 'team', scope_id: 'data', provider: 'openai', allocated_cost: '1.6666666665' },
      { scope_kind: 'team', scope_id: 'search', provider: 'anthropic', allocated_cost: '0.7500000000' },
      { scope_kind: 'team', scope_id: 'search', provider: 'openai', allocated_cost: '1.3333333334' },
    ]);
    expect(
      await lake.rows(
        'select model, allocated_cost, share, quantity_tokens, cost_per_mtok, list_cost_per_mtok from model_mix order by model',
      ),
    ).toEqual([
      {
        model: 'gpt',
        allocated_cost: '7.6999999999',
        share: '0.5000000000',
        quantity_tokens: '3700000.000000',
        cost_per_mtok: '2.081081',
        list_cost_per_mtok: '1.000000',
      },
      {
        model: 'mystery',
        allocated_cost: null,
        share: null,
        quantity_tokens: '5.000000',
        cost_per_mtok: null,
        list_cost_per_mtok: null,
      },
      {
        model: 'sonnet',
        allocated_cost: '7.7000000000',
        share: '0.5000000000',
        quantity_tokens: '4600000.000000',
        cost_per_mtok: '1.673913',
        list_cost_per_mtok: '1.500000',
      },
    ]);
    expect(
      await lake.rows(
        'select budget_id, spent_cost, spent_share, threshold, as_of from budget_status order by budget_id',
      ),
    ).toEqual([
      {
        budget_id: 'all',
        spent_cost: '13.6999999999',
        spent_share: '0.1370000000',
        threshold: null,
        as_of: '2026-11-25',
      },
      {
        budget_id: 'engineering',
        spent_cost: '7.3499999999',
        spent_share: '0.3675000000',
        threshold: null,
        as_of: '2026-11-25',
      },
    ]);
    expect(
      await lake.rows(
        "select kind, id, allocated_cost, likely_team_id, likelihood from unassigned where kind = 'key' order by id",
      ),
    ).toEqual([
      {
        kind: 'key',
        id: 'key-lost',
        allocated_cost: '1.5000000000',
        likely_team_id: 'data',
        likelihood: '1.0000000000',
      },
      { kind: 'key', id: 'key-new', allocated_cost: '0.7000000000', likely_team_id: null, likelihood: null },
    ]);
    expect(
      await lake.rows(
        'select ChargeCategory, BilledCost, ListCost, ListUnitPrice, PricingQuantity, PricingUnit, SkuId, x_Basis from focus_1_2 where x_PrincipalId is not null order by BilledCost',
      ),
    ).toEqual([
      {
        ChargeCategory: 'Usage',
        BilledCost: '0.9000000000',
        ListCost: '0.9000000000',
        ListUnitPrice: '0.30000000000000',
        PricingQuantity: '3.000000000000',
        PricingUnit: '1000000 Tokens',
        SkuId: 'sonnet-cache_read_tokens',
        x_Basis: 'direct',
      },
      {
        ChargeCategory: 'Usage',
        BilledCost: '2.7000000000',
        ListCost: '3.0000000000',
        ListUnitPrice: '3.00000000000000',
        PricingQuantity: '1.000000000000',
        PricingUnit: '1000000 Tokens',
        SkuId: 'sonnet-input_tokens',
        x_Basis: 'direct',
      },
    ]);
    expect(
      await lake.rows(
        "select count(*) as rows, sum(BilledCost) as cost, count_if(x_Status <> 'billed') as estimated from focus_1_2",
      ),
    ).toEqual([{ rows: '10', cost: '13.6999999999', estimated: '0' }]);
  });
});

describe('budget status', () => {
  it('cuts months in UTC, whatever the clock of the machine says', async () => {
    const lake = await lakeOf(
      {
        calendar: [...calendarOf('2026-10', 31), ...calendarOf(NOVEMBER, 30)],
        collection_status: [answered('2026-11-24')],
        budgets: [
          {
            budget_id: 'all',
            scope_kind: 'company',
            scope_id: 'company',
            monthly_amount: '10',
            billing_currency: 'USD',
          },
        ],
        costs: [
          { day: '2026-10-31', principal_id: 'p_ana', billed_cost: '1' },
          { day: '2026-10-31', principal_id: 'p_ana', billed_cost: '5' },
          { day: '2026-11-01', principal_id: 'p_ana', billed_cost: '8' },
        ],
      },
      ['2026-10', NOVEMBER],
    );
    expect(
      await lake.rows('select billing_period, spent_cost, threshold from budget_status order by billing_period'),
    ).toEqual([
      { billing_period: '2026-10', spent_cost: '6.0000000000', threshold: '50' },
      { billing_period: '2026-11', spent_cost: '8.0000000000', threshold: '80' },
    ]);
  });
});

describe('cache efficiency', () => {
  it('compares with the four weeks before, and prices what fell below', async () => {
    const read = (day: string, read_tokens: string, input_tokens: string) =>
      [
        ['cache_read_tokens', read_tokens],
        ['input_tokens', input_tokens],
      ].map(([meter, quantity]) => ({
        day,
        principal_id: 'p_ana',
        model: 'sonnet',
        meter,
        quantity,
        billed_cost: '1',
      }));
    const lake = await lakeOf({
      meters: METER_ROWS,
      teams: [{ team_id: 'search', team_name: 'Search', path: 'search/', cost_center: 'CC' }],
      person_hints: [{ hint: 'p_ana', person_id: 'p_ana' }],
      people: [{ person_id: 'p_ana', team_id: 'search' }],
      prices: [
        { provider: 'anthropic', model: 'sonnet', meter: 'input_tokens', unit_price: '0.000003' },
        { provider: 'anthropic', model: 'sonnet', meter: 'cache_read_tokens', unit_price: '0.0000003' },
      ],
      usage: [
        { day: '2026-11-24', model: 'sonnet', meter: 'input_tokens', quantity: '1' },
        { day: '2026-11-24', model: 'sonnet', meter: 'cache_read_tokens', quantity: '1' },
      ],
      costs: [...read('2026-11-17', '9000000', '1000000'), ...read('2026-11-24', '4000000', '6000000')],
    } satisfies Given);
    expect(
      await lake.rows('select week, read_share, baseline_share, waste_cost from cache_efficiency order by week'),
    ).toEqual([
      { week: '2026-11-16', read_share: '0.9000000000', baseline_share: null, waste_cost: null },
      { week: '2026-11-23', read_share: '0.4000000000', baseline_share: '0.9000000000', waste_cost: '13.500000' },
    ]);
  });
});
