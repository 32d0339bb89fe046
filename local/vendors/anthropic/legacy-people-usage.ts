import { workOn } from '../company/activity.ts';
import { modelFor } from '../company/models.ts';
import { teamOn } from '../company/people.ts';
import { tokensOf } from '../company/tokens.ts';
import type { World } from '../company/world.ts';
import { share } from '../random.ts';
import { acquiredTeam } from './acquired.ts';
import { type Organisation, ownWorkspaces } from './organisation.ts';
import { modelsWithoutGeography } from './people-usage.ts';
import type { UsageRow } from './usage-row.ts';

/** What people of the acquired team still do there, beside their work in the main organisation. */
const SHARE = 0.15;

/** What people did in the acquired organisation on one day. */
export function legacyPeopleUsage(world: World, organisation: Organisation, day: number): readonly UsageRow[] {
  const team = acquiredTeam(world);
  return world.people.flatMap((person) => {
    const habits = world.habits[person.index];
    if (habits === undefined || teamOn(person, day) !== team) return [];
    return workOn(world.setting.seed, world.middle, person, habits, day)
      .filter(({ grain }) => share(grain, 'acquired') < SHARE)
      .map((work): UsageRow => {
        const model = modelFor('anthropic', work.kind, person.index, day);
        const tokens = tokensOf(work, habits);
        const console = work.grain % 5 === 0;
        return {
          hour: day * 24 + work.hour,
          actor: organisation.userActor(person.index),
          keyId: null,
          workspaceId: organisation.workspaceId(console ? ownWorkspaces.default : ownWorkspaces.code),
          product: console ? 'claude_console' : 'claude_code',
          sessionId: null,
          model,
          tier: 'standard',
          context: '0-200k',
          geo: modelsWithoutGeography.has(model) ? null : 'global',
          speed: 'standard',
          uncached: tokens.uncached,
          write5m: tokens.shortWrite,
          write1h: tokens.longWrite,
          cacheRead: tokens.cacheRead,
          output: tokens.output,
          requests: work.turns,
          webSearches: 0,
          codeHundredths: 0,
          sessionHundredths: 0,
          grain: work.grain,
        };
      });
  });
}
