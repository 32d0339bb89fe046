import * as z from 'zod';
import { KEPT_DAYS, SCOPE_KINDS, type Scope, type ScopeKind } from '../detector.ts';
import { scaled, unscaled } from '../money.ts';
import type { Platform } from '../platform.ts';
import { addDays, DAY, type Day, startOf } from '../time.ts';
import type { ScopeRow } from './rows.ts';

/** Places that a kept amount has; as many as marts give. */
const SCALE = 10;
/** A series that nothing enters any more leaves the store after so many days. */
const FORGOTTEN_AFTER = 60;

/** A scope's days at one connection and provider. */
interface Part {
  readonly provider: string;
  readonly connection_id: string;
  readonly days: Map<Day, bigint>;
}

/** A scope's daily amounts of the last weeks. A day that is not there cost nothing, or was not read: `wholeness` knows. */
export interface Series extends Scope {
  /** The team that most of the newest day is given to; null: nobody's. */
  team_id: string | null;
  readonly parts: Map<string, Part>;
  /** Per day over all parts. */
  readonly total: Map<Day, bigint>;
}

/** All series of one view, by scope; `stored` is what the store holds, to write only what changed. */
export interface Book {
  readonly view: string;
  readonly series: Map<string, Series>;
  readonly stored: Map<string, { readonly text: string; readonly version: number }>;
}

const stored = z.object({
  team_id: z.string().nullable(),
  parts: z.array(
    z.object({ provider: z.string(), connection_id: z.string(), days: z.record(z.iso.date(), z.string()) }),
  ),
});

/** A scope as one word. */
export const scopeKey = ({ scope_kind, scope_id }: Scope): string => `${scope_kind} ${scope_id}`;
const groupOf = (view: string, kind: ScopeKind): string => `series#${view}#${kind}`;

/** Reads all series of a view: a few pages of small items. */
export async function loadBook({ state }: Pick<Platform, 'state'>, view: string): Promise<Book> {
  const book: Book = { view, series: new Map(), stored: new Map() };
  for (const scope_kind of SCOPE_KINDS) {
    for await (const { key, data, version } of state.range(groupOf(view, scope_kind))) {
      const { team_id, parts } = stored.parse(data);
      const scope = { scope_kind, scope_id: key };
      const series: Series = { ...scope, team_id, parts: new Map(), total: new Map() };
      for (const { provider, connection_id, days } of parts) {
        const kept = new Map(Object.entries(days).map(([day, amount]) => [day, scaled(amount, SCALE)]));
        series.parts.set(partKey({ provider, connection_id }), { provider, connection_id, days: kept });
        for (const [day, amount] of kept) series.total.set(day, (series.total.get(day) ?? 0n) + amount);
      }
      book.series.set(scopeKey(scope), series);
      book.stored.set(scopeKey(scope), { text: JSON.stringify(dataOf(series)), version });
    }
  }
  return book;
}

const partKey = ({ provider, connection_id }: Omit<Part, 'days'>): string => `${connection_id} ${provider}`;

/** Sets a day of all series to what its rows say: never added, so that a day told again corrects itself. */
export function setDay({ series }: Book, day: Day, rows: readonly ScopeRow[]): void {
  for (const { parts, total } of series.values()) {
    for (const part of parts.values()) part.days.delete(day);
    total.delete(day);
  }
  const shares = new Map<Series, Map<string | null, bigint>>();
  for (const { scope_kind, scope_id, team_id, provider, connection_id, amount: text } of rows) {
    const scope = { scope_kind, scope_id };
    const amount = scaled(text, SCALE);
    const found = series.get(scopeKey(scope)) ?? { ...scope, team_id, parts: new Map(), total: new Map() };
    series.set(scopeKey(scope), found);
    const part = found.parts.get(partKey({ provider, connection_id })) ?? { provider, connection_id, days: new Map() };
    found.parts.set(partKey(part), part);
    part.days.set(day, (part.days.get(day) ?? 0n) + amount);
    found.total.set(day, (found.total.get(day) ?? 0n) + amount);
    const share = shares.get(found) ?? new Map<string | null, bigint>();
    shares.set(found, share.set(team_id, (share.get(team_id) ?? 0n) + amount));
  }
  for (const [found, share] of shares) if (newest(found) <= day) found.team_id = largest(share);
}

/** The team that a day's largest part is given to; of equal ones the first by name, nobody last. */
function largest(share: ReadonlyMap<string | null, bigint>): string | null {
  const [first] = [...share].sort(([one, a], [other, b]) => {
    if (a !== b) return a > b ? -1 : 1;
    return other === null || (one !== null && one < other) ? -1 : 1;
  });
  return first?.[0] ?? null;
}

/** Forgets days from this one on, before they are set again in order: teams are then those of each day. */
export function rewind({ series }: Book, first: Day): void {
  for (const { parts, total } of series.values()) {
    for (const day of total.keys()) if (day >= first) total.delete(day);
    for (const { days } of parts.values()) for (const day of days.keys()) if (day >= first) days.delete(day);
  }
}

const newest = ({ total }: Series): Day => [...total.keys()].reduce((last, day) => (day > last ? day : last), '');

/** Drops what lies too far back to matter to any day that may still be judged. */
export function prune({ series }: Book, last: Day): void {
  const first = addDays(last, -KEPT_DAYS);
  for (const { parts, total } of series.values()) {
    for (const day of total.keys()) if (day <= first) total.delete(day);
    for (const [key, { days }] of parts) {
      for (const day of days.keys()) if (day <= first) days.delete(day);
      if (days.size === 0) parts.delete(key);
    }
  }
}

/** Writes the series that changed; false when another run was faster with one of them. */
export async function saveBook({ state }: Pick<Platform, 'state'>, book: Book): Promise<boolean> {
  for (const [key, series] of book.series) {
    const data = dataOf(series);
    const was = book.stored.get(key);
    if (data.parts.length === 0 || JSON.stringify(data) === was?.text) continue;
    const at = { group: groupOf(book.view, series.scope_kind), key: series.scope_id };
    const expiresAt = startOf(newest(series)) + FORGOTTEN_AFTER * DAY;
    if (!(await state.update(at, data, was?.version ?? null, { expiresAt }))) return false;
  }
  return true;
}

function dataOf({ team_id, parts }: Series): z.infer<typeof stored> {
  const kept = [...parts.values()]
    .filter(({ days }) => days.size > 0)
    .sort((a, b) => (partKey(a) < partKey(b) ? -1 : 1))
    .map(({ provider, connection_id, days }) => ({
      provider,
      connection_id,
      days: Object.fromEntries(
        [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, amount]) => [day, short(amount)]),
      ),
    }));
  return { team_id, parts: kept };
}

const short = (amount: bigint): string => unscaled(amount, SCALE).replace(/\.?0+$/, '');
