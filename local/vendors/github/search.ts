import { COMPANY } from '../company/world.ts';
import type { Change } from './change.ts';
import { databaseIdOf } from './pull-request.ts';

const DAY = 86_400;

/** What a search text asks for; `from` and `to` are epoch seconds, both included. */
export interface SearchTerms {
  readonly from: number;
  readonly to: number;
  readonly repository: string | null;
  /** False for searches that cannot match anything here: another organisation, issues, work not merged. */
  readonly isHere: boolean;
  readonly newestFirst: boolean;
  readonly base: string | null;
}

/** Reads the qualifiers of a search text; those it does not know it leaves aside, as the real search does with words. */
export function parseSearch(text: string): SearchTerms {
  const terms = new Map<string, string[]>();
  for (const word of text.trim().split(/\s+/)) {
    const at = word.indexOf(':');
    if (at > 0) terms.set(word.slice(0, at), [...(terms.get(word.slice(0, at)) ?? []), word.slice(at + 1)]);
  }
  const one = (name: string): string | null => terms.get(name)?.[0] ?? null;
  const is = terms.get('is') ?? [];
  const organisation = one('org') ?? one('repo')?.split('/')[0] ?? null;
  const [from, to] = rangeOf(one('merged'));
  return {
    from,
    to,
    repository: one('repo'),
    isHere: organisation === COMPANY.githubOrganisation && is.includes('pr') && is.includes('merged'),
    newestFirst: one('sort') !== 'created-asc',
    base: one('base'),
  };
}

const EVER = 32_503_680_000;

/** A range of dates or instants, both ends included and second-precise; a date stands for its whole UTC day. */
function rangeOf(text: string | null): readonly [number, number] {
  if (text === null) return [0, EVER];
  const [left = '*', right] = text.split('..');
  if (right !== undefined) return [left === '*' ? 0 : begins(left), right === '*' ? EVER : ends(right)];
  if (left.startsWith('>=')) return [begins(left.slice(2)), EVER];
  if (left.startsWith('<=')) return [0, ends(left.slice(2))];
  if (left.startsWith('>')) return [ends(left.slice(1)) + 1, EVER];
  if (left.startsWith('<')) return [0, begins(left.slice(1)) - 1];
  return [begins(left), ends(left)];
}

function begins(text: string): number {
  return Math.ceil(Date.parse(text) / 1000);
}

function ends(text: string): number {
  return text.includes('T') ? Math.floor(Date.parse(text) / 1000) : begins(text) + DAY - 1;
}

/** Every pull request that a search finds among those merged before `now`, in the order asked for. */
export function found(
  terms: SearchTerms,
  first: number,
  last: number,
  now: number,
  mergesOn: (day: number) => readonly Change[],
): readonly Change[] {
  const changes: Change[] = [];
  if (!terms.isHere) return changes;
  const until = Math.min(last, Math.floor(Math.min(terms.to, now) / DAY));
  for (let day = Math.max(first, Math.floor(terms.from / DAY)); day <= until; day += 1)
    for (const change of mergesOn(day)) if (matches(change, terms, now)) changes.push(change);
  const sign = terms.newestFirst ? -1 : 1;
  return changes.sort((a, b) => sign * (a.createdAt - b.createdAt) || (databaseIdOf(a) < databaseIdOf(b) ? -1 : 1));
}

function matches(change: Change, { from, to, repository, base }: SearchTerms, now: number): boolean {
  if (change.mergedAt < from || change.mergedAt > Math.min(to, now)) return false;
  return (
    (repository === null || change.repository.nameWithOwner === repository) && (base === null || change.base === base)
  );
}
