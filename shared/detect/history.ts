import { type History, type PastDay, type Scope, WINDOW_DAYS } from '../detector.ts';
import { median } from '../detectors/statistics.ts';
import { isLeftOut } from '../incidents.ts';
import { unscaled } from '../money.ts';
import { addDays, type Day, days } from '../time.ts';
import type { Scene } from './scene.ts';
import { type Series, scopeKey } from './series.ts';

/** Fewer days than this are too few to leave out more than the scope's own incidents. */
const FEW = 5;
/** A scope is new for so many days. */
const NEW_DAYS = 14;
const SCALE = 10;

/** What each scope usually costs on a day, and what its peers do; worked out once a day. */
export interface Usual {
  /** The days a scope's day is compared with. */
  readonly past: (scope: Scope) => readonly PastDay[];
  readonly of: (scope: Scope) => number | null;
  readonly peers: (series: Series) => number | null;
}

/** The days that a scope's day is compared with: active, whole, of no incident, and not raised by a planned event. */
function pastOf(scene: Scene, series: Series, window: readonly Day[], judged: Day): PastDay[] {
  const { calendar, incidents, detector } = scene;
  const connections = [...series.parts.values()].map(({ connection_id }) => connection_id);
  const own = incidents.ofScope(detector.id, series);
  const inside = series.scope_kind === 'team' ? incidents.insideTeam(detector.id, series.scope_id) : [];
  const past: (PastDay & { readonly isPlain: boolean })[] = [];
  for (const day of window) {
    const amount = series.total.get(day) ?? 0n;
    if (amount <= 0n || !calendar.isWhole(connections, day)) continue;
    if (own.some((incident) => isLeftOut(incident, day, judged))) continue;
    const isPlain =
      !inside.some((incident) => isLeftOut(incident, day, judged)) &&
      calendar.factor(series, series.team_id, day) === 1;
    past.push({ day, kind: calendar.kindOf(series, series.team_id, day), amount: toNumber(amount), isPlain });
  }
  const plain = past.filter(({ isPlain }) => isPlain);
  return plain.length >= FEW ? plain : past;
}

/** A scaled amount for statistics. */
export const toNumber = (amount: bigint): number => Number(unscaled(amount, SCALE));

/** What is usual on a day, for every scope that is known. */
export function usualOn(scene: Scene, day: Day): Usual {
  const { book, calendar, detector } = scene;
  const window = [...days(addDays(day, -WINDOW_DAYS), day)];
  const found = new Map<string, number | null>();
  const pasts = new Map<string, readonly PastDay[]>();
  const byPeers = new Map<string, number[]>();
  for (const [key, series] of book.series) {
    const kind = calendar.kindOf(series, series.team_id, day);
    const past = pastOf(scene, series, window, day);
    const usual = detector.usual({ scope_kind: series.scope_kind, kind, past });
    pasts.set(key, past);
    found.set(key, usual);
    if (usual === null) continue;
    for (const group of [`${series.scope_kind} ${series.team_id}`, series.scope_kind]) {
      byPeers.set(group, [...(byPeers.get(group) ?? []), usual]);
    }
  }
  const middle = (group: string): number | null => {
    const values = byPeers.get(group);
    return values === undefined ? null : median(values);
  };
  return {
    past: (scope) => pasts.get(scopeKey(scope)) ?? [],
    of: (scope) => found.get(scopeKey(scope)) ?? null,
    peers: (series) =>
      (series.scope_kind === 'person' ? middle(`person ${series.team_id}`) : null) ?? middle(series.scope_kind),
  };
}

/** All that the detector is told of a scope's day. */
export function historyOf(scene: Scene, series: Series, day: Day, usual: Usual, explained: number): History {
  const { calendar, people } = scene;
  const { scope_kind, scope_id, team_id, total } = series;
  const since = addDays(day, -NEW_DAYS);
  const startedOn = scope_kind === 'person' ? people.startedOn(scope_id) : null;
  return {
    ...{ scope_kind, scope_id, day, explained },
    kind: calendar.kindOf(series, team_id, day),
    actual: unscaled(total.get(day) ?? 0n, SCALE),
    past: usual.past(series),
    isNew: (startedOn !== null && startedOn > since) || ![...total.keys()].some((known) => known <= since),
    factor: calendar.factor(series, team_id, day),
    peers: usual.peers(series),
  };
}
