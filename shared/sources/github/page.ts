import * as z from 'zod';
import { derive } from './derive.ts';

const account = z.object({ login: z.string(), databaseId: z.int().nullish() });

/** An author is null when the account is gone, and says nothing of itself when the question was too narrow for it. */
const actor = z.object({
  __typename: z.string().optional(),
  login: z.string().optional(),
  databaseId: z.int().nullish(),
});

const list = <Of extends z.ZodType>(of: Of) => z.object({ nodes: z.array(of) }).nullable();

const commit = z.object({
  messageBody: z.string(),
  author: z.object({ email: z.string().nullable(), user: account.nullable() }).nullable(),
});

const pullRequest = z.object({
  fullDatabaseId: z.string(),
  title: z.string(),
  body: z.string().nullable(),
  mergedAt: z.string().nullable(),
  additions: z.int(),
  deletions: z.int(),
  baseRefName: z.string(),
  headRefName: z.string(),
  repository: z.object({ nameWithOwner: z.string(), defaultBranchRef: z.object({ name: z.string() }).nullable() }),
  author: actor.nullable(),
  mergedBy: actor.nullable(),
  mergeCommit: z.object({ messageBody: z.string() }).nullable(),
  labels: list(z.object({ name: z.string() })),
  assignees: list(account),
  commits: z.object({ totalCount: z.int(), nodes: z.array(z.object({ commit })) }),
});

/** A pull request as answered, words and all: it does not leave this schema. */
export type Told = z.infer<typeof pullRequest>;

/** A page of the search, each pull request already reduced to what follows from its words. */
export const searchPage = z
  .object({
    data: z.object({
      search: z.object({
        issueCount: z.int(),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        nodes: z.array(pullRequest.transform(derive)),
      }),
    }),
  })
  .transform(({ data: { search } }) => search)
  .refine(({ pageInfo }) => !pageInfo.hasNextPage || (pageInfo.endCursor ?? '') !== '', {
    path: ['pageInfo', 'endCursor'],
    error: 'is missing although there is a next page',
  });

/** A page of the search. */
export type SearchPage = z.infer<typeof searchPage>;
