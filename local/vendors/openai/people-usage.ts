import { workOn } from '../company/activity.ts';
import { modelFor } from '../company/models.ts';
import { modelsWithoutCacheWrites } from '../company/prices.ts';
import { tokensOf } from '../company/tokens.ts';
import type { World } from '../company/world.ts';
import { share } from '../random.ts';
import { type Organisation, ownProjects } from './organisation.ts';
import { blank, type UsageRow } from './usage-row.ts';

const SNAPSHOT = { model: 'gpt-6.1-sol', id: 'gpt-6.1-sol-2026-09-29' } as const;

/** The id under which a model's usage is reported: sometimes that of a dated snapshot. */
export function reportedModel(model: string, who: number): string {
  return model === SNAPSHOT.model && share(who, 'snapshot') < 0.4 ? SNAPSHOT.id : model;
}

/** What people did with coding agents on one day. */
export function peopleUsage(world: World, organisation: Organisation, day: number): readonly UsageRow[] {
  const projectId = organisation.projectId(ownProjects.code);
  return world.people.flatMap((person) => {
    const habits = world.habits[person.index];
    if (habits === undefined || habits.anthropicShare === 1) return [];
    const userId = organisation.userId(person.index);
    const keyId = organisation.personKey(person);
    return workOn(world.setting.seed, world.middle, person, habits, day)
      .filter(({ platform }) => platform === 'openai')
      .map((work): UsageRow => {
        const model = modelFor('openai', work.kind, person.index, day);
        const tokens = tokensOf(work, habits);
        const writes = !modelsWithoutCacheWrites.has(model);
        return {
          ...blank,
          kind: 'completions',
          hour: day * 24 + work.hour,
          projectId,
          userId,
          keyId,
          model: reportedModel(model, person.index),
          apiSource: 'unlabeled',
          uncached: tokens.uncached + (writes ? 0 : tokens.shortWrite + tokens.longWrite),
          cached: tokens.cacheRead,
          write30m: writes ? tokens.shortWrite : 0,
          write12h: writes ? tokens.longWrite : 0,
          output: tokens.output,
          requests: work.turns,
          grain: work.grain,
        };
      });
  });
}
