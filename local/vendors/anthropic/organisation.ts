import { ids } from '../company/ids.ts';
import type { Person } from '../company/people.ts';
import type { PlacedService } from '../company/placed-services.ts';
import type { World } from '../company/world.ts';
import { identifier } from '../random.ts';
import { acquiredTeam, legacyServices } from './acquired.ts';
import type { Actor } from './usage-row.ts';

/** The company's Anthropic organisations: `legacy` came with an acquired team, and lacks the current reports. */
export type Alias = 'main' | 'research' | 'legacy';

/** One Anthropic organisation of the company: its ids, and who of the company is in it. */
export interface Organisation {
  readonly alias: Alias;
  readonly id: string;
  readonly name: string;
  /** The key that may read usage, cost and directories. */
  readonly adminKey: string;
  /** How many percent of list price the company pays for tokens. */
  readonly paysPercent: bigint;
  readonly services: readonly PlacedService[];
  readonly people: ReadonlySet<number>;
  readonly workspaceId: (name: string) => string;
  readonly userActor: (person: number) => Actor;
  readonly serviceActor: (service: PlacedService) => Actor;
  readonly keyId: (service: PlacedService) => string | null;
}

/** The workspaces that every organisation has, beside those of its services. */
export const ownWorkspaces = { default: 'Default', code: 'Claude Code' } as const;

const ISSUER = 'https://token.actions.githubusercontent.com';

/** Of whom each organisation has members: everybody; who trains and evaluates; the acquired team. */
function membersOf(world: World, alias: Alias): readonly Person[] {
  if (alias === 'main') return world.people;
  const of = alias === 'legacy' ? acquiredTeam(world) : 'machine-learning';
  return world.people.filter(({ stays }) => stays.some(({ team }) => of !== null && team.startsWith(of)));
}

const NAMES = { main: 'Halden Systems', research: 'Halden Research', legacy: 'Fjordly' } as const;

/** The company's organisation of that alias. */
export function organisation(world: World, alias: Alias): Organisation {
  const { seed } = world.setting;
  const services =
    alias === 'legacy'
      ? legacyServices(world)
      : world.services.filter(({ connection }) => connection === `anthropic.${alias}`);
  const people = membersOf(world, alias);
  const users = new Map(
    people.map(({ index }): [number, Actor] => [
      index,
      { kind: 'user', id: ids.anthropicUser(seed, alias, index), person: index },
    ]),
  );
  const actors = new Map(services.map((service) => [service.id, actorOf(seed, alias, service)]));
  return {
    alias,
    id: `org_01${identifier(22, seed, alias, 'organisation')}`,
    name: NAMES[alias],
    adminKey: `sk-ant-admin01-${identifier(40, seed, alias, 'admin key')}`,
    paysPercent: alias === 'main' ? 95n : 100n,
    services,
    people: new Set(users.keys()),
    workspaceId: (name) => ids.anthropicWorkspace(seed, alias, name),
    userActor: (person) => users.get(person) ?? { kind: 'hidden', id: `nobody ${person}` },
    serviceActor: (service) => actors.get(service.id) ?? { kind: 'hidden', id: service.id },
    keyId: ({ actor, id }) =>
      actor === 'key' || actor === 'service_account' ? ids.anthropicKey(seed, alias, id) : null,
  };
}

function actorOf(seed: number, alias: string, service: PlacedService): Actor {
  switch (service.actor) {
    case 'key':
      return { kind: 'key', id: ids.anthropicKey(seed, alias, service.id) };
    case 'service_account':
      return { kind: 'service_account', id: ids.anthropicServiceAccount(seed, alias, service.id) };
    case 'federated':
      return { kind: 'federated', id: service.id, issuer: ISSUER, subject: `repo:halden-systems/${service.id}` };
    case 'hidden':
      return { kind: 'hidden', id: service.id };
    default:
      return service.actor satisfies never;
  }
}
