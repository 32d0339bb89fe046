import * as z from 'zod';
import { type Detector, SCOPE_KINDS } from '../detector.ts';
import type { Warehouse } from '../platform.ts';
import { billingPeriodOf, type Day, isDay } from '../time.ts';

/** What a scope cost on a day at one connection and provider. */
export interface ScopeRow extends z.infer<typeof scopeRow> {}
/** A time in which a scope may cost more, or nobody works. */
export interface PlannedEvent extends z.infer<typeof plannedEvent> {}
/** How far a day of a connection was read. */
export interface Reading extends z.infer<typeof reading> {}

const scopeRow = z.object({
  day: z.iso.date(),
  scope_kind: z.enum(SCOPE_KINDS),
  scope_id: z.string(),
  team_id: z.string().nullable(),
  provider: z.string(),
  connection_id: z.string(),
  amount: z.string(),
  detail: z.string().nullish(),
});

/** The shape of a planned event, in the reference table and in the state. */
export const plannedEvent = z.object({
  event_id: z.string(),
  scope_kind: z.enum(['company', 'team', 'person', 'credential']),
  scope_id: z.string(),
  kind: z.enum(['holiday', 'launch', 'migration', 'expected']),
  starts_on: z.iso.date(),
  /** First day after. */
  ends_on: z.iso.date(),
  factor: z.string(),
});

/** Who is who: a team with its owner and place, a person with the first day, a key with who answers for it, a key of people's own. */
const known = z.object({
  kind: z.enum(['team', 'person', 'credential', 'personal_key']),
  id: z.string(),
  owner_id: z.string().nullable(),
  path: z.string().nullable(),
  started_on: z.iso.date().nullable(),
});
const reading = z.object({
  connection_id: z.string(),
  target: z.enum(['usage', 'costs']),
  day: z.iso.date(),
  generation: z.string().nullable(),
  complete_through: z.string().nullable(),
});

interface Asking {
  readonly warehouse: Pick<Warehouse, 'rows'>;
}

async function read<T>({ warehouse }: Asking, schema: z.ZodType<T>, sql: string): Promise<T[]> {
  const rows: T[] = [];
  for await (const row of warehouse.rows(sql)) rows.push(schema.parse(row));
  return rows;
}

const date = (day: Day): string => {
  if (!isDay(day)) throw new Error(`'${day}' is not a day such as 2026-11-24`);
  return `date '${day}'`;
};

const months = (days: readonly Day[]): string =>
  [...new Set(days.map(billingPeriodOf))].map((month) => `'${month}'`).join(', ');

/** Rows of a detector's view on these days, by day; every asked day is there, also an empty one, its rows in one order whatever the engine. Dollars alone: currencies are not added. */
export async function scopeRows(
  from: Asking,
  { view, column, detail }: Detector['feed'],
  days: readonly Day[],
): Promise<Map<Day, ScopeRow[]>> {
  const found = new Map<Day, ScopeRow[]>(days.map((day) => [day, []]));
  const rows = await read(
    from,
    scopeRow,
    `select day, scope_kind, scope_id, team_id, provider, connection_id, sum(${column}) as amount${detail === undefined ? '' : `, min(${detail}) as detail`}
from ${view}
where billing_period in (${months(days)}) and day in (${days.map(date).join(', ')})
    and scope_id is not null and billing_currency = 'USD' and scope_kind in ('person', 'credential', 'team')
group by day, scope_kind, scope_id, team_id, provider, connection_id
having sum(${column}) <> 0
order by day, scope_kind, scope_id, team_id, provider, connection_id`,
  );
  for (const row of rows) found.get(row.day)?.push(row);
  return found;
}

/**
 * Teams with owner and place in the tree, people with their first day, keys with who answers for them on the last day, and
 * those that carried what people did on these days (their people's series hold it already); asked at once.
 */
export const whoIsWho = (from: Asking, days: readonly Day[], last: Day): Promise<z.infer<typeof known>[]> =>
  read(
    from,
    known,
    `select 'team' as kind, team_id as id, owner_id, path, cast(null as date) as started_on
from teams
union all
select 'person', person_id, cast(null as varchar), cast(null as varchar), min(started_on)
from people
group by person_id
union all
select 'credential', id, max(owner_id), cast(null as varchar), cast(null as date)
from identity_map
where kind = 'credential' and valid_from <= ${date(last)} and valid_to > ${date(last)}
group by id
union all
select distinct 'personal_key', credential_id, cast(null as varchar), cast(null as varchar), cast(null as date)
from allocated_cost
where billing_period in (${months(days)}) and day in (${days.map(date).join(', ')})
    and credential_id is not null and person_id is not null`,
  );

/** What is known of days before anything is judged: events that touch them, and how far they were read. */
export interface KnownDays {
  readonly events: readonly PlannedEvent[];
  readonly readings: readonly Reading[];
}

/** Planned events of the reference data that touch these days, and how far usage and costs were read, by connection and day; asked at once. */
export async function knownDays(from: Asking, days: readonly Day[], first: Day, last: Day): Promise<KnownDays> {
  const told = await read(
    from,
    z.union([plannedEvent.extend({ what: z.literal('event') }), reading.extend({ what: z.literal('reading') })]),
    `select 'event' as what, event_id, scope_kind, scope_id, kind, starts_on, ends_on, factor, cast(null as varchar) as connection_id,
    cast(null as varchar) as target, cast(null as date) as day, cast(null as timestamp) as generation, cast(null as timestamp) as complete_through
from planned_events
where ends_on > ${date(first)} and starts_on <= ${date(last)}
union all
select 'reading', cast(null as varchar), cast(null as varchar), cast(null as varchar), cast(null as varchar), cast(null as date),
    cast(null as date), cast(null as decimal(12,4)), connection_id, target, day, generation, complete_through
from collection_status
where billing_period in (${months(days)}) and day >= ${date(first)} and day <= ${date(last)}
    and target in ('usage', 'costs')`,
  );
  return {
    events: told.flatMap(({ what, ...one }) => ('event_id' in one ? [one] : [])),
    readings: told.flatMap(({ what, ...one }) => ('target' in one ? [one] : [])),
  };
}
