import type { Contributor, Scope, ScopeKind, Surroundings } from '../detector.ts';
import { median } from '../detectors/statistics.ts';
import type { Incident } from '../incidents.ts';
import { scaled, unscaled } from '../money.ts';
import type { Day } from '../time.ts';
import { toNumber, type Usual } from './history.ts';
import type { Scene } from './scene.ts';
import type { Series } from './series.ts';

/** More than this part of an excess at one vendor, and the vendor is named. */
const ONE_VENDOR = 0.7;
/** A scope that costs more than so many times its usual has risen. */
const RAISED = 1.5;

/** Of fewer than this, half says nothing. */
const FEW = 4;

/** What surrounds a scope's dear day: vendor, and in a team who makes the excess. */
export function surroundings(scene: Scene, series: Series, day: Day, usual: Usual): Surroundings {
  const { scope_kind, scope_id } = series;
  const within = scope_kind === 'team' ? inside(scene, scope_id, day) : [];
  const rises = within.map((one) => ({
    one,
    usual: times(usual.of(one), scene.calendar.factor(one, null, day)),
    actual: toNumber(one.total.get(day) ?? 0n),
  }));
  const raised = rises.filter((rise) => rise.usual !== null && rise.actual > RAISED * rise.usual).length;
  return {
    ...{ scope_kind, scope_id },
    isOffDay: scene.calendar.kindOf(series, series.team_id, day) === 'off',
    provider: providerOf(series, day, usual),
    detail: detailOf(scene, series, day),
    contributors: contributors(rises),
    raised,
    active: rises.length,
    isShared: rises.length >= FEW && raised * 2 >= rises.length,
  };
}

const times = (usual: number | null, factor: number): number | null => (usual === null ? null : usual * factor);

/** People of a team that were active on a day, and the keys that nobody's person stands behind. */
function inside({ book, people }: Scene, team: string, day: Day): Series[] {
  return [...book.series.values()].filter(
    ({ scope_kind, scope_id, team_id, total }) =>
      team_id === team &&
      (total.get(day) ?? 0n) > 0n &&
      (scope_kind === 'person' || (scope_kind === 'credential' && !people.isPersonal(scope_id))),
  );
}

function contributors(
  rises: readonly { readonly one: Scope; readonly usual: number | null; readonly actual: number }[],
): Contributor[] {
  const more = rises
    .map(({ one, usual, actual }) => ({ one, excess: actual - (usual ?? 0) }))
    .filter(({ excess }) => excess >= 0.01)
    .sort((a, b) => b.excess - a.excess || (a.one.scope_id < b.one.scope_id ? -1 : 1));
  const all = more.reduce((total, { excess }) => total + excess, 0);
  return more.map(({ one: { scope_kind, scope_id }, excess }) => ({
    ...{ scope_kind, scope_id },
    excess: unscaled(BigInt(Math.round(excess * 100)), 2),
    share: Math.round((excess / all) * 1000) / 1000,
  }));
}

/** The vendor that makes most of the excess; null: several do. */
function providerOf(series: Series, day: Day, usually: Usual): string | null {
  const past = usually.past(series).map((one) => one.day);
  const byProvider = new Map<string, number>();
  for (const { provider, days } of series.parts.values()) {
    const usual = past.length === 0 ? 0 : median(past.map((one) => toNumber(days.get(one) ?? 0n)));
    const excess = Math.max(0, toNumber(days.get(day) ?? 0n) - usual);
    byProvider.set(provider, (byProvider.get(provider) ?? 0) + excess);
  }
  const all = [...byProvider.values()].reduce((total, excess) => total + excess, 0);
  return [...byProvider].find(([, excess]) => all > 0 && excess / all > ONE_VENDOR)?.[0] ?? null;
}

/** What the day's largest row of a scope names. */
function detailOf({ rows }: Scene, { scope_kind, scope_id }: Scope, day: Day): string | null {
  const [largest] = (rows.get(day) ?? [])
    .filter((row) => row.scope_kind === scope_kind && row.scope_id === scope_id)
    .sort((a, b) => Number(b.amount) - Number(a.amount));
  return largest?.detail ?? null;
}

const excessOn = (of: Incident | undefined, day: Day): number => {
  const found = of?.days[day];
  return found === undefined ? 0 : toNumber(scaled(found.actual, 10) - scaled(found.expected, 10));
};

/** What incidents and planned events of people or keys inside a team already explain of its day, in dollars. */
export function explainedIn(scene: Scene, team: string, day: Day, usual: Usual, by: readonly ScopeKind[]): number {
  const { calendar, detector, incidents } = scene;
  const covered = new Map<string, number>();
  for (const incident of incidents.insideTeam(detector.id, team)) {
    if (by.includes(incident.scope_kind) && incident.days[day] !== undefined)
      covered.set(incident.scope_id, excessOn(incident, day));
  }
  for (const one of inside(scene, team, day)) {
    const isPlanned = by.includes(one.scope_kind) && calendar.factor(one, null, day) !== 1;
    if (covered.has(one.scope_id) || !isPlanned) continue;
    covered.set(one.scope_id, Math.max(0, toNumber(one.total.get(day) ?? 0n) - (usual.of(one) ?? 0)));
  }
  return [...covered.values()].reduce((total, excess) => total + excess, 0);
}
