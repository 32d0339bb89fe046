import type { Vendor } from '../../source.ts';
import { openaiMessage } from '../openai/vendor.ts';

/** ChatGPT Enterprise: the analytics of a workspace, with an address and a key of their own. */
export const chatgpt: Vendor = {
  id: 'chatgpt',
  title: 'ChatGPT Enterprise',
  baseUrl: 'https://api.chatgpt.com/v1',
  signIn: async (_ports, secret) => ({ authorization: `Bearer ${secret}` }),
  credential:
    'a platform API key of the organisation that the workspace belongs to, restricted to codex.enterprise.analytics.read, which OpenAI enables on request (https://developers.openai.com/codex/enterprise)',
  // No limit is told.
  requestsPerMinute: 60,
  errorMessage: openaiMessage,
};
