import type { AnySource, Vendor } from '../source.ts';
import { anthropicClaudeCode } from './anthropic/claude-code.ts';
import { anthropicCosts } from './anthropic/costs.ts';
import { anthropicEnterpriseCosts } from './anthropic/enterprise-costs.ts';
import { anthropicEnterpriseUsage } from './anthropic/enterprise-usage.ts';
import { anthropicLimits } from './anthropic/limits.ts';
import { anthropicPrincipals } from './anthropic/principals.ts';
import { anthropicUsage } from './anthropic/usage.ts';
import { anthropic } from './anthropic/vendor.ts';
import { chatgptCodex } from './chatgpt/codex.ts';
import { chatgpt } from './chatgpt/vendor.ts';
import { copilotCosts } from './copilot/costs.ts';
import { copilotLimits } from './copilot/limits.ts';
import { copilotSeats } from './copilot/seats.ts';
import { copilotUsage } from './copilot/usage.ts';
import { copilot } from './copilot/vendor.ts';
import { cursorLimits } from './cursor/limits.ts';
import { cursorPrincipals } from './cursor/principals.ts';
import { cursorSeats } from './cursor/seats.ts';
import { cursorUsage } from './cursor/usage.ts';
import { cursor } from './cursor/vendor.ts';
import { devinPrincipals } from './devin/principals.ts';
import { devinUsage } from './devin/usage.ts';
import { devin } from './devin/vendor.ts';
import { githubPullRequests } from './github/pull-requests.ts';
import { github } from './github/vendor.ts';
import { litellmUsage } from './litellm/usage.ts';
import { litellm } from './litellm/vendor.ts';
import { openaiCosts } from './openai/costs.ts';
import { openaiLimits } from './openai/limits.ts';
import { openaiPrincipals } from './openai/principals.ts';
import { openaiUsage } from './openai/usage.ts';
import { openai } from './openai/vendor.ts';
import { openrouterLimits } from './openrouter/limits.ts';
import { openrouterPrincipals } from './openrouter/principals.ts';
import { openrouterUsage } from './openrouter/usage.ts';
import { openrouter } from './openrouter/vendor.ts';

/** Every vendor; infra derives queues, functions and secrets from it. */
export const VENDORS: readonly Vendor[] = [
  anthropic,
  openai,
  chatgpt,
  copilot,
  cursor,
  devin,
  github,
  openrouter,
  litellm,
];

/** Every source; infra derives schedules and alarms from it. */
export const SOURCES: readonly AnySource[] = [
  anthropicUsage,
  anthropicCosts,
  anthropicPrincipals,
  anthropicClaudeCode,
  anthropicEnterpriseUsage,
  anthropicEnterpriseCosts,
  anthropicLimits,
  openaiUsage,
  openaiCosts,
  openaiPrincipals,
  openaiLimits,
  chatgptCodex,
  copilotUsage,
  copilotCosts,
  copilotSeats,
  copilotLimits,
  cursorUsage,
  cursorPrincipals,
  cursorSeats,
  cursorLimits,
  devinUsage,
  devinPrincipals,
  githubPullRequests,
  openrouterUsage,
  openrouterPrincipals,
  openrouterLimits,
  litellmUsage,
];

/** A source by its id; undefined when there is none. */
export const sourceById = (id: string): AnySource | undefined => SOURCES.find((source) => source.id === id);

/** A vendor by its id; undefined when there is none. */
export const vendorById = (id: string): Vendor | undefined => VENDORS.find((vendor) => vendor.id === id);
