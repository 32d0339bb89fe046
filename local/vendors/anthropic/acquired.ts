import type { PlacedService } from '../company/placed-services.ts';
import type { World } from '../company/world.ts';

/** The team that came with an organisation of its own, bought before the current reports were there. */
export function acquiredTeam(world: World): string | null {
  return world.teams.findLast(({ isLeaf }) => isLeaf)?.id ?? null;
}

/** The one program of the acquired organisation. */
export function legacyServices(world: World): readonly PlacedService[] {
  return [
    {
      id: 'acquired-importer',
      connection: 'anthropic.legacy',
      place: 'importer',
      team: acquiredTeam(world),
      actor: 'key',
      rhythm: 'weekdays',
      requests: 240,
      uncached: 1100,
      written: 0,
      read: 900,
      output: 180,
      models: [
        ['main', 0.5],
        ['small', 0.5],
      ],
      scale: world.setting.developers / 60,
      madeBy: null,
      traits: new Set(),
      from: Number.NEGATIVE_INFINITY,
    },
  ];
}
