import { scopeKey } from '../detect/series.ts';
import type { Scope } from '../detector.ts';
import { firstIdOf, type Incident, incident, reaches } from '../incidents.ts';
import type { Platform } from '../platform.ts';
import { type Day, daysBetween } from '../time.ts';

/** The group of incidents in the state. */
export const INCIDENTS = 'incident';

/** Incidents in memory, found by whose they are, and what the state holds of them. */
export interface IncidentBook {
  readonly all: () => Iterable<Incident>;
  readonly put: (of: Incident) => void;
  readonly ofScope: (kind: string, scope: Scope) => readonly Incident[];
  /** Of people and keys of a team. */
  readonly insideTeam: (kind: string, team: string) => readonly Incident[];
  /** The incident that has a day, else the nearest that a new day would belong to. */
  readonly around: (kind: string, scope: Scope, day: Day, quietDays: number) => Incident | null;
  /** Writes those that changed, each only if nobody else has; false when somebody had. */
  readonly save: (platform: Pick<Platform, 'state'>) => Promise<boolean>;
}

/** Reads the incidents of a day and later. */
export async function loadIncidents({ state }: Pick<Platform, 'state'>, since: Day): Promise<IncidentBook> {
  const byId = new Map<string, Incident>();
  const byScope = new Map<string, string[]>();
  const byTeam = new Map<string, string[]>();
  const stored = new Map<string, { readonly text: string; readonly version: number }>();
  const put = (of: Incident): void => {
    if (!byId.has(of.incident_id)) {
      append(byScope, `${of.kind} ${scopeKey(of)}`, of.incident_id);
      if (of.scope_kind !== 'team' && of.team_id !== null) append(byTeam, `${of.kind} ${of.team_id}`, of.incident_id);
    }
    byId.set(of.incident_id, of);
  };
  for await (const { key, data, version } of state.range(INCIDENTS, firstIdOf(since))) {
    const found = incident.parse(data);
    put(found);
    stored.set(key, { text: JSON.stringify(found), version });
  }
  const listed = (ids: readonly string[] = []): Incident[] => ids.flatMap((id) => byId.get(id) ?? []);
  const ofScope = (kind: string, scope: Scope): Incident[] => listed(byScope.get(`${kind} ${scopeKey(scope)}`));
  return {
    all: () => byId.values(),
    put,
    ofScope,
    insideTeam: (kind, team) => listed(byTeam.get(`${kind} ${team}`)),
    around: (kind, scope, day, quietDays) => {
      const all = ofScope(kind, scope);
      const near = all.filter((of) => reaches(of, day, quietDays));
      const away = (of: Incident): number => Math.abs(daysBetween(of.last_day, day));
      return all.find(({ days }) => days[day] !== undefined) ?? near.sort((a, b) => away(a) - away(b))[0] ?? null;
    },
    save: async ({ state: store }) => {
      for (const of of byId.values()) {
        const was = stored.get(of.incident_id);
        if (was?.text === JSON.stringify(of)) continue;
        const at = { group: INCIDENTS, key: of.incident_id };
        if (!(await store.update(at, of, was?.version ?? null))) return false;
      }
      return true;
    },
  };
}

function append(to: Map<string, string[]>, key: string, id: string): void {
  const ids = to.get(key);
  if (ids === undefined) to.set(key, [id]);
  else ids.push(id);
}
