import * as z from 'zod';
import { type Judged, judgeDay, settle } from './detect/judge.ts';
import { loadScene, type Scene } from './detect/scene.ts';
import { prune, rewind, saveBook, setDay } from './detect/series.ts';
import { DETECTORS } from './detectors/index.ts';
import { announced } from './incidents/announce.ts';
import { exportIncidents } from './incidents/export.ts';
import { woken } from './incidents/lifecycle.ts';
import { deliver } from './incidents/outbox.ts';
import { incidentId } from './incidents.ts';
import type { Platform, QueryRow } from './platform.ts';
import { addDays, type Day, dayOf, startOf } from './time.ts';

/** A message of the queue `detect`: the days whose charges changed. A backfill moves baselines and raises nothing. */
export const detectMessage = z.object({
  days: z.array(z.iso.date()).min(1).readonly(),
  mode: z.enum(['live', 'backfill']),
});

/** Days to look at, and how. */
export type DetectMessage = z.infer<typeof detectMessage>;

/** What a run of the detectors did. */
export interface Detected extends Judged {
  /** Messages published. */
  readonly told: number;
}

type Ports = Pick<Platform, 'state' | 'warehouse' | 'crypto' | 'clock' | 'notify' | 'objects' | 'codec'>;

/** Older days correct incidents and baselines but open nothing: nobody can still act on them. */
const RAISES_WITHIN = 7;
const TRIES = 5;

/**
 * Judges the days that changed, moves incidents, keeps everything, then tells. Running it again changes and tells nothing.
 * @throws when a message could not be published: it stays in the outbox, so running again sends it.
 */
export async function detect(platform: Ports, asked: DetectMessage): Promise<Detected> {
  const now = platform.clock.now();
  const open = addDays(dayOf(now), -RAISES_WITHIN);
  return run(platform, asked.days, (scene, days) => {
    for (const day of days) setDay(scene.book, day, scene.rows.get(day) ?? []);
    const results = days.map((day) => judgeDay(scene, day, { now, mayOpen: asked.mode === 'live' && day >= open }));
    if (asked.mode === 'live') {
      // What this run opened is told first: found late, it may be over already.
      settle(scene, now, ({ told }) => told !== null && told.state !== 'closed');
      announce(scene, now);
    }
    return results;
  });
}

/**
 * Judges days as if each were live, in order: the backtest, and a laptop's first run. Incidents of the past are opened and
 * closed at their time; told are only those that are open at the end.
 */
export async function replay(platform: Ports, asked: readonly Day[]): Promise<Detected> {
  return run(platform, asked, (scene, days) => {
    rewind(scene.book, days[0] ?? '');
    const results = days.map((day) => {
      const now = startOf(addDays(day, 1));
      setDay(scene.book, day, scene.rows.get(day) ?? []);
      const result = judgeDay(scene, day, { now, mayOpen: true });
      settle(scene, now, () => true);
      return result;
    });
    announce(scene, platform.clock.now());
    return results;
  });
}

async function run(
  platform: Ports,
  asked: readonly Day[],
  judge: (scene: Scene, days: readonly Day[]) => readonly Judged[],
): Promise<Detected> {
  const [first, ...rest] = [...new Set(asked)].sort();
  if (first === undefined) return { judged: 0, nearest: 0, told: await deliver(platform) };
  const all: Judged[] = [];
  const asking = { ...platform, warehouse: askedOnce(platform.warehouse) };
  for (const detector of DETECTORS) {
    const idOf: Scene['idOf'] = (scope, day) => incidentId(platform.crypto, detector.id, scope, day);
    for (let tries = 1; ; tries += 1) {
      const scene = await loadScene(asking, detector, [first, ...rest], idOf);
      const judged = judge(scene, [first, ...rest]);
      prune(scene.book, newest(scene) ?? first);
      // Incidents last: a run that ends between the two judges the same days again.
      if ((await saveBook(platform, scene.book)) && (await scene.incidents.save(platform))) {
        all.push(...judged);
        break;
      }
      if (tries === TRIES) throw new Error(`detect lost ${TRIES} races for the same series; the queue tries again`);
    }
  }
  await exportIncidents(platform);
  return {
    judged: all.reduce((total, { judged }) => total + judged, 0),
    nearest: Math.max(0, ...all.map(({ nearest }) => nearest)),
    told: await deliver(platform),
  };
}

/** What several detectors ask in the same words is asked once a run. */
function askedOnce({ rows }: Pick<Platform['warehouse'], 'rows'>): Pick<Platform['warehouse'], 'rows'> {
  const known = new Map<string, readonly QueryRow[]>();
  return {
    rows: async function* (sql) {
      const told = known.get(sql) ?? (await Array.fromAsync(rows(sql)));
      known.set(sql, told);
      yield* told;
    },
  };
}

function newest({ book }: Scene): Day | undefined {
  let last: Day | undefined;
  for (const { total } of book.series.values()) {
    for (const day of total.keys()) if (last === undefined || day > last) last = day;
  }
  return last;
}

/** Puts what is new of each incident into its outbox. */
function announce(scene: Scene, now: number): void {
  for (const incident of scene.incidents.all()) {
    if (incident.kind !== scene.detector.id) continue;
    const parts = [...(scene.book.series.get(`${incident.scope_kind} ${incident.scope_id}`)?.parts.values() ?? [])];
    const connections = new Set(parts.map(({ connection_id }) => connection_id));
    const told = announced(woken(incident, dayOf(now)), {
      now,
      title: scene.detector.title,
      completeThrough: scene.completeThrough(connections),
    });
    if (told !== incident) scene.incidents.put(told);
  }
}
