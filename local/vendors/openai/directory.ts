import { ids } from '../company/ids.ts';
import type { Person } from '../company/people.ts';
import type { World } from '../company/world.ts';
import { identifier } from '../random.ts';
import { ARCHIVED_DAYS, type Organisation, ownProjects } from './organisation.ts';

/** One entry of a directory; every one has an id. */
export interface Entry {
  readonly id: string;
  readonly [field: string]: unknown;
}

const DAY = 86_400;
const FOUNDED = 1_740_000_000;

/** The people who are members now. */
export function users(world: World, organisation: Organisation, today: number): readonly Entry[] {
  return world.people
    .filter(({ startedOn }) => startedOn <= today)
    .filter(({ leftOn }) => leftOn === null || leftOn > today)
    .map((person) => ({
      object: 'organization.user',
      id: organisation.userId(person.index),
      name: person.name,
      email: person.email,
      role: person.index === 0 ? 'owner' : 'reader',
      added_at: addedAt(person),
      created: addedAt(person),
      is_service_account: false,
      is_scim_managed: true,
      is_default: false,
      api_key_last_used_at: null,
      projects: null,
    }));
}

function addedAt({ startedOn }: Person): number {
  return Math.max(FOUNDED, startedOn * DAY + 36_000);
}

/** Every project; the archived ones only when asked for. */
export function projects(world: World, organisation: Organisation, withArchived: boolean): readonly Entry[] {
  return organisation.projects
    .map((name, index) => {
      const archivedAt = name === 'research-lab' ? (world.last - ARCHIVED_DAYS + 1) * DAY : null;
      return {
        id: organisation.projectId(name),
        object: 'organization.project',
        name,
        created_at: FOUNDED + index * 40 * DAY,
        archived_at: archivedAt,
        status: archivedAt === null ? 'active' : 'archived',
        residency: 'GLOBAL',
      };
    })
    .filter(({ status }) => withArchived || status === 'active');
}

/** The keys of a project whose owner has access there as wanted; a deleted key is not there at all. */
export function projectKeys(
  world: World,
  organisation: Organisation,
  projectId: string,
  today: number,
  access: string,
): readonly Entry[] {
  const { seed } = world.setting;
  const ofServices = organisation.services
    .filter(({ id, place }) => organisation.projectId(place) === projectId && id !== 'ticket-router')
    .map((service): Entry => {
      const person = service.traits.has('lab') && service.madeBy !== null ? world.people[service.madeBy] : undefined;
      const owner = person === undefined ? serviceOwner(seed, service.id) : userOwner(organisation, person);
      return keyEntry(seed, organisation.serviceKey(service), service.id, owner, 'active', FOUNDED + 30 * DAY);
    });
  const isCode = projectId === organisation.projectId(ownProjects.code);
  const ofPeople = (isCode ? world.people : []).flatMap((person): readonly Entry[] => {
    const id = organisation.personKey(person);
    if (id === null || person.startedOn > today || world.habits[person.index]?.anthropicShare === 1) return [];
    const status = person.leftOn !== null && person.leftOn <= today ? 'inactive' : 'active';
    const name = `${person.githubLogin}-agent`;
    return [keyEntry(seed, id, name, userOwner(organisation, person), status, addedAt(person))];
  });
  return [...ofServices, ...ofPeople].filter((key) => access === 'any' || key.owner_project_access === access);
}

/** The service accounts of a project. */
export function serviceAccounts(world: World, organisation: Organisation, projectId: string): readonly Entry[] {
  return organisation.services
    .filter(({ place, traits }) => organisation.projectId(place) === projectId && !traits.has('lab'))
    .map(({ id }) => ({
      object: 'organization.project.service_account',
      id: ids.openaiServiceAccount(world.setting.seed, id),
      name: `${id}-sa`,
      role: 'member',
      created_at: FOUNDED + 30 * DAY,
    }));
}

function serviceOwner(seed: number, service: string): object {
  const id = ids.openaiServiceAccount(seed, service);
  const account = { id, name: `${service}-sa`, created_at: FOUNDED + 30 * DAY, role: 'member' };
  return { type: 'service_account', service_account: account };
}

function userOwner(organisation: Organisation, person: Person): object {
  const { name, email } = person;
  const user = { id: organisation.userId(person.index), name, email, created_at: addedAt(person), role: 'member' };
  return { type: 'user', user };
}

function keyEntry(seed: number, id: string, name: string, owner: object, access: string, createdAt: number): Entry {
  return {
    object: 'organization.project.api_key',
    redacted_value: `sk-proj-****${identifier(3, seed, id, 'tail')}`,
    name,
    created_at: createdAt,
    last_used_at: null,
    id,
    owner_project_access: access,
    expires_at: null,
    owner,
  };
}
