import { dayNumber } from '../calendar.ts';
import { type Work, workOn } from '../company/activity.ts';
import { modelFor } from '../company/models.ts';
import { teamOn } from '../company/people.ts';
import { tokensOf } from '../company/tokens.ts';
import type { World } from '../company/world.ts';
import { identifier, share } from '../random.ts';
import { type Organisation, ownWorkspaces } from './organisation.ts';
import type { UsageRow } from './usage-row.ts';

/** Since this day a request above 200,000 tokens of the models sold here costs no more a token than a short one. */
const LONG_CONTEXT_IS_FLAT_FROM = dayNumber('2026-05-01');
/** Models that report no inference geography: they cannot pick one. */
export const modelsWithoutGeography: ReadonlySet<string> = new Set(['claude-haiku-4-5']);
const modelsWithFastMode: ReadonlySet<string> = new Set(['claude-opus-5', 'claude-opus-5-5']);
const RESEARCH_SHARE = 0.4;
const SWITCHED_SHARE = 0.92;

/** What people did with coding agents and the console in one organisation on one day. */
export function peopleUsage(world: World, organisation: Organisation, day: number): readonly UsageRow[] {
  const { seed } = world.setting;
  return world.people.flatMap((person) => {
    if (!organisation.people.has(person.index)) return [];
    const habits = world.habits[person.index];
    if (habits === undefined) return [];
    const switched =
      world.plan.modelChange !== null &&
      day >= world.plan.modelChange.from &&
      teamOn(person, day) === world.plan.modelChange.team;
    const own = workOn(seed, world.middle, person, habits, day)
      .filter((work) => work.platform === 'anthropic' && isHere(world, organisation, person.index, work))
      .map((work): UsageRow => {
        const usual = modelFor('anthropic', work.kind, person.index, day);
        const follows = switched && work.kind !== 'small' && share(work.grain, 'switched') < SWITCHED_SHARE;
        const model = follows && organisation.alias === 'main' ? 'claude-fable-5-1' : usual;
        const tokens = tokensOf(work, habits);
        const console = work.grain % 29 === 0;
        const long = work.kind !== 'small' && day >= LONG_CONTEXT_IS_FLAT_FROM && share(work.grain, 'long') < 0.05;
        const fast = habits.usesFastMode && modelsWithFastMode.has(model) && share(work.grain, 'fast') < 0.3;
        return {
          hour: day * 24 + work.hour,
          actor: organisation.userActor(person.index),
          keyId: null,
          workspaceId: organisation.workspaceId(console ? ownWorkspaces.default : ownWorkspaces.code),
          product: console ? 'claude_console' : 'claude_code',
          sessionId: null,
          model,
          tier: 'standard',
          context: long ? '200k-1M' : '0-200k',
          geo: modelsWithoutGeography.has(model) ? null : 'global',
          speed: fast ? 'fast' : 'standard',
          uncached: tokens.uncached,
          write5m: tokens.shortWrite,
          write1h: tokens.longWrite,
          cacheRead: tokens.cacheRead,
          output: tokens.output,
          requests: work.turns,
          webSearches: Math.floor(work.turns * 0.02 * share(work.grain, 'searches')),
          codeHundredths: 0,
          sessionHundredths: 0,
          grain: work.grain,
        };
      });
    const runaway = organisation.alias === 'main' ? runawayUsage(world, organisation, person.index, day) : [];
    return runaway.length === 0 ? own : [...own, ...runaway];
  });
}

/** Researchers do a part of their work in the research organisation; everybody else all of it in the main one. */
function isHere(world: World, organisation: Organisation, person: number, work: Work): boolean {
  const isResearcher = world.people[person]?.stays.some(({ team }) => team.startsWith('machine-learning')) ?? false;
  const inResearch = isResearcher && share(work.grain, 'research') < RESEARCH_SHARE;
  return inResearch === (organisation.alias === 'research');
}

const RUNAWAY_BEGINS = 2;
const RUNAWAY_ENDS = 18;

/** The agent that somebody left running over a weekend: no cache habit helps, since its context grows all the time. */
function runawayUsage(world: World, organisation: Organisation, person: number, day: number): readonly UsageRow[] {
  const runaway = world.plan.runaway;
  if (runaway === null || runaway.person !== person || day < runaway.from || day > runaway.to) return [];
  const first = day === runaway.from ? RUNAWAY_BEGINS : 0;
  const last = day === runaway.to ? RUNAWAY_ENDS : 24;
  return Array.from({ length: last - first }, (_, index): UsageRow => {
    const hour = day * 24 + first + index;
    const grain = Math.floor(share(world.setting.seed, 'runaway', hour) * 2 ** 31);
    const turns = Math.round(runaway.turnsAnHour * (0.85 + 0.3 * share(grain, 'turns')));
    return {
      hour,
      actor: organisation.userActor(person),
      keyId: null,
      workspaceId: organisation.workspaceId(ownWorkspaces.code),
      product: 'claude_code',
      sessionId: `sesn_01${identifier(22, world.setting.seed, 'runaway session')}`,
      model: modelFor('anthropic', 'large', 0, day),
      tier: 'standard',
      context: '0-200k',
      geo: 'global',
      speed: 'standard',
      uncached: turns * 900,
      write5m: turns * 5200,
      write1h: 0,
      cacheRead: turns * 168_000,
      output: turns * 1150,
      requests: turns,
      webSearches: Math.floor(turns * 0.01),
      codeHundredths: 0,
      sessionHundredths: 0,
      grain,
    };
  });
}
