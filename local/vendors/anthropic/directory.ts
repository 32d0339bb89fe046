import { dayNumber, dayText } from '../calendar.ts';
import type { World } from '../company/world.ts';
import { fingerprint, identifier } from '../random.ts';
import { type Organisation, ownWorkspaces } from './organisation.ts';

/** One entry of a directory; every one has an id. */
export interface Entry {
  readonly id: string;
  readonly [field: string]: unknown;
}

const FOUNDED = dayNumber('2026-01-12');

/** The people who are members now; whoever left is gone without a trace, as in the real directory. */
export function users(world: World, organisation: Organisation, today: number): readonly Entry[] {
  return world.people
    .filter(
      ({ index, startedOn, leftOn }) =>
        organisation.people.has(index) && startedOn <= today && (leftOn === null || leftOn > today),
    )
    .map((person) => ({
      id: organisation.userActor(person.index).id,
      type: 'user',
      email: person.email,
      name: person.name,
      role: person.index === 0 ? 'admin' : person.index % 11 === 5 ? 'developer' : 'claude_code_user',
      added_at: `${dayText(Math.max(FOUNDED, person.startedOn))}T10:30:00Z`,
    }));
}

/** Every workspace, archived ones too; those of one team say so in tags, the others say nothing. */
export function workspaces(world: World, organisation: Organisation): readonly Entry[] {
  const places = new Map<string, string | null>(Object.values(ownWorkspaces).map((name) => [name, null]));
  for (const { place, team } of organisation.services) if (!places.has(place)) places.set(place, team);
  places.set('pilot-2025', null);
  return [...places].map(([name, team]) => ({
    id: organisation.workspaceId(name),
    type: 'workspace',
    name,
    created_at: `${dayText(FOUNDED)}T08:00:00Z`,
    archived_at: name === 'pilot-2025' ? '2026-03-02T09:00:00Z' : null,
    display_color: '#6C5BB9',
    compartment_id: `cmpt_${identifier(8, world.setting.seed, name)}`,
    data_residency: { workspace_geo: 'us', allowed_inference_geos: 'unrestricted', default_inference_geo: 'global' },
    external_key_id: null,
    user_profile_id: null,
    tags: tagsOf(world, name, team),
  }));
}

function tagsOf(world: World, name: string, team: string | null): Readonly<Record<string, string>> {
  const owner = world.teams.find(({ id }) => id === team);
  // A workspace is tagged by whoever remembers to.
  if (owner === undefined || fingerprint(name) % 4 === 0) return {};
  return { cost_center: owner.costCenter, team: owner.id, env: 'prod' };
}

/** Every API key of the organisation. */
export function apiKeys(world: World, organisation: Organisation): readonly Entry[] {
  const { seed } = world.setting;
  return organisation.services.flatMap((service): readonly Entry[] => {
    const id = organisation.keyId(service);
    if (id === null) return [];
    const actor = organisation.serviceActor(service);
    const maker = service.madeBy === null || !organisation.people.has(service.madeBy) ? null : service.madeBy;
    return [
      {
        id,
        type: 'api_key',
        name: service.id,
        scope: { type: 'workspace', workspace_id: organisation.workspaceId(service.place) },
        created_at: `${dayText(Math.max(FOUNDED + 20, service.from))}T09:15:22Z`,
        created_by: maker === null ? null : { id: organisation.userActor(maker).id, type: 'user' },
        expires_at: null,
        partial_key_hint: `sk-ant-api03-${identifier(3, seed, id, 'head')}...${identifier(4, seed, id, 'tail')}`,
        principal:
          actor.kind === 'service_account' ? { type: 'service_account_actor', service_account_id: actor.id } : null,
        status: 'active',
      },
    ];
  });
}
