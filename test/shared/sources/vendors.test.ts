import { describe, expect, it } from 'vitest';
import type { Vendor } from '../../../shared/source.ts';
import { anthropic } from '../../../shared/sources/anthropic/vendor.ts';
import { copilot } from '../../../shared/sources/copilot/vendor.ts';
import { cursor } from '../../../shared/sources/cursor/vendor.ts';
import { devin } from '../../../shared/sources/devin/vendor.ts';
import { github, graphqlUrl } from '../../../shared/sources/github/vendor.ts';
import { VENDORS } from '../../../shared/sources/index.ts';
import { litellm } from '../../../shared/sources/litellm/vendor.ts';
import { openai } from '../../../shared/sources/openai/vendor.ts';
import { openrouter } from '../../../shared/sources/openrouter/vendor.ts';
import { recorded } from './recorded.ts';

const NO_PORTS = {} as Parameters<Vendor['signIn']>[0];

const BEARER = { authorization: 'Bearer secret' };
/** The headers of each vendor's sign-in; a vendor without a line here fails below. */
const SIGN_INS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  anthropic: { 'x-api-key': 'secret', 'anthropic-version': '2023-06-01' },
  openai: BEARER,
  chatgpt: BEARER,
  cursor: { authorization: 'Basic c2VjcmV0Og==' },
  devin: BEARER,
  openrouter: BEARER,
  litellm: BEARER,
  github: { ...BEARER, 'x-github-api-version': '2022-11-28' },
  copilot: { ...BEARER, 'x-github-api-version': '2022-11-28' },
};

it.each(VENDORS.map((vendor) => [vendor.id, vendor] as const))(
  '%s signs in with the secret alone',
  async (id, vendor) => {
    expect(await vendor.signIn(NO_PORTS, 'secret', 'https://vendor.test')).toEqual(SIGN_INS[id]);
  },
);

it.each([
  [anthropic, 'anthropic/error_400_invalid_request', 'ending_at: range may span at most 31 days'],
  [anthropic, 'anthropic/error_401_authentication', 'invalid x-api-key'],
  [anthropic, 'anthropic/error_403_permission', 'This API key does not have the required scope'],
  [
    anthropic,
    'anthropic/error_410_cursor_expired',
    'page token is no longer valid because the data was refreshed; restart from the first page',
  ],
  [anthropic, 'anthropic/error_429_rate_limit', 'This request would exceed the rate limit for your organization'],
  [anthropic, 'anthropic/error_500_api', 'Internal server error'],
  [anthropic, 'anthropic/error_529_overloaded', 'Overloaded'],
  [openai, 'openai/error_401', 'Incorrect API key provided.'],
  [openai, 'openai/error_403', 'You have insufficient permissions for this operation. Missing scopes: api.usage.read.'],
  [openai, 'openai/error_429', 'Rate limit reached for requests.'],
  [openai, 'openai/error_500', 'The server had an error while processing your request.'],
  [openai, 'openai/error_400_limit', 'Invalid limit provided: 366. Limit must be less than or equal to 180.'],
  [cursor, 'cursor/error_400', 'Date range cannot exceed 30 days'],
  [cursor, 'cursor/error_404', 'Resource not found'],
  [cursor, 'cursor/error_500', 'An unexpected error occurred'],
  [cursor, 'cursor/error_401', 'Invalid API key'],
  [cursor, 'cursor/error_429', 'Rate limit exceeded. Please try again later.'],
  [cursor, 'cursor/error_429.newer_shape', 'Rate limit exceeded'],
  [
    cursor,
    'cursor/error_403',
    'Enterprise access required (this part of the API needs a plan that the team does not have; the key itself may be good)',
  ],
  [openrouter, 'openrouter/error_403', 'Only management keys can perform this operation'],
  [litellm, 'litellm/error_403', 'Authentication Error, not allowed to access model spend'],
  [devin, 'devin/error_403', 'Missing permission: ViewAccountMembership'],
  [github, 'github/error-401', 'Bad credentials'],
  [copilot, 'copilot/error_401', 'Bad credentials'],
  [copilot, 'copilot/error_404', 'Not Found'],
  [copilot, 'copilot/error_403', 'Resource not accessible by integration'],
  [github, 'github/graphql-rate-limited', 'API rate limit exceeded for installation ID 51230987.'],
])("tells a refusal in the vendor's words", (vendor, file, words) => {
  expect(vendor.errorMessage(recorded(file))).toBe(words);
});

it.each(VENDORS.map((vendor) => [vendor.id, vendor] as const))(
  '%s tells nothing of a body that is no error',
  (_id, vendor) => {
    expect([vendor.errorMessage('<html>'), vendor.errorMessage('{"data":[]}')]).toEqual([null, null]);
  },
);

describe('a refusal behind another status', () => {
  it.each([
    ['github/graphql-rate-limited', 200, 429],
    ['github/graphql-partial', 200, 403],
    ['github/graphql-search-merged-prs.page1', 200, null],
    ['github/error-403-secondary', 403, 429],
    ['github/error-403-permission', 403, null],
    ['github/error-422-search', 422, null],
  ])('reads %s of status %i as %s', (file, status, stands) => {
    expect(github.disguised?.(recorded(file), status)).toBe(stands);
  });

  it.each([
    ['copilot/error_403_secondary_rate_limit', 403, 429],
    ['copilot/error_403', 403, null],
    ['copilot/org_billing_usage', 200, null],
  ])('reads %s of status %i as %s for Copilot too', (file, status, stands) => {
    expect(copilot.disguised?.(recorded(file), status)).toBe(stands);
  });

  it('asks again after an error without a type, such as a time-out', () => {
    expect(github.disguised?.('{"data":null,"errors":[{"message":"Something went wrong"}]}', 200)).toBe(502);
  });
});

it.each([
  ['https://api.github.com', 'https://api.github.com/graphql'],
  ['https://git.acme.example/api/v3', 'https://git.acme.example/api/graphql'],
  ['https://git.acme.example/api/v3/', 'https://git.acme.example/api/graphql'],
  ['http://127.0.0.1:4312', 'http://127.0.0.1:4312/graphql'],
])('finds GraphQL beside %s', (baseUrl, url) => {
  expect(graphqlUrl(baseUrl)).toBe(url);
});

it.each([
  ['copilot-reports-production-f4c1.b01.azurefd.net', true],
  ['copilot-reports.github.com', true],
  ['usagereportsprod.blob.core.windows.net', true],
  ['anybody.blob.core.windows.net', false],
  ['copilot-reports-x.b01.azurefd.net.elsewhere.test', false],
  ['evil-github.com', false],
])('lets a signed link lead to %s: %s', (host, may) => {
  expect(copilot.linkHosts?.some((pattern) => pattern.test(host))).toBe(may);
});
