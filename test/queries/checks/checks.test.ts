import { describe, expect, it } from 'vitest';
import { loadQueries } from '../../../local/queries.ts';
import { runChecks, runFindings } from '../../../shared/checks.ts';
import { type Given, lakeOf, type TestLake } from '../lake.ts';
import { WORLD } from '../world.ts';

const CHECKS = [...loadQueries().values()].filter(({ layer }) => layer === 'checks').map(({ name }) => name);
const columns = (table: string) => `select * exclude (billing_period) from ${table}`;

describe('a world without a fault', () => {
  it('passes every check, and its untidiness is found', async () => {
    const lake = await lakeOf(WORLD);
    const checks = await runChecks(lake.platform, loadQueries());
    expect(checks.map(({ name, count, rows }) => ({ name, count, rows }))).toEqual(
      CHECKS.map((name) => ({ name, count: 0, rows: [] })),
    );
    const findings = await runFindings(lake.platform, loadQueries());
    expect(findings.filter(({ count }) => count > 0).map(({ name, count }) => [name, count])).toEqual([
      ['unassigned', 6],
      ['unpriced_usage', 1],
    ]);
  });
});

const DOUBLE_STAY = {
  people: [
    { person_id: 'p_ana', team_id: 'search', valid_to: '2026-11-20' },
    { person_id: 'p_ana', team_id: 'data', valid_from: '2026-11-10' },
  ],
};
const price = { provider: 'anthropic', model: 'sonnet', meter: 'input_tokens', unit_price: '0.000001' };

const ORG = { account_id: 'org', billed_cost: '1', credential_id: 'key' };

/** A line of the AWS bill's summary in November, and a month after it; other columns are null. */
async function unevenBill({ platform: { warehouse } }: TestLake): Promise<void> {
  const line = (day: string, amortised: string): string =>
    `select * exclude (billing_period) from cloud_bill_daily union all by name
     select date '${day}' as day, '111122223333' as payer_account_id, 'USD' as billing_currency, 1 as line_count,
       cast(10 as decimal(28,10)) as unblended_cost, cast(${amortised} as decimal(28,10)) as amortised_cost,
       cast(4 as decimal(28,10)) as upfront_fee_cost, cast(-1 as decimal(28,10)) as trueup_cost`;
  for (const [month, amortised] of [
    ['2026-11', '7.5'],
    ['2026-12', '9'],
  ] as const) {
    const prefix = `marts/cloud_bill_daily/billing_period=${month}/uneven/1/`;
    await warehouse.unload(line(`${month}-02`, amortised), prefix);
    await warehouse.point('cloud_bill_daily', new Map([[month, prefix]]));
  }
}

/** Each check with how its claim is broken, and what it then says. */
const BROKEN: readonly (readonly [
  check: string,
  given: Given,
  fault: (lake: TestLake) => Promise<void>,
  says: string,
])[] = [
  [
    'totals_tie_out',
    WORLD,
    (lake) =>
      lake.replace(
        'allocated_cost',
        "select * exclude (billing_period) replace (case when day = date '2026-11-23' then cast(billed_cost + 0.0000000001 as decimal(28,10)) else billed_cost end as billed_cost) from allocated_cost",
      ),
    'the ledger of openai.main on 2026-11-23 says 4.0000000000 USD, charges 4.0000000000, allocated cost 4.0000000001',
  ],
  [
    'spread_sums_to_ledger',
    WORLD,
    (lake) =>
      lake.replace(
        'charges',
        `${columns('charges')} where not (connection_id = 'openai.main' and credential_id = 'key-a')`,
      ),
    'openai_costs of openai.main on 2026-11-24 bills 2.9999999999 for gpt, input, charges say 0.9999999999',
  ],
  [
    'ledger_has_every_line',
    WORLD,
    (lake) =>
      lake.replace(
        'ledger_lines',
        `${columns('ledger_lines')} where not (connection_id = 'openai.main' and day = date '2026-11-23')`,
      ),
    'costs of openai.main on 2026-11-23 told 4.0000000000, the ledger has nothing',
  ],
  [
    'one_biller',
    { costs: ['main', 'copy'].map((alias) => ({ ...ORG, connection_id: `anthropic.${alias}` })) },
    async () => {},
    'anthropic.copy and anthropic.main both bill account org of anthropic in 2026-11: each dollar may be there twice',
  ],
  [
    'cloud_bill_identity',
    {},
    unevenBill,
    'the AWS bill of 111122223333 for 2026-11 amortises to 7.5000000000 USD, its parts say 7.0000000000',
  ],
  [
    'each_dollar_once',
    WORLD,
    (lake) =>
      lake.replace(
        'ai_and_cloud_cost',
        `${columns('ai_and_cloud_cost')} where not (billing_account_id = 'openai.main' and effective_cost > 1)`,
      ),
    'ledger openai.main in 2026-11 says 7.6999999999 USD, beside the cloud stand 2.3666666665',
  ],
  [
    'no_duplicate_day',
    WORLD,
    (lake) => lake.add('costs', WORLD.costs?.slice(-1) ?? [], 'again'),
    'openai_costs of openai.main on 2026-11-23: 1 rows were stored, 2 are there',
  ],
  [
    'no_overlapping_prices',
    {
      prices: [
        { ...price, valid_to: '2026-11-20' },
        { ...price, valid_from: '2026-11-19' },
      ],
    },
    async () => {},
    'two prices of anthropic sonnet, input_tokens, hold on 2026-11-19',
  ],
  ['one_team_a_person_a_day', DOUBLE_STAY, async () => {}, 'p_ana is in search and in data on 2026-11-10'],
  [
    'rest_not_negative',
    { usage: [{ model: 'sonnet', meter: 'input_tokens', quantity: '-3', cut: 'rest' }] },
    async () => {},
    'anthropic_usage of anthropic.main on 2026-11-24 counts -3.000000 input_tokens of sonnet',
  ],
  [
    'basis_has_reason',
    WORLD,
    (lake) =>
      lake.replace(
        'allocated_cost',
        `select * exclude (billing_period) replace (case when team_id = 'search' then null else team_id end as team_id) from allocated_cost where team_id = 'search' and basis = 'direct'`,
      ),
    'anthropic.main on 2026-11-24 has direct cost of no team with no reason',
  ],
];

describe('each check', () => {
  it('is broken once below, the rules of FOCUS in a file of their own', () => {
    expect([...BROKEN.map(([check]) => check), 'focus_rules', 'focus_rules_1_4'].toSorted()).toEqual(CHECKS.toSorted());
  });

  it.each(BROKEN)('%s speaks when its claim is broken', async (check, given, fault, says) => {
    const lake = await lakeOf(given);
    await fault(lake);
    const rows = await lake.rows(`select says from ${check}`);
    expect(rows).toContainEqual({ says });
  });
});

it('says nothing of what stands beside the cloud where no bill is read and nothing is put there', async () => {
  const lake = await lakeOf(WORLD);
  await lake.replace('ai_and_cloud_cost', `${columns('ai_and_cloud_cost')} where 1 = 0`);
  expect(await lake.rows('select count(*) > 0 as spent from allocated_cost')).toEqual([{ spent: 'true' }]);
  expect(await lake.rows('select says from each_dollar_once')).toEqual([]);
});
