/**
 * Merged pull requests with what tells who made them and with which tools. Words are asked for since only they hold
 * the traces; the page's schema keeps what follows from them, not them.
 * A page of 25 costs one point: https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export const MERGED_PULL_REQUESTS = `query MergedPullRequests($q: String!, $cursor: String, $pageSize: Int!) {
  search(type: ISSUE, query: $q, first: $pageSize, after: $cursor) {
    issueCount
    pageInfo { hasNextPage endCursor }
    nodes {
      __typename
      ... on PullRequest {
        fullDatabaseId
        title
        body
        mergedAt
        additions
        deletions
        baseRefName
        headRefName
        repository { nameWithOwner defaultBranchRef { name } }
        author { ...actor }
        mergedBy { ...actor }
        mergeCommit { messageBody }
        labels(first: 20) { nodes { name } }
        assignees(first: 5) { nodes { login databaseId } }
        commits(first: 50) {
          totalCount
          nodes { commit { messageBody author { email user { login databaseId } } } }
        }
      }
    }
  }
}
fragment actor on Actor {
  __typename
  login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Mannequin { databaseId }
}
`;

/** Pull requests to a page. */
export const PAGE_SIZE = 25;
