import { expect, it } from 'vitest';
import { SOURCES, sourceById, VENDORS, vendorById } from '../../../shared/sources/index.ts';

it('knows every source and vendor by its id, and nothing else', () => {
  expect(SOURCES.map(({ id }) => sourceById(id)?.id)).toEqual([
    'anthropic_usage',
    'anthropic_costs',
    'anthropic_principals',
    'anthropic_claude_code',
    'anthropic_enterprise_usage',
    'anthropic_enterprise_costs',
    'anthropic_limits',
    'openai_usage',
    'openai_costs',
    'openai_principals',
    'openai_limits',
    'chatgpt_codex',
    'copilot_usage',
    'copilot_costs',
    'copilot_seats',
    'copilot_limits',
    'cursor_usage',
    'cursor_principals',
    'cursor_seats',
    'cursor_limits',
    'github_pull_requests',
    'openrouter_usage',
    'openrouter_principals',
    'openrouter_limits',
    'litellm_usage',
  ]);
  expect(VENDORS.map(({ id }) => vendorById(id)?.id)).toEqual([
    'anthropic',
    'openai',
    'chatgpt',
    'copilot',
    'cursor',
    'github',
    'openrouter',
    'litellm',
  ]);
  expect([sourceById('acme_usage'), vendorById('acme')]).toEqual([undefined, undefined]);
});
