import type { Vendor } from '../../source.ts';
import { disguised, errorMessage } from '../github/errors.ts';
import { signIn } from '../github/sign-in.ts';

/** GitHub Copilot: GitHub's REST API with a key of its own, which reads seats and billing and no code. */
export const copilot: Vendor = {
  id: 'copilot',
  title: 'GitHub Copilot',
  baseUrl: 'https://api.github.com',
  signIn,
  credential:
    'of an organisation: a GitHub App with read access to its Copilot seats (GitHub Copilot Business), Copilot metrics and administration; of an enterprise: a classic token of a billing manager with manage_billing:copilot and read:enterprise (https://docs.github.com/en/rest/copilot/copilot-user-management)',
  // 5,000 requests an hour: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
  requestsPerMinute: 60,
  errorMessage,
  disguised,
  // Metric reports: https://docs.github.com/en/copilot/reference/copilot-allowlist-reference; billing reports: the shape of a recorded answer.
  linkHosts: [
    /^copilot-reports(-[\w-]+\.b01\.azurefd\.net|\.github\.com)$/,
    /^usagereports\w*\.blob\.core\.windows\.net$/,
    /^github\.com$/,
  ],
  whoAmI: (baseUrl) => ({ url: `${baseUrl}/rate_limit` }),
};
