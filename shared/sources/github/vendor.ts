import type { Ask, Vendor } from '../../source.ts';
import { disguised, errorMessage } from './errors.ts';
import { signIn } from './sign-in.ts';

/** Where GraphQL stands beside a REST base URL; self-hosted servers keep REST under `/api/v3`. */
export const graphqlUrl = (baseUrl: string): string =>
  `${baseUrl.replace(/\/$/, '').replace(/\/api\/v3$/, '/api')}/graphql`;

/** A GraphQL question. */
export const graphql = (baseUrl: string, query: string, variables: Readonly<Record<string, unknown>> = {}): Ask => ({
  url: graphqlUrl(baseUrl),
  method: 'POST',
  body: { query, variables },
});

/** GitHub, in the cloud or self-hosted. */
export const github: Vendor = {
  id: 'github',
  title: 'GitHub',
  baseUrl: 'https://api.github.com',
  signIn,
  credential:
    'a GitHub App of the organisation, or a fine-grained token, with read access to metadata, pull requests and contents (https://docs.github.com/en/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens)',
  // 5,000 points an hour, a page of ours costs one.
  requestsPerMinute: 60,
  errorMessage,
  disguised,
  whoAmI: (baseUrl) => graphql(baseUrl, 'query { viewer { login } }'),
};
