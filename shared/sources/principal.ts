import type { Identity, Principal } from '../source.ts';

type Told<T, Must extends keyof T> = Pick<T, Must> & Partial<T>;

/** A directory entry; what is not told is null, the state unknown. */
export const principalOf = (told: Told<Principal, 'kind' | 'id'>): Principal => ({
  parent_id: null,
  owner_id: null,
  email_hint: null,
  login_hint: null,
  team_hint: null,
  cost_center_hint: null,
  status: 'unknown',
  created_at: null,
  ...told,
});

/** A name; what is not told is null. */
export const identityOf = (told: Told<Identity, 'kind' | 'id'>): Identity => ({
  email: null,
  login: null,
  name: null,
  label: null,
  ...told,
});

/** Entries without repetition, by kind and id; the last one told stands. */
export const once = <T extends { readonly kind: string; readonly id: string }>(told: readonly T[]): T[] => [
  ...new Map(told.map((entry) => [`${entry.kind} ${entry.id}`, entry])).values(),
];
