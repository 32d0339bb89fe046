import type { PlannedEvent } from '../../../shared/detect/rows.ts';
import type { ScopeKind } from '../../../shared/detector.ts';
import type { QueryRow, Warehouse } from '../../../shared/platform.ts';
import { addDays, type Day } from '../../../shared/time.ts';
import { type TestWorld, testPlatform } from '../../platform/index.ts';

/** What a scope cost on a day. */
export interface Cost {
  readonly day: Day;
  readonly scope_kind: ScopeKind;
  readonly scope_id: string;
  readonly team_id: string | null;
  readonly provider?: string;
  amount: string;
}

/** The rows that detectors read, changed by a test as vendors restate them. */
export interface MadeLake {
  costs: Cost[];
  readonly teams: { readonly team_id: string; readonly owner_id: string | null; readonly path: string }[];
  readonly people: { readonly person_id: string; readonly started_on: string | null }[];
  readonly keys: { readonly id: string; readonly owner_id: string | null }[];
  /** Keys that carry what people do. */
  readonly personalKeys: string[];
  readonly events: PlannedEvent[];
  readonly readings: {
    readonly connection_id: string;
    readonly target: string;
    readonly day: Day;
    readonly generation: string | null;
    readonly complete_through: string | null;
  }[];
}

/** A lake with nothing in it. */
export const emptyLake = (): MadeLake => ({
  costs: [],
  teams: [],
  people: [],
  keys: [],
  personalKeys: [],
  events: [],
  readings: [],
});

/** A warehouse that answers what detectors ask from a made lake; that the SQL says so is tested on the engine. */
function warehouseOf(lake: MadeLake): Pick<Warehouse, 'rows'> {
  return {
    rows: async function* (sql) {
      const days = new Set(sql.match(/\d{4}-\d{2}-\d{2}/g));
      const answers: Record<string, () => QueryRow[]> = {
        scope_cost: () =>
          lake.costs
            .filter(({ day, amount }) => days.has(day) && Number(amount) !== 0)
            .map(({ provider = 'anthropic', ...row }) => ({ ...row, provider, connection_id: `${provider}.main` })),
        teams: () => {
          const none = { owner_id: null, path: null, started_on: null };
          return [
            ...lake.teams.map(({ team_id: id, ...team }) => ({ ...none, kind: 'team', id, ...team })),
            ...lake.people.map(({ person_id: id, started_on }) => ({ ...none, kind: 'person', id, started_on })),
            ...lake.keys.map((key) => ({ ...none, kind: 'credential', ...key })),
            ...lake.personalKeys.map((id) => ({ ...none, kind: 'personal_key', id })),
          ];
        },
        planned_events: () => [
          ...lake.events.map((event) => ({ what: 'event', ...event })),
          ...lake.readings.map((reading) => ({ what: 'reading', ...reading })),
        ],
      };
      yield* answers[/from (\w+)/.exec(sql)?.[1] ?? '']?.() ?? [];
    },
  };
}

/** A test platform over a made lake; later test platforms may share its state. */
export function worldOf(lake: MadeLake, given: Parameters<typeof testPlatform>[0] = {}): TestWorld {
  const { platform, ...rest } = testPlatform(given);
  return { ...rest, platform: { ...platform, warehouse: { ...platform.warehouse, ...warehouseOf(lake) } } };
}

/** `count` days up to and including the last. */
export const daysTo = (last: Day, count: number): Day[] =>
  Array.from({ length: count }, (_, index) => addDays(last, index + 1 - count));
