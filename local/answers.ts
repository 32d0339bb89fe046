import * as z from 'zod';
import type { Platform } from '../shared/platform.ts';
import type { Queries } from '../shared/queries.ts';
import { identities, TABLES } from '../shared/tables/index.ts';
import { MATERIALISED } from '../shared/tables/materialised.ts';
import { kept } from './kept.ts';
import { type Answers, type Remembered, remembering } from './report/remembered.ts';
import type { Query } from './report/select.ts';
import { stateOf } from './state-of.ts';

const schema: z.ZodType<Answers> = z.record(z.string(), z.array(z.record(z.string(), z.string().nullable())));

/** A query that knows the answers of the run before, where nothing has changed since. */
export interface KnownAnswers extends Remembered {
  /** Keeps what is known by now for the next run. */
  readonly keep: () => Promise<void>;
}

/** Recalls what the page and the summary asked of a lake the last time, if every file and query is still what it was. */
export function knownAnswers(
  root: string,
  { crypto }: Pick<Platform, 'crypto'>,
  queries: Queries,
  query: Query,
): KnownAnswers {
  const { recall, keep } = kept(root, 'answers.json', schema);
  const now = (): string => stateOf(root, queries, [...TABLES, ...MATERIALISED], crypto);
  const begun = now();
  const before = recall(begun);
  const remembered = remembering(query, before ?? {});
  return {
    ...remembered,
    keep: async () => {
      const of = now();
      if (before !== null && of === begun) return;
      const answers = Object.entries(await remembered.answers());
      // Names stand in one place alone.
      keep(of, Object.fromEntries(answers.filter(([sql]) => !sql.includes(identities.name))));
    },
  };
}
