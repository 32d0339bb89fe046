import { dayText, isWeekend, weekday } from '../calendar.ts';
import { share } from '../random.ts';
import { habitsOf } from './habits.ts';
import { ids } from './ids.ts';
import type { Incident, Plan } from './incidents.ts';
import { type Person, teamOn } from './people.ts';
import type { PlacedService } from './placed-services.ts';
import { type Setting, span } from './setting.ts';
import type { Team } from './teams.ts';

/** What an incident needs to know of the company. */
interface Stage {
  readonly setting: Setting;
  readonly teams: readonly Team[];
  readonly people: readonly Person[];
  readonly services: readonly PlacedService[];
}

const TEAM_MONTH_PER_PERSON = 190;
const QUIET_DAYS_BEFORE = 14;
const RUNAWAY_HOURS = 40;
/** What one turn of the runaway session costs: a context near 170,000 tokens on claude-opus-5-5. */
const RUNAWAY_TURN_DOLLARS = 0.086;
const BURST_HOURS = [10, 12, 14, 16, 18, 20];
const BURST_FACTOR = 260;
/** What `search-ranking` costs in one of its usual hours in a company of sixty. */
const BURST_USUAL_HOUR = 0.15;
/** What the switch adds to the team's spend: the model is five times as dear, but its cache reads are not. */
const SWITCH_ADDS = 1.2;

/** Plants the incidents of the last three weeks, as far as the history is long enough to hold them. */
export function planIncidents(stage: Stage): Plan {
  const runaway = planRunaway(stage);
  const modelChange = planModelChange(stage, runaway?.incident.team ?? null);
  const burst = planBurst(stage);
  return {
    runaway: runaway?.plan ?? null,
    modelChange: modelChange?.plan ?? null,
    burst: burst?.plan ?? null,
    incidents: [runaway, modelChange, burst].flatMap((planned) => (planned === null ? [] : [planned.incident])),
  };
}

type Planned<Kind extends 'runaway' | 'modelChange' | 'burst'> = {
  readonly plan: NonNullable<Plan[Kind]>;
  readonly incident: Incident;
} | null;

/** Somebody leaves an agent running over a weekend; it costs about what the team costs in a month. */
function planRunaway(stage: Stage): Planned<'runaway'> {
  const { first, last } = span(stage.setting);
  const sunday = sundayUpTo(last - 9);
  if (sunday - 1 < first + QUIET_DAYS_BEFORE) return null;
  const { seed } = stage.setting;
  const candidates = stage.people
    .filter(({ leftOn, startedOn, stays }) => leftOn === null && startedOn < first && stays.length === 1)
    .filter((person) => habitsOf(seed, person).anthropicShare > 0.5)
    .sort((a, b) => share(seed, 'runaway', a.index) - share(seed, 'runaway', b.index));
  const culprit = candidates[0];
  const team = culprit === undefined ? null : teamOn(culprit, sunday);
  if (culprit === undefined || team === null) return null;
  const dollars = TEAM_MONTH_PER_PERSON * Math.min(12, Math.max(4, membersOf(stage, team, sunday).length));
  return {
    plan: {
      person: culprit.index,
      from: sunday - 1,
      to: sunday,
      turnsAnHour: Math.round(dollars / RUNAWAY_HOURS / RUNAWAY_TURN_DOLLARS),
    },
    incident: {
      kind: 'runaway_session',
      connection: 'anthropic.main',
      team,
      person: culprit.email,
      credential: null,
      from: dayText(sunday - 1),
      to: dayText(sunday),
      dollars,
    },
  };
}

/** The team of which most would notice moves its default at Anthropic to the dearest model and stays there. */
function planModelChange(stage: Stage, notIn: string | null): Planned<'modelChange'> {
  const { first, last } = span(stage.setting);
  const from = workdayUpTo(last - 12);
  if (from < first + QUIET_DAYS_BEFORE) return null;
  const teams = Map.groupBy(stage.people, (person) => teamOn(person, from));
  const weightOf = (team: string): number => {
    const members = teams.get(team) ?? [];
    const all = members.reduce((sum, { weight }) => sum + weight, 0);
    const moved = members.reduce((sum, person) => {
      const { anthropicShare, taste } = habitsOf(stage.setting.seed, person);
      return sum + person.weight * anthropicShare * taste.main;
    }, 0);
    return all === 0 ? 0 : moved * (moved / all) ** 2;
  };
  const leaves = stage.teams.filter(({ isLeaf, id }) => isLeaf && id !== notIn);
  const weighed = leaves.map(({ id }) => ({ id, weight: weightOf(id) })).sort((a, b) => b.weight - a.weight);
  const team = weighed[0];
  if (team === undefined || team.weight === 0) return null;
  const size = (teams.get(team.id) ?? []).reduce((sum, { weight }) => sum + weight, 0);
  const dollars = Math.round(size * TEAM_MONTH_PER_PERSON * SWITCH_ADDS * ((last - from + 1) / 30));
  return {
    plan: { team: team.id, from },
    incident: {
      kind: 'default_model_change',
      connection: 'anthropic.main',
      team: team.id,
      person: null,
      credential: null,
      from: dayText(from),
      to: dayText(last),
      dollars,
    },
  };
}

/** A program retries in a storm: its key does some hundred times its usual work for some hours of a day. */
function planBurst(stage: Stage): Planned<'burst'> {
  const { first, last } = span(stage.setting);
  const day = workdayUpTo(last - 4);
  const service = stage.services.find(({ id }) => id === 'search-ranking');
  if (service === undefined || service.team === null || day < first + QUIET_DAYS_BEFORE) return null;
  return {
    plan: { service: service.id, day, hours: BURST_HOURS, factor: BURST_FACTOR },
    incident: {
      kind: 'key_burst',
      connection: 'openai.main',
      team: service.team,
      person: null,
      credential: ids.openaiKey(stage.setting.seed, service.id),
      from: dayText(day),
      to: dayText(day),
      dollars: Math.round(BURST_HOURS.length * BURST_FACTOR * BURST_USUAL_HOUR * service.scale),
    },
  };
}

function membersOf(stage: Stage, team: string, day: number): readonly Person[] {
  return stage.people.filter((person) => teamOn(person, day) === team);
}

function sundayUpTo(day: number): number {
  return day - ((weekday(day) + 1) % 7);
}

function workdayUpTo(day: number): number {
  return isWeekend(day) ? day - (weekday(day) - 4) : day;
}
