import { dayNumber } from '../calendar.ts';
import { anthropicServices } from './anthropic-services.ts';
import { openaiServices } from './openai-services.ts';
import type { Rhythm, Service } from './services.ts';
import { type Setting, span } from './setting.ts';
import type { Team } from './teams.ts';

/** The connections of the made-up company that sell tokens. */
type TokenConnection = 'anthropic.main' | 'anthropic.research' | 'anthropic.legacy' | 'openai.main';

/** A program, where it runs, as whom it signs in, and who answers for it. */
export interface PlacedService extends Service {
  readonly connection: TokenConnection;
  /** Name of the workspace or project. */
  readonly place: string;
  /** The team that answers for it; null where nobody does or all share it. */
  readonly team: string | null;
  /** As what the vendor's reports show it; `hidden` is an identity that the report cannot render. */
  readonly actor: 'key' | 'service_account' | 'federated' | 'hidden';
  /** Index of the person who made its key; null where the vendor does not say. */
  readonly madeBy: number | null;
  /** How many times as much it does in this company as in one of sixty. */
  readonly scale: number;
  /** Extra traits: what it is billed as, and what else it uses. */
  readonly traits: ReadonlySet<Trait>;
  /** First day it runs, as a day number. */
  readonly from: number;
}

/** Something special about how a program calls models. */
type Trait =
  | 'batch'
  | 'flex'
  | 'priority'
  | 'us'
  | 'agent'
  | 'unknown_model'
  | 'embeddings'
  | 'voice'
  | 'lab'
  | 'web_search';

/** A program as it is written down; a team that this company does not have becomes its first. */
export type Draft = readonly [
  id: string,
  connection: TokenConnection,
  place: string,
  team: string | null,
  actor: PlacedService['actor'],
  rhythm: Rhythm,
  requests: number,
  shape: readonly [uncached: number, written: number, read: number, output: number],
  models: Service['models'],
  traits: readonly Trait[],
];

const UNKNOWN_MODEL_DAYS = 20;

/** Every program of the company: the named ones, and one for two leaf teams in three. */
export function placeServices(setting: Setting, teams: readonly Team[]): readonly PlacedService[] {
  const leaves = teams.filter(({ isLeaf }) => isLeaf);
  const named = [...anthropicServices, ...openaiServices];
  const existing = (id: string): string => leaves.find((team) => team.id === id)?.id ?? leaves[0]?.id ?? 'engineering';
  const ofTeams = leaves.flatMap(({ id }, index): readonly Draft[] => {
    if (index % 3 === 2) return [];
    const models: Service['models'] = [
      ['main', 0.6],
      ['small', 0.4],
    ];
    const connection: TokenConnection = index % 3 === 0 ? 'anthropic.main' : 'openai.main';
    return [[`${id}-api`, connection, id, id, 'key', 'business', 620, [700, 120, 2400, 210], models, []]];
  });
  const size = setting.developers / 60;
  const { last } = span(setting);
  const finish = (draft: Draft, index: number, scale: number): PlacedService => {
    const [id, connection, place, team, actor, rhythm, requests, [uncached, written, read, output], models, traits] =
      draft;
    return {
      id,
      connection,
      place,
      team: team === null ? null : existing(team),
      actor,
      rhythm,
      requests,
      uncached,
      written,
      read,
      output,
      models,
      scale,
      madeBy: id === 'legacy-sync' ? null : index % Math.max(1, setting.developers),
      traits: new Set(traits),
      from: traits.includes('unknown_model') ? last - UNKNOWN_MODEL_DAYS : dayNumber('2020-01-01'),
    };
  };
  return [
    ...named.map((draft, index) => finish(draft, index, size)),
    ...ofTeams.map((draft, index) => finish(draft, index + named.length, 1)),
  ];
}
