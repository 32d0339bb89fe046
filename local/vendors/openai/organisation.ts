import { ids } from '../company/ids.ts';
import type { Person } from '../company/people.ts';
import type { PlacedService } from '../company/placed-services.ts';
import type { World } from '../company/world.ts';
import { fingerprint, identifier } from '../random.ts';

/** The company's OpenAI organisation: its projects, and whose keys there are. */
export interface Organisation {
  readonly adminKey: string;
  readonly services: readonly PlacedService[];
  /** Names of all projects. */
  readonly projects: readonly string[];
  readonly projectId: (name: string) => string;
  readonly userId: (person: number) => string;
  /** The key with which a person's agent signs in; null for those who sign in without one. */
  readonly personKey: (person: Person) => string | null;
  readonly serviceKey: (service: PlacedService) => string;
}

/** The projects that the organisation has beside those of its programs. */
export const ownProjects = { default: 'Default project', code: 'developer-tools' } as const;

/** The last days of the history on which the project `research-lab` stands archived. */
export const ARCHIVED_DAYS = 9;

/** The company's one organisation. */
export function organisation(world: World): Organisation {
  const { seed } = world.setting;
  const services = world.services.filter(({ connection }) => connection === 'openai.main');
  return {
    adminKey: `sk-admin-${identifier(48, seed, 'openai admin key')}`,
    services,
    projects: [...new Set([...Object.values(ownProjects), ...services.map(({ place }) => place)])],
    projectId: (name) => ids.openaiProject(seed, name),
    userId: (person) => ids.openaiUser(seed, person),
    personKey: ({ index }) =>
      fingerprint(seed, 'signs in without a key', index) % 5 === 0 ? null : ids.openaiKey(seed, `person ${index}`),
    serviceKey: ({ id }) => ids.openaiKey(seed, id),
  };
}
