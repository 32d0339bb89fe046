import type { World } from '../company/world.ts';
import { COMPANY } from '../company/world.ts';
import { fingerprint } from '../random.ts';

/** A repository of the organisation and the team that owns it. */
export interface Repository {
  readonly name: string;
  readonly nameWithOwner: string;
  readonly databaseId: number;
  readonly team: string;
}

/** Every team's repositories: a service and, for every other team, a front end. */
export function repositoriesOf(world: World): readonly Repository[] {
  return world.teams
    .filter(({ isLeaf }) => isLeaf)
    .flatMap(({ id }, index) => {
      const names = index % 2 === 0 ? [`${id}-service`, `${id}-web`] : [`${id}-service`];
      return names.map((name) => ({
        name,
        nameWithOwner: `${COMPANY.githubOrganisation}/${name}`,
        databaseId: 700_000_000 + (fingerprint(world.setting.seed, 'repository', name) % 90_000_000),
        team: id,
      }));
    });
}
