import type { Contributor, Scope, Verdict } from '../detector.ts';
import { amounts, type Incident, severityOf } from '../incidents.ts';
import { addDays, type Day } from '../time.ts';

/** An incident that so many days could not end is the new usual. */
const LASTS_AT_MOST = 14;
/** As many contributors are kept by name. */
const LISTED = 50;

/** What was found on a day over the bound. */
export interface Finding {
  readonly day: Day;
  readonly actual: string;
  readonly verdict: Verdict;
  readonly team_id: string | null;
  readonly owner_id: string | null;
  readonly provider: string | null;
  readonly cause: string | null;
  readonly next: string;
  readonly contributors: readonly Contributor[];
}

/** A new incident; nothing of it is told yet. */
export function opened(id: string, kind: string, scope: Scope, finding: Finding, now: string): Incident {
  const blank: Incident = {
    ...{ incident_id: id, version: 1, kind, ...scope, team_id: null, owner_id: null, provider: null, state: 'open' },
    ...{ opened_at: now, changed_at: now, opened_day: finding.day, last_day: finding.day },
    ...{
      baseline: '',
      cause: null,
      next_step: '',
      note: null,
      snoozed_until: null,
      days: {},
      contributors: [],
      further: 0,
    },
    ...{ ended: null, usual_from: null, told: null, unsent: [] },
  };
  return withDay(blank, finding);
}

/** The incident with a day over the bound: added, or set anew. What is said of it is what its last day says. */
export function withDay(of: Incident, finding: Finding): Incident {
  const { day, actual, verdict } = finding;
  const next = spanned({
    ...of,
    days: { ...of.days, [day]: { actual, expected: verdict.expected, bound: verdict.bound } },
  });
  const said: Incident = day < next.last_day ? next : { ...next, ...words(finding) };
  return of.state === 'closed' && of.days[day] === undefined ? moved({ ...said, ended: null }, 'open') : said;
}

function words({ verdict, team_id, owner_id, provider, cause, next, contributors }: Finding) {
  return {
    ...{ team_id, owner_id, provider, baseline: verdict.rule, cause, next_step: next },
    contributors: contributors.slice(0, LISTED).map((contributor) => ({ ...contributor })),
    further: Math.max(0, contributors.length - LISTED),
  };
}

/** The incident without a day that is over the bound no more; without any it closes, and says why. */
export function withoutDay(of: Incident, day: Day, why: 'corrected' | 'explained'): Incident {
  const { [day]: _gone, ...days } = of.days;
  const left = spanned({ ...of, days });
  if (Object.keys(days).length > 0 || of.state === 'closed') return left;
  return moved({ ...left, ended: why }, 'closed');
}

/** Closes what has been quiet for long enough, or has lasted so long that it is the usual. */
export function settled(of: Incident, quietDays: { readonly seen: number; readonly needed: number }): Incident {
  if (of.state === 'closed' || of.state === 'expected') return of;
  const over = Object.keys(of.days).sort();
  const last = over[LASTS_AT_MOST - 1];
  if (last !== undefined) return moved({ ...of, ended: 'became_usual', usual_from: addDays(last, 1) }, 'closed');
  return quietDays.seen >= quietDays.needed ? moved({ ...of, ended: 'closed' }, 'closed') : of;
}

/** A person has seen it: it is told again only if it becomes three times as much. */
export function acknowledged(of: Incident, note: string | null): Incident {
  return heard(moved({ ...of, note: note ?? of.note }, 'acknowledged'));
}

/** A person wants to hear nothing of it until a day is over. */
export function snoozed(of: Incident, until: Day, note: string | null): Incident {
  return heard({ ...moved({ ...of, note: note ?? of.note }, 'snoozed'), snoozed_until: until });
}

/** What was snoozed and is not over is open again once its last silent day has passed. */
export function woken(of: Incident, today: Day): Incident {
  if (of.state !== 'snoozed' || of.snoozed_until === null || today <= of.snoozed_until) return of;
  return { ...moved(of, 'open'), snoozed_until: null };
}

/** A person says that it was expected. */
export function expected(of: Incident, note: string | null): Incident {
  return heard(moved({ ...of, ended: null, note: note ?? of.note }, 'expected'));
}

/** Who changed the state knows how it stands: nothing of it waits to be told. */
function heard(of: Incident): Incident {
  const at = of.told?.at ?? of.opened_at;
  return { ...of, told: { state: of.state, severity: severityOf(of), excess: amounts(of).excess_cost, at } };
}

function moved(of: Incident, state: Incident['state']): Incident {
  return of.state === state ? of : { ...of, state, version: of.version + 1 };
}

function spanned(of: Incident): Incident {
  const over = Object.keys(of.days).sort();
  return { ...of, opened_day: over[0] ?? of.opened_day, last_day: over.at(-1) ?? of.last_day };
}
