import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lakeBills, readBills } from '../../../local/cloud-bill/lake.ts';
import { deliverBill, placesOf } from '../../../local/cloud-bill/write.ts';
import { folderObjects } from '../../../local/platform/objects.ts';
import { openWarehouse } from '../../../local/platform/warehouse.ts';
import { loadQueries } from '../../../local/queries.ts';
import { makeWorld } from '../../../local/vendors/company/world.ts';
import { createViews } from '../../../local/views.ts';
import { bytesIn } from '../../../shared/bytes.ts';
import { materialise } from '../../../shared/materialise.ts';
import { sum } from '../../../shared/money.ts';
import { pseudonyms } from '../../../shared/pseudonym.ts';
import { type AnyRow, prefixOf } from '../../../shared/table.ts';
import { TABLES } from '../../../shared/tables/index.ts';
import { testPlatform } from '../../platform/index.ts';
import { filled } from '../rows.ts';

const world = makeWorld({ seed: 7, end: '2026-11-24', days: 24, developers: 60 });
const [coder] = world.people;
const NOVEMBER = '2026-11';
const opened: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of opened) await close();
});

/** A lake with the made-up company's bill of November and these rows besides. */
async function lakeWithBill(given: (people: { coder: string }) => Readonly<Record<string, readonly AnyRow[]>>) {
  const root = await mkdtemp(join(tmpdir(), 'lake-'));
  await deliverBill(root, world, { form: 'cur2', from: '2026-11-01', through: '2026-11-24' });
  const warehouse = await openWarehouse(root);
  opened.push(async () => {
    warehouse.close();
    await rm(root, { recursive: true, force: true });
  });
  const { platform } = testPlatform({ objects: folderObjects(root), warehouse });
  const ids = { coder: pseudonyms(platform.crypto).email(coder?.email ?? '') };
  for (const [name, rows] of Object.entries(given(ids))) {
    const table = TABLES.find((known) => known.name === name);
    if (table === undefined) throw new Error(`no table ${name}`);
    const prefix = prefixOf(table, table.partitioned ? NOVEMBER : undefined);
    const bytes = await bytesIn(
      platform.codec.writeParquet(
        table,
        rows.map((row) => filled(table, row)),
      ),
    );
    await platform.objects.put(`${prefix}data.parquet`, bytes, { when: 'any' });
  }
  const queries = loadQueries(readBills(root));
  await createViews(warehouse, queries);
  return {
    root,
    ids,
    make: async () =>
      (await materialise(platform, queries, [NOVEMBER], lakeBills(root))).map(
        ({ table, outcome }) => `${table} ${outcome}`,
      ),
    rows: (sql: string) => Array.fromAsync(warehouse.rows(sql)),
    /** Lets the month of `ai_and_cloud_cost` hold what this select says instead. */
    replace: async (sql: string) => {
      const prefix = `marts/ai_and_cloud_cost/billing_period=${NOVEMBER}/replaced/1/`;
      await warehouse.unload(sql, prefix);
      await warehouse.point('ai_and_cloud_cost', new Map([[NOVEMBER, prefix]]));
    },
  };
}

const TEAMS = world.teams.map((team) => ({
  team_id: team.id,
  team_name: team.name,
  path: `${team.id}/`,
  cost_center: team.costCenter,
}));
const people = ({ coder: id }: { coder: string }) => ({
  teams: TEAMS,
  people: [{ person_id: id, team_id: 'mobile', valid_from: '2026-01-01' }],
  person_hints: [{ hint: id, person_id: id }],
});
const ANTHROPIC = { costs: [{ day: '2026-11-20', principal_id: 'p_x', billed_cost: '40', product: 'api' }] };
const biller = {
  contract_id: 'c',
  provider: 'anthropic',
  kind: 'biller',
  term: 'month',
  billed_through: 'aws_marketplace',
};

const rule = {
  rule_id: 'sandbox',
  priority: 5,
  provider: 'aws',
  workspace_id: '444455556666',
  method: 'assign',
  team_id: 'search',
};

/** Splits of three more accounts: by thirds, by heads, by what teams spend in the bill. */
const split = (rule_id: string, priority: number, workspace_id: string, method: string, teams: readonly string[]) =>
  teams.map((team_id) => ({
    rule_id,
    priority,
    provider: 'aws',
    workspace_id,
    method,
    team_id,
    ...(method === 'fixed' ? { share: '0.3333333333' } : {}),
  }));
const [one, two] = world.teams.filter(({ isLeaf }) => isLeaf).map(({ id }) => id);
const SPLITS = [
  ...split('thirds', 6, '333344445555', 'fixed', ['mobile', 'search', 'web']),
  ...split('heads', 7, '222233334444', 'headcount', ['mobile', 'search']),
  ...split('spend', 8, '111122223333', 'usage', [one ?? '', two ?? '', 'nobody-spends']),
];
const CALENDAR = Array.from({ length: 30 }, (_, i) => {
  const day = `2026-11-${String(i + 1).padStart(2, '0')}`;
  return { day, week: day, month: NOVEMBER };
});

/** As the vendor bills it; then as a contract says AWS does, with a rule; made once, for planning a month takes long. */
let lake: Awaited<ReturnType<typeof lakeWithBill>>;
let throughAws: typeof lake;
let divided: typeof lake;
beforeAll(async () => {
  lake = await lakeWithBill((ids) => ({ ...people(ids), ...ANTHROPIC }));
  throughAws = await lakeWithBill((ids) => ({ ...people(ids), ...ANTHROPIC, contracts: [biller], rules: [rule] }));
  divided = await lakeWithBill((ids) => ({
    ...people(ids),
    ...ANTHROPIC,
    calendar: CALENDAR,
    rules: [rule, ...SPLITS],
  }));
  for (const each of [lake, throughAws, divided]) await each.make();
}, 300_000);

describe('AI beside cloud', () => {
  it('gives Bedrock to the team of its profile, its caller’s tag and its caller, in that order, and never names one', async () => {
    const teams = await lake.rows(
      `select distinct principal_id, team_id from cloud_bill_daily join cloud_bill_owners using (billing_period, day, account_id, principal_id)
       where principal_id <> '' and ai_product = 'bedrock' and principal_id not like 'p_%' order by principal_id`,
    );
    const [first, second] = world.teams.filter(({ isLeaf }) => isLeaf);
    expect(teams).toEqual([
      { principal_id: 'key/BedrockAPIKey-234s', team_id: null },
      { principal_id: 'role/BatchRole', team_id: second?.id },
      { principal_id: 'role/SupportBotRole', team_id: first?.id },
    ]);
    expect(
      await lake.rows(
        `select distinct team_id, person_id from cloud_bill_owners where principal_id = '${lake.ids.coder}'`,
      ),
    ).toEqual([{ team_id: 'mobile', person_id: lake.ids.coder }]);
    const written = await lake.rows("select count(*) as names from cloud_bill_daily where principal_id like '%@%'");
    expect(written).toEqual([{ names: '0' }]);
  });

  it('holds every dollar of the bill and of the ledgers once', async () => {
    expect(await lake.rows('select * from each_dollar_once')).toEqual([]);
    expect(
      await lake.rows(
        `select door, is_ai, cast(sum(billed_cost) as decimal(28,2)) > 0 as billed from ai_and_cloud_cost group by door, is_ai order by door, is_ai`,
      ),
    ).toEqual([
      { door: 'aws_bill', is_ai: 'no', billed: 'true' },
      { door: 'aws_bill', is_ai: 'yes', billed: 'true' },
      { door: 'ledger', is_ai: 'yes', billed: 'true' },
    ]);
  });

  it('counts Claude Platform where its biller of record is: in the AWS bill, and not in the connection’s ledger', async () => {
    const lake = throughAws;
    const sql = "select billed_cost, effective_cost from ai_and_cloud_cost where door = 'ledger'";
    expect(await lake.rows(sql)).toEqual([{ billed_cost: '0.0000000000', effective_cost: '0.0000000000' }]);
    expect(await lake.rows('select * from each_dollar_once')).toEqual([]);
    expect(await lake.rows('select connection_id from unclear_biller')).toEqual([]);
    expect(await lake.rows('select connection_id from unread_biller')).toEqual([]);
  });

  it('asks who bills a connection that no contract tells of', async () => {
    expect(await lake.rows('select connection_id, first_period from unclear_biller')).toEqual([
      { connection_id: 'anthropic.main', first_period: NOVEMBER },
    ]);
  });

  it('lets a rule give an account to a team before any tag', async () => {
    const lake = throughAws;
    const sql = "select distinct team_id, basis, rule_id from ai_and_cloud_cost where account_id = '444455556666'";
    expect(await lake.rows(sql)).toEqual([{ team_id: 'search', basis: 'shared', rule_id: 'sandbox' }]);
  });

  it('splits an account by thirds, to the last place', async () => {
    const sql = `select team_id, basis, rule_id, cast(sum(effective_cost) as varchar) as spent, cast(sum(billed_cost) as varchar) as billed
      from ai_and_cloud_cost where account_id = '333344445555' group by team_id, basis, rule_id order by team_id`;
    const whole = await lake.rows(
      "select cast(sum(effective_cost) as varchar) as spent, cast(sum(billed_cost) as varchar) as billed from cloud_bill_daily where account_id = '333344445555'",
    );
    const parts = await divided.rows(sql);
    expect(parts.map(({ team_id, basis, rule_id }) => [team_id, basis, rule_id])).toEqual([
      ['mobile', 'shared', 'thirds'],
      ['search', 'shared', 'thirds'],
      ['web', 'shared', 'thirds'],
    ]);
    expect([
      { spent: sum(parts.map(({ spent }) => spent ?? '')), billed: sum(parts.map(({ billed }) => billed ?? '')) },
    ]).toEqual(whole);
    expect(await divided.rows('select * from each_dollar_once')).toEqual([]);
  });

  it('splits an account by heads, of which all are in one team here', async () => {
    const sql = "select distinct team_id, rule_id from ai_and_cloud_cost where account_id = '222233334444'";
    expect(await divided.rows(sql)).toEqual([{ team_id: 'mobile', rule_id: 'heads' }]);
  });

  it('splits an account by what teams spend in the AWS bill before any rule', async () => {
    const own = await lake.rows(
      `select team_id, sum(effective_cost) as spent from ai_and_cloud_cost where door = 'aws_bill' and team_id in ('${one}', '${two}') group by team_id order by team_id`,
    );
    const given = await divided.rows(
      "select team_id, sum(effective_cost) as spent from ai_and_cloud_cost where account_id = '111122223333' group by team_id order by team_id",
    );
    const ratio = (rows: typeof own) => Number(rows[0]?.spent) / Number(rows[1]?.spent);
    expect(given.map(({ team_id }) => team_id)).toEqual([one, two].toSorted());
    expect(ratio(given)).toBeCloseTo(ratio(own), 6);
  });

  it('speaks where a part of a split went missing', async () => {
    const [{ lost = '' } = {}] = await divided.rows(
      "select cast(sum(effective_cost) as varchar) as lost from ai_and_cloud_cost where rule_id = 'thirds' and team_id = 'web'",
    );
    await divided.replace(
      "select * exclude (billing_period) from ai_and_cloud_cost where not (rule_id = 'thirds' and team_id = 'web')",
    );
    const [said] = await divided.rows(
      'select door, cast(entered_cost - shown_cost as varchar) as lost from each_dollar_once',
    );
    expect(said).toEqual({ door: 'aws_bill', lost });
  });

  it('gives to nobody, with the reason, what a rule has nothing to split by', async () => {
    const idle = await lakeWithBill((ids) => ({
      ...people(ids),
      calendar: CALENDAR,
      rules: split('idle', 6, '333344445555', 'usage', ['web']),
    }));
    await idle.make();
    const sql =
      "select distinct team_id, basis, reason, rule_id from ai_and_cloud_cost where account_id = '333344445555'";
    expect(await idle.rows(sql)).toEqual([
      { team_id: null, basis: 'unattributed', reason: 'nothing_to_split_by', rule_id: 'idle' },
    ]);
  }, 120_000);

  it('says of a team tag that no team has that it is unknown, and of no tag that there is none', async () => {
    const sql =
      "select distinct reason from ai_and_cloud_cost where door = 'aws_bill' and team_id is null order by reason";
    expect(await lake.rows(sql)).toEqual([{ reason: 'no_tag' }, { reason: 'unknown_team_tag' }]);
  });

  it('does not read a month while it is delivered: what was made before stays', { timeout: 120_000 }, async () => {
    const before = await lake.rows('select sum(billed_cost) as billed from ai_and_cloud_cost');
    const later = new Date(Date.now() + 60_000);
    await utimes(join(lake.root, 'cloud-bill/cur2', placesOf('cur2', NOVEMBER).data), later, later);
    expect(await lake.make()).toContain('cloud_bill_daily waiting');
    expect(await lake.rows('select sum(billed_cost) as billed from ai_and_cloud_cost')).toEqual(before);
  });
});
