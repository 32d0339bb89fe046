import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Random } from '../local/vendors/random.ts';
import { keep } from '../shared/collect/checkpoint.ts';
import { windowsOf } from '../shared/collect/windows.ts';
import type { Answer, Window } from '../shared/source.ts';
import type { EventPage } from '../shared/sources/cursor/event.ts';
import { HOUR, millis } from '../shared/time.ts';
import { composing } from './bundled.ts';
import { dayMessage, dayPlatform } from './day.ts';
import { measure, tell } from './measure.ts';
import { sizeOf } from './vendor-day.ts';

const PAGE_SIZE = 1000;
const PEOPLE = 10_000;
/** Of them so many work in an hour, and so many begin (others end) with each. */
const AT_WORK = 2500;
const STEP = 420;
/** Share of a day's events in each UTC hour, of 100: three continents' working hours. */
const HOURS = [3, 3, 3, 3, 3, 3, 4, 5, 6, 6, 5, 5, 5, 6, 6, 6, 6, 5, 4, 4, 3, 2, 2, 2] as const;
const MODELS = [
  'claude-sonnet-5.5',
  'claude-sonnet-5.5',
  'claude-opus-5.5',
  'gpt-6.1-sol',
  'composer-2',
  'default',
] as const;

const message = dayMessage('cursor_usage', 'cursor.main');

/** A day of so many Cursor events, from kept pages to Parquet, beside DuckDB doing the same with the same pages. */
export async function benchCursorDay(events = 1_000_000): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'outlay-bench-'));
  const self = [import.meta.filename];
  await writePages(root, events);
  const ours = await composing(root, message);
  const theirs = await measure(process.execPath, [...self, root, 'duckdb']);
  const raw = await sizeOf(join(root, 'raw'));
  tell(`Cursor day, ${events} events, raw to Parquet`, ours, `${(raw / 1e6).toFixed(1)} MB of pages, gzip`);
  tell('DuckDB read_json and COPY, same pages', theirs, `ratio of CPU ${(ours.cpuMs / theirs.cpuMs).toFixed(2)}`);
  const counts = [ours, theirs].map(({ output }) => /rows \d+/.exec(output)?.[0] ?? output);
  console.log(counts.join(', DuckDB '));
  await rm(root, { recursive: true });
}

async function writePages(root: string, events: number): Promise<void> {
  const platform = await dayPlatform(root, message);
  const random = new Random(7);
  for (const [hour, window] of windowsOf(message).entries()) {
    await keep(platform, message, window, pagesOf(window, Math.round((events * (HOURS[hour] ?? 0)) / 100), random));
  }
  platform.close();
}

function pagesOf({ from }: Window, count: number, random: Random): Answer<EventPage>[] {
  const pages: Answer<EventPage>[] = [];
  const numPages = Math.ceil(count / PAGE_SIZE);
  for (let page = 1; page <= numPages; page += 1) {
    const usageEvents = Array.from({ length: Math.min(PAGE_SIZE, count - (page - 1) * PAGE_SIZE) }, () =>
      eventAt(millis(from), random),
    );
    pages.push({
      asked: { url: 'https://cursor.test/teams/filtered-usage-events', method: 'POST', about: { page: String(page) } },
      page: {
        totalUsageEventsCount: count,
        pagination: { numPages, currentPage: page, hasNextPage: page < numPages },
        usageEvents,
      },
    });
  }
  return pages;
}

/** Whoever works in an hour: in each, those whose day it is, each with a model and a plan of their own. */
function eventAt(hour: number, random: Random): EventPage['usageEvents'][number] {
  const person = 1 + ((Math.floor(hour / HOUR) * STEP + random.between(0, AT_WORK - 1)) % PEOPLE);
  const model = random.next() < 0.85 ? MODELS[person % MODELS.length] : random.pick(MODELS);
  const usual = person % 3 === 0 ? 'Usage-based' : 'Included in Business';
  const kind = random.next() < 0.03 ? 'Errored, Not Charged' : usual;
  return {
    timestamp: String(hour + random.between(0, HOUR - 1)),
    userEmail: `p_${String(person).padStart(32, '0')}`,
    model: model ?? 'default',
    kind,
    maxMode: random.next() < 0.02,
    isHeadless: random.next() < 0.02,
    requestsCosts: String(random.between(0, 99) / 10),
    chargedCents: kind.startsWith('Errored') ? '0' : String(random.between(1, 999_999) / 10_000),
    tokenUsage: {
      inputTokens: random.between(100, 40_000),
      outputTokens: random.between(100, 9_000),
      cacheWriteTokens: random.between(0, 60_000),
      cacheReadTokens: random.between(0, 400_000),
    },
  };
}

async function duckdb(root: string): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const tokens = {
    input_tokens: 'input',
    cache_read_tokens: 'read',
    cache_write_5m_tokens: 'written',
    output_tokens: 'output',
    premium_requests: 'units',
  };
  const cells = Object.entries(tokens).map(
    ([meter, column]) => `('${meter}', cast(${column} as decimal(28,6)), cast(null as decimal(20,10)))`,
  );
  const pages = join(root, 'raw', '**', '*.ndjson.gz');
  const file = join(root, 'duckdb.parquet');
  // The same columns in the same order of rows.
  await connection.run(`
    copy (
      select cast(hour_at as date) as day, hour_at, 'cursor_usage' as source, 'cursor.main' as connection_id, 'cursor' as provider,
        cast(null as varchar) as account_id, cast(null as varchar) as workspace_id, cast(null as varchar) as credential_id, principal_id, product,
        cast(null as varchar) as session_id, model, cast(null as varchar) as service_tier, cast(null as varchar) as speed, context_window,
        cast(null as varchar) as region, meter, quantity, claimed_cost, claim, 'whole' as cut
      from (
        select date_trunc('hour', make_timestamp(cast(e.timestamp as bigint) * 1000)) as hour_at, e."userEmail" as principal_id,
          case when e."isHeadless" then 'cursor_background' else 'cursor' end as product, e.model as model,
          case when e."maxMode" then 'max' end as context_window,
          case when e.kind = 'Usage-based' then 'billed' when e.kind like 'Included in %' then 'covered' when e.kind like '% Not Charged' then 'free' end as claim,
          sum(e."tokenUsage"."inputTokens") as input, sum(e."tokenUsage"."outputTokens") as output,
          sum(e."tokenUsage"."cacheWriteTokens") as written, sum(e."tokenUsage"."cacheReadTokens") as read,
          sum(cast(e."requestsCosts" as decimal(28,6))) as units, count(*) as events, sum(cast(e."chargedCents" as decimal(20,8))) / 100 as charged
        from (
          select unnest(page."usageEvents") as e from read_json('${pages}', format = 'newline_delimited', maximum_object_size = 200000000)
        )
        group by all
      ), lateral (values ${cells.join(', ')}, ('requests', cast(events as decimal(28,6)), cast(charged as decimal(20,10)))) as of(meter, quantity, claimed_cost)
      where quantity > 0
      order by day, hour_at, model, meter, workspace_id, credential_id, principal_id
    ) to '${file}' (format parquet, compression zstd, row_group_size 20000)`);
  const counted = await connection.runAndReadAll(`select count(*) from '${file}'`);
  console.log(`rows ${String(counted.getRows()[0]?.[0])}`);
}

if (import.meta.main) {
  const [root = '', what] = process.argv.slice(2);
  if (what === 'duckdb') await duckdb(root);
  else await benchCursorDay(Number(root === '' ? 1_000_000 : root));
}
