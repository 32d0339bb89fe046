import { SCOPE_KINDS } from '../detector.ts';
import { type Finding, opened, settled, withDay, withoutDay } from '../incidents/lifecycle.ts';
import type { Incident } from '../incidents.ts';
import { addDays, type Day, dayOf, instant } from '../time.ts';
import { explainedIn, surroundings } from './around.ts';
import { historyOf, type Usual, usualOn } from './history.ts';
import type { Scene } from './scene.ts';
import { type Series, scopeKey } from './series.ts';

/** A day of an incident stays until it is clearly below the bound: a baseline that moves by a hair is no news. */
const CLEARLY = 0.8;

/** How a day is judged. */
export interface Judging {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether new incidents may be opened. */
  readonly mayOpen: boolean;
}

/** What came of judging a day. */
export interface Judged {
  readonly judged: number;
  /** How near its bound the nearest scope came that was not over; 0: none was judged. */
  readonly nearest: number;
}

/** Judges every scope on a day, people and keys before the teams that they explain, and moves the incidents. */
export function judgeDay(scene: Scene, day: Day, judging: Judging): Judged {
  const usual = usualOn(scene, day);
  const shared = sharedRises(scene, day, usual);
  const result = { judged: 0, nearest: 0 };
  for (const kind of SCOPE_KINDS) {
    for (const series of scene.book.series.values()) {
      if (series.scope_kind !== kind || (kind === 'credential' && scene.people.isPersonal(series.scope_id))) continue;
      const nearness = judgeScope(scene, series, { ...judging, day, usual, shared });
      if (nearness === null) continue;
      result.judged += 1;
      if (nearness <= 1) result.nearest = Math.max(result.nearest, nearness);
    }
  }
  return result;
}

/** A scope's day, as the day's other scopes let it be seen. */
interface Judgement extends Judging {
  readonly day: Day;
  readonly usual: Usual;
  /** Teams whose rise is one thing: it is theirs, and not that of each person. */
  readonly shared: ReadonlySet<string>;
}

function sharedRises(scene: Scene, day: Day, usual: Usual): Set<string> {
  const teams = [...scene.book.series.values()].filter(
    ({ scope_kind, total }) => scope_kind === 'team' && (total.get(day) ?? 0n) > 0n,
  );
  const over = teams.filter((series) => scene.detector.judge(historyOf(scene, series, day, usual, 0))?.isOver === true);
  return new Set(
    over.filter((series) => surroundings(scene, series, day, usual).isShared).map(({ scope_id }) => scope_id),
  );
}

function judgeScope(scene: Scene, series: Series, judgement: Judgement): number | null {
  const { day, usual, shared, now } = judgement;
  const mayOpen = judgement.mayOpen && (series.scope_kind !== 'person' || !shared.has(series.team_id ?? ''));
  const { detector, incidents } = scene;
  const { quietDays } = detector.patience[series.scope_kind];
  const around = incidents.around(detector.id, series, day, quietDays);
  const isIn = around?.days[day] !== undefined;
  if ((series.total.get(day) ?? 0n) <= 0n) {
    if (around !== null && isIn && around.state !== 'expected')
      change(scene, around, withoutDay(around, day, 'corrected'), now);
    return null;
  }
  const explained = explainedOf(scene, series, judgement);
  const history = historyOf(scene, series, day, usual, explained);
  const verdict = detector.judge(history);
  if (verdict === null) return null;
  if (verdict.isOver || (isIn && verdict.nearness > CLEARLY)) {
    const finding = { ...findingOf(scene, series, day, usual), day, actual: history.actual, verdict };
    if (around !== null) change(scene, around, withDay(around, finding), now);
    else if (mayOpen)
      incidents.put(opened(scene.idOf(series, day), detector.id, scopeOf(series), finding, instant(now)));
  } else if (around !== null && isIn && around.state !== 'expected') {
    const isExplained = Number(history.actual) > Number(verdict.bound);
    change(scene, around, withoutDay(around, day, isExplained ? 'explained' : 'corrected'), now);
  }
  return verdict.nearness;
}

/** What the scopes inside a team explain of its day; of a rise that its people share, only keys explain a part. */
function explainedOf(scene: Scene, { scope_kind, scope_id }: Series, { day, usual, shared }: Judgement): number {
  if (scope_kind !== 'team') return 0;
  return explainedIn(scene, scope_id, day, usual, shared.has(scope_id) ? ['credential'] : ['credential', 'person']);
}

const scopeOf = ({ scope_kind, scope_id }: Series) => ({ scope_kind, scope_id });

function findingOf(scene: Scene, series: Series, day: Day, usual: Usual): Omit<Finding, 'day' | 'actual' | 'verdict'> {
  const around = surroundings(scene, series, day, usual);
  const { cause, next } = scene.detector.explain(around);
  const team_id = series.scope_kind === 'team' ? series.scope_id : series.team_id;
  const lead = team_id === null ? null : scene.people.teamOwner(team_id);
  const [first] = around.contributors;
  // One person who makes most of it is told; if half the team has risen, its owner is.
  const isOnes = first?.scope_kind === 'person' && first.share > 0.7 && !around.isShared;
  const owner = {
    person: series.scope_id,
    credential: scene.people.keyOwner(series.scope_id) ?? lead,
    team: isOnes ? first.scope_id : lead,
  };
  return {
    team_id,
    owner_id: owner[series.scope_kind],
    provider: around.provider,
    cause,
    next,
    contributors: around.contributors,
  };
}

/** Closes, of those that may, what has been quiet for as many whole days as the scope's patience asks. */
export function settle(scene: Scene, now: number, mayClose: (of: Incident) => boolean): void {
  const { book, calendar, detector, incidents } = scene;
  for (const incident of incidents.all()) {
    if (incident.kind !== detector.id || !mayClose(incident)) continue;
    const series = book.series.get(scopeKey(incident));
    const connections =
      series === undefined ? [] : [...series.parts.values()].map(({ connection_id }) => connection_id);
    const needed = detector.patience[incident.scope_kind].quietDays;
    let seen = 0;
    for (let day = addDays(incident.last_day, 1); day < dayOf(now) && seen < needed; day = addDays(day, 1)) {
      if (calendar.isWhole(connections, day)) seen += 1;
    }
    change(scene, incident, settled(incident, { seen, needed }), now);
  }
}

function change({ incidents }: Scene, was: Incident, next: Incident, now: number): void {
  if (JSON.stringify(was) !== JSON.stringify(next)) incidents.put({ ...next, changed_at: instant(now) });
}
