import type { Person } from '../company/people.ts';
import type { Repository } from './repositories.ts';

/** Who opened a pull request. */
export type Author =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'outsider'; readonly login: string; readonly databaseId: number }
  | { readonly kind: 'bot'; readonly login: string; readonly databaseId: number }
  /** The coding agent of GitHub, asked by a person. */
  | { readonly kind: 'agent'; readonly askedBy: Person }
  | { readonly kind: 'deleted' };

/** The truth about one merged pull request, before it is worded as the vendor's API does. */
export interface Change {
  readonly repository: Repository;
  readonly number: number;
  readonly author: Author;
  /** Epoch seconds. */
  readonly createdAt: number;
  readonly mergedAt: number;
  readonly isRevert: boolean;
  readonly isAssisted: boolean;
  readonly merge: 'squash' | 'merge' | 'rebase';
  readonly base: string;
  readonly grain: number;
}

/** GitHub's own accounts that open pull requests. */
export const bots = {
  dependabot: { kind: 'bot', login: 'dependabot', databaseId: 49_699_333 },
  renovate: { kind: 'bot', login: 'renovate', databaseId: 29_139_614 },
} as const satisfies Record<string, Author>;

/** People who work for the company without standing in its directory. */
export const outsiders = [
  { kind: 'outsider', login: 'freelance-mads', databaseId: 5_520_914 },
  { kind: 'outsider', login: 'agency-rowan', databaseId: 8_812_007 },
] as const satisfies readonly Author[];
