import { openInbox } from '../../functions/lib/inbox.ts';
import { notificationOf } from '../../shared/alerts/sns.ts';
import { bytesIn } from '../../shared/bytes.ts';
import { monthsInLake, queueDays, registerMonths } from '../../shared/months.ts';
import type { Objects, Platform } from '../../shared/platform.ts';
import type { Queries } from '../../shared/queries.ts';
import { FACTS, STATUS } from '../../shared/tables/index.ts';
import { addDays, type Day, days } from '../../shared/time.ts';

/** What of a laptop's lake goes into the account's: not what is made of it there. */
const SEEDED = ['facts/', 'reference/', 'identities/'];
/** Between two looks whether the account is done, and how often it is looked, in all a quarter of an hour and more. */
const LOOK = { every: 15_000, times: 80 };

/** Puts a laptop's facts, reference data and names into a deployed lake, object by object. */
export async function seed(
  from: Pick<Objects, 'list' | 'get'>,
  { objects }: Pick<Platform, 'objects'>,
): Promise<string> {
  let count = 0;
  for (const prefix of SEEDED)
    for await (const { key } of from.list(prefix)) {
      const stored = await from.get(key);
      if (stored === null) continue;
      await objects.put(key, await bytesIn(stored.body), { metadata: stored.metadata, when: 'any' });
      count += 1;
    }
  return `${count} objects`;
}

/** Registers the lake's months, has them made by the deployed functions, and waits until they are done. */
export async function makeMonths(
  platform: Pick<Platform, 'objects' | 'warehouse' | 'queue' | 'state' | 'clock'>,
  { since, through }: { readonly since: Day; readonly through: Day },
): Promise<string> {
  const tables = [...FACTS, ...STATUS];
  const months = await monthsInLake(platform, tables);
  const registered = await registerMonths(platform, tables, months);
  await queueDays(platform.queue, 'smoke', [...days(since, addDays(through, 1))]);
  for (let look = 0; look < LOOK.times; look += 1) {
    await platform.clock.sleep(LOOK.every);
    const waiting = await Promise.all(['materialise', 'detect'].map((name) => openInbox(platform.state, name)));
    if (waiting.every(({ items }) => items.length === 0))
      return `${months.length} months, ${registered} partitions registered, all made and looked at`;
  }
  throw new Error(
    "the deployed functions were not done in time; look into the logs of 'MaterialiseFunction' and 'DetectFunction'",
  );
}

/**
 * What follows from the facts and the reference alone. What a contract adds by the day follows the account's own status of
 * what it collected, and there it collected nothing.
 */
const FROM_FACTS = `select 'usage at list' as what, count(*) as row_count, cast(sum(list_cost) as decimal(28,10)) as amount from priced_usage
union all
select 'ledger as told', cast(null as bigint), cast(sum(told_cost) as decimal(28,10)) from ledger_lines where origin in ('costs', 'usage')`;

/** Runs every view and check, and compares usage and ledger with the laptop's, which had the same facts. */
export async function askAll(
  { warehouse }: { readonly warehouse: Pick<Platform['warehouse'], 'rows'> },
  queries: Queries,
  laptop: Pick<Platform['warehouse'], 'rows'>,
): Promise<string> {
  const spoken: string[] = [];
  for (const { name, layer } of queries.values()) {
    const [row] = await Array.fromAsync(warehouse.rows(`select count(*) as row_count from ${name}`));
    if (layer === 'checks' && row?.row_count !== '0') spoken.push(`${name} (${row?.row_count} rows)`);
  }
  if (spoken.length > 0) throw new Error(`checks speak: ${spoken.join(', ')}`);
  const [theirs, ours] = await Promise.all([sumsOf(warehouse), sumsOf(laptop)]);
  for (const [what, sum] of ours)
    if (theirs.get(what) !== sum)
      throw new Error(`${what} comes to ${theirs.get(what) ?? 'nothing'} there and to ${sum} here`);
  return `${queries.size} queries answer, no check speaks, as on the laptop: ${[...ours].map(([what, sum]) => `${what} ${sum}`).join(', ')}`;
}

async function sumsOf({ rows }: Pick<Platform['warehouse'], 'rows'>): Promise<ReadonlyMap<string, string>> {
  const told = await Array.fromAsync(rows(FROM_FACTS));
  return new Map(
    told.map(({ what, row_count, amount }) => [
      what ?? '',
      `${amount ?? 'null'} USD${row_count === null ? '' : ` in ${row_count} rows`}`,
    ]),
  );
}

/** Sends one alert through the topic that says it is a trial. */
export async function testAlert({ notify, clock }: Pick<Platform, 'notify' | 'clock'>): Promise<string> {
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  const id = `inc-${day.replaceAll('-', '')}-000000`;
  const alert = notificationOf({
    ...{
      id: `${id}#1`,
      incident_id: id,
      change: 'opened',
      kind: 'spend_spike',
      title: 'Trial alert, nothing happened',
    },
    ...{ severity: 'info', state: 'open', scope: { kind: 'team', id: 'trial' }, team_id: 'trial', owner_id: null },
    ...{ provider: null, first_day: day, last_day: day, actual_cost: '0', expected_cost: '0', excess_cost: '0' },
    ...{
      against: 'nothing: npm run smoke sent this',
      cause: null,
      next: 'Nothing to do.',
      contributors: [],
      further: 0,
    },
    ...{ expect: 'nothing', complete_through: null },
  });
  await notify.publish(alert);
  return `${alert.id} is published to the topic; who subscribed has it`;
}
