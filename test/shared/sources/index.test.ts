import { expect, it } from 'vitest';
import { SOURCES, sourceById, VENDORS, vendorById } from '../../../shared/sources/index.ts';

it('knows every source and vendor by its id, and nothing else', () => {
  expect(SOURCES.map(({ id }) => sourceById(id)?.id)).toEqual([
    'anthropic_usage',
    'anthropic_costs',
    'anthropic_principals',
    'openai_usage',
    'openai_costs',
    'openai_principals',
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
    'copilot',
    'cursor',
    'github',
    'openrouter',
    'litellm',
  ]);
  expect([sourceById('acme_usage'), vendorById('acme')]).toEqual([undefined, undefined]);
});
