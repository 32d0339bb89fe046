import { type Site, sites } from '../calendar.ts';
import { fingerprint, Random } from '../random.ts';

/** One team of the tree; only leaf teams have people who build. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
  readonly costCenter: string;
  readonly site: Site;
  readonly channel: string;
  readonly isLeaf: boolean;
  /** How large the team is beside its sisters. */
  readonly weight: number;
}

const groups = [
  { id: 'product', name: 'Product', costCenter: 'CC-200' },
  { id: 'platform', name: 'Platform', costCenter: 'CC-300' },
  { id: 'data', name: 'Data and AI', costCenter: 'CC-400' },
  { id: 'customer', name: 'Customer', costCenter: 'CC-500' },
] as const;

/** Leaf teams in the order in which a growing company gets them. */
const leaves: readonly (readonly [id: string, name: string, group: number])[] = [
  ['search', 'Search', 0],
  ['checkout', 'Checkout', 0],
  ['data-platform', 'Data platform', 2],
  ['infrastructure', 'Infrastructure', 1],
  ['support-tools', 'Support tools', 3],
  ['machine-learning', 'Machine learning', 2],
  ['mobile', 'Mobile', 0],
  ['developer-experience', 'Developer experience', 1],
  ['growth', 'Growth', 0],
  ['integrations', 'Integrations', 3],
  ['security', 'Security', 1],
  ['analytics', 'Analytics', 2],
];

const PEOPLE_IN_A_TEAM = 7;

/** The tree of teams of a company with so many developers: the top, its groups, then the leaf teams. */
export function makeTeams(seed: number, developers: number): readonly Team[] {
  const leafCount = Math.max(1, Math.round(developers / PEOPLE_IN_A_TEAM));
  const top: Team = team('engineering', 'Engineering', null, 'CC-100', 0);
  const middle = groups.map((group, index) => team(group.id, group.name, top.id, group.costCenter, index));
  const bottom = Array.from({ length: leafCount }, (_, index): Team => {
    const [id, name, groupIndex] = leaves[index % leaves.length] ?? ['search', 'Search', 0];
    const round = Math.floor(index / leaves.length);
    const suffix = round === 0 ? '' : `${round + 1}`;
    const group = groups[groupIndex] ?? groups[0];
    const random = new Random(fingerprint(seed, 'team', index));
    const leaf = team(
      suffix === '' ? id : `${id}-${suffix}`,
      suffix === '' ? name : `${name} ${suffix}`,
      group.id,
      `CC-${Number(group.costCenter.slice(3)) + 10 + (index % 9) * 10}`,
      index,
    );
    return { ...leaf, isLeaf: true, weight: 0.6 + 0.9 * random.next() };
  });
  return [top, ...middle, ...bottom];
}

function team(id: string, name: string, parent: string | null, costCenter: string, index: number): Team {
  const site = sites[index % sites.length] ?? sites[0];
  return { id, name, parent, costCenter, site, channel: `#ai-spend-${id}`, isLeaf: false, weight: 0 };
}
