import type { Table } from '../table.ts';
import { cidFocus } from './cid-focus.ts';
import { candidate, candidateOf } from './materialised.ts';

/** Copies for other tools, made by the query of that name only where a setting asks for them. */
export const COPIES = [cidFocus] as const;
/** Names of the copies, as the setting has them. */
export const COPY_NAMES = ['cid_focus'] as const;
/** Name of a copy. */
export type CopyName = (typeof COPY_NAMES)[number];
/** The tables of copies that a setting names, without their candidates. */
export const copiesOf = (names: readonly CopyName[]): readonly Table[] =>
  COPIES.filter(({ name }) => names.some((wanted) => wanted === name));

/**
 * The candidates of copies have no more columns than are compared: a tool that finds its tables by their columns would
 * else find every row twice.
 */
export const COPY_CANDIDATES: readonly Table[] = COPIES.map(({ columns: { billedcost, effectivecost }, ...table }) =>
  candidate({ ...table, columns: { billedcost, effectivecost } }),
);

/** All that stands in a catalogue for the copies that a setting names. */
export const copyTables = (names: readonly CopyName[]): readonly Table[] => {
  const copies = copiesOf(names);
  return [...copies, ...COPY_CANDIDATES.filter((table) => copies.some(({ name }) => candidateOf(name) === table.name))];
};
