import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, expect, it } from 'vitest';
import * as rows from '../../../shared/detect/rows.ts';
import type { QueryRow, Warehouse } from '../../../shared/platform.ts';

let engine: DuckDBConnection;
const asked = {
  warehouse: {
    rows: async function* (sql: string): AsyncGenerator<QueryRow> {
      const reader = await engine.runAndReadAll(sql);
      for (const row of reader.getRowObjects())
        yield Object.fromEntries(
          Object.entries(row).map(([name, cell]) => [name, cell === null ? null : String(cell)] as const),
        );
    },
  } satisfies Pick<Warehouse, 'rows'>,
};

beforeAll(async () => {
  engine = await (await DuckDBInstance.create(':memory:')).connect();
  await engine.run(`
set TimeZone = 'UTC';
create table scope_cost as select * from (values
  ('2026-10', date '2026-10-31', 'person', 'p_1', 'search', 'anthropic', 'anthropic.main', 1.0000000001::decimal(28,10), 'USD'),
  ('2026-11', date '2026-11-01', 'person', 'p_1', 'search', 'anthropic', 'anthropic.main', 2.5::decimal(28,10), 'USD'),
  ('2026-11', date '2026-11-01', 'person', 'p_1', 'search', 'openai', 'openai.main', 1.25::decimal(28,10), 'USD'),
  ('2026-11', date '2026-11-01', 'credential', 'key_1', null, 'openai', 'openai.main', 1.25::decimal(28,10), 'USD'),
  ('2026-11', date '2026-11-01', 'team', null, null, 'openai', 'openai.main', 9::decimal(28,10), 'USD'),
  ('2026-11', date '2026-11-01', 'person', 'p_2', 'search', 'openai', 'openai.main', 0::decimal(28,10), 'USD'),
  ('2026-11', date '2026-11-03', 'person', 'p_1', 'search', 'openai', 'openai.main', 4::decimal(28,10), 'USD'),
  ('2026-11', date '2026-11-01', 'person', 'p_1', 'search', 'openai', 'openai.main', 8::decimal(28,10), 'EUR')
) t(billing_period, day, scope_kind, scope_id, team_id, provider, connection_id, allocated_cost, billing_currency);
create table allocated_cost as select * from (values
  ('2026-11', date '2026-11-01', 'key_1', 'p_1'), ('2026-11', date '2026-11-01', 'key_1', 'p_1'),
  ('2026-11', date '2026-11-01', 'key_ci', null), ('2026-11', date '2026-11-02', 'key_2', 'p_2'),
  ('2026-11', date '2026-11-01', null, 'p_2')
) t(billing_period, day, credential_id, person_id);
create table planned_events as select * from (values
  ('e1', 'company', 'company', 'holiday', date '2026-11-26', date '2026-11-27', 1::decimal(12,4), 'x'),
  ('e2', 'team', 'data', 'migration', date '2026-10-01', date '2026-11-01', 2.5::decimal(12,4), null),
  ('e3', 'team', 'data', 'launch', date '2026-10-01', date '2026-11-02', 2.5::decimal(12,4), null)
) t(event_id, scope_kind, scope_id, kind, starts_on, ends_on, factor, note);
create table teams as select 'data' as team_id, 'p_2' as owner_id, 'all/data' as path;
create table people as select * from (values
  ('p_1', 'search', date '2020-01-01'), ('p_1', 'data', date '2020-01-01'), ('p_2', 'data', null)
) t(person_id, team_id, started_on);
create table identity_map as select * from (values
  ('credential', 'key_1', 'openai.main', 'p_1', 'search', 'p_1', date '0001-01-01', date '2026-11-02'),
  ('credential', 'key_1', 'openai.main', null, 'data', 'p_9', date '2026-11-02', date '9999-12-31'),
  ('person', 'u_1', 'openai.main', 'p_1', 'search', null, date '0001-01-01', date '9999-12-31')
) t(kind, id, connection_id, person_id, team_id, owner_id, valid_from, valid_to);
create table collection_status as select * from (values
  ('2026-11', 'anthropic.main', 'usage', date '2026-11-01', timestamp '2026-11-02 06:00:00', timestamp '2026-11-02 00:00:00'),
  ('2026-11', 'anthropic.main', 'outputs', date '2026-11-01', null, null),
  ('2026-11', 'anthropic.main', 'costs', date '2026-11-02', null, null)
) t(billing_period, connection_id, target, day, generation, complete_through);
`);
});

it('reads the asked days of a view, each there even when empty', async () => {
  const feed = { view: 'scope_cost', column: 'allocated_cost' };
  const found = await rows.scopeRows(asked, feed, ['2026-10-31', '2026-11-01', '2026-11-02']);
  const common = { day: '2026-11-01', scope_kind: 'person', scope_id: 'p_1', team_id: 'search' };
  expect(found.get('2026-10-31')).toEqual([
    { ...common, day: '2026-10-31', provider: 'anthropic', connection_id: 'anthropic.main', amount: '1.0000000001' },
  ]);
  expect(
    found.get('2026-11-01')?.sort((a, b) => (`${a.scope_id} ${a.provider}` < `${b.scope_id} ${b.provider}` ? -1 : 1)),
  ).toEqual([
    {
      ...{ day: '2026-11-01', scope_kind: 'credential', scope_id: 'key_1', team_id: null },
      ...{ provider: 'openai', connection_id: 'openai.main', amount: '1.2500000000' },
    },
    { ...common, provider: 'anthropic', connection_id: 'anthropic.main', amount: '2.5000000000' },
    { ...common, provider: 'openai', connection_id: 'openai.main', amount: '1.2500000000' },
  ]);
  expect(found.get('2026-11-02')).toEqual([]);
  expect([...found.keys()]).toEqual(['2026-10-31', '2026-11-01', '2026-11-02']);
});

it('reads planned events that touch the days', async () => {
  const { events } = await rows.knownDays(asked, ['2026-11-01'], '2026-11-01', '2026-11-26');
  expect(events).toEqual([
    {
      ...{ event_id: 'e1', scope_kind: 'company', scope_id: 'company', kind: 'holiday' },
      ...{ starts_on: '2026-11-26', ends_on: '2026-11-27', factor: '1.0000' },
    },
    {
      ...{ event_id: 'e3', scope_kind: 'team', scope_id: 'data', kind: 'launch' },
      ...{ starts_on: '2026-10-01', ends_on: '2026-11-02', factor: '2.5000' },
    },
  ]);
});

it('reads teams, each person once, whose a key is on a day, and which keys people used, in one query', async () => {
  const none = { owner_id: null, path: null, started_on: null };
  const of = async (day: string) =>
    (await rows.whoIsWho(asked, [day], day)).sort((a, b) => (`${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1));
  expect(await of('2026-11-01')).toEqual([
    { ...none, kind: 'credential', id: 'key_1', owner_id: 'p_1' },
    { ...none, kind: 'person', id: 'p_1', started_on: '2020-01-01' },
    { ...none, kind: 'person', id: 'p_2' },
    { ...none, kind: 'personal_key', id: 'key_1' },
    { ...none, kind: 'team', id: 'data', owner_id: 'p_2', path: 'all/data' },
  ]);
  expect((await of('2026-11-02'))[0]).toEqual({ ...none, kind: 'credential', id: 'key_1', owner_id: 'p_9' });
});

it('reads how far usage and costs were read', async () => {
  const found = await rows.knownDays(asked, ['2026-11-01', '2026-11-02'], '2026-11-01', '2026-11-02');
  expect(found.readings).toEqual([
    {
      ...{ connection_id: 'anthropic.main', target: 'usage', day: '2026-11-01' },
      ...{ generation: '2026-11-02 06:00:00', complete_through: '2026-11-02 00:00:00' },
    },
    { connection_id: 'anthropic.main', target: 'costs', day: '2026-11-02', generation: null, complete_through: null },
  ]);
});

it('refuses what is no day', async () => {
  const feed = { view: 'scope_cost', column: 'allocated_cost' };
  await expect(rows.scopeRows(asked, feed, ["2026-11-01' or 1"])).rejects.toThrow('is not a day');
});
