import * as z from 'zod';
import { scaled, unscaled } from '../../money.ts';
import type { SourceRow } from '../../source.ts';
import type { usage } from '../../tables/usage.ts';
import { dollars } from '../dollars.ts';

type UsageRow = SourceRow<typeof usage>;

const count = z.int().nonnegative();

/**
 * A day's use of a model at an endpoint: https://openrouter.ai/docs/api-reference/analytics/get-user-activity
 * `usage` is what it cost in credits, `byok_usage_inference` what the upstream vendor bills for use of a customer's own key.
 */
export const activity = z.object({
  date: z.string(),
  model: z.string(),
  provider_name: z.string().nullable(),
  workspace_id: z.string().nullish(),
  usage: z.string(),
  byok_usage_inference: z.string(),
  requests: count,
  prompt_tokens: count,
  completion_tokens: count,
});

/** One line of activity. */
export type Activity = z.infer<typeof activity>;

/** What is the same for all of a line's rows. */
export type Dimensions = Pick<
  UsageRow,
  'day' | 'account_id' | 'workspace_id' | 'credential_id' | 'product' | 'model' | 'cut'
>;

/** Counts and money of some lines, exact: dollars in ten-billionths. */
export interface Measured {
  readonly billed: bigint;
  readonly upstream: bigint;
  readonly requests: number;
  readonly input: number;
  readonly output: number;
}

/** What a line measures. Reasoning is inside the completion, and what came from a cache is not told. */
export const measured = (told: Activity): Measured => ({
  billed: scaled(dollars(told.usage), 10),
  upstream: scaled(dollars(told.byok_usage_inference), 10),
  requests: told.requests,
  input: told.prompt_tokens,
  output: told.completion_tokens,
});

/** The first plus (or minus) the second. */
export const combined = (a: Measured, b: Measured, sign: 1 | -1): Measured => ({
  billed: a.billed + BigInt(sign) * b.billed,
  upstream: a.upstream + BigInt(sign) * b.upstream,
  requests: a.requests + sign * b.requests,
  input: a.input + sign * b.input,
  output: a.output + sign * b.output,
});

/**
 * Rows of one claim each, so that no dollar stands twice: credits are `billed` here; what the upstream bills is a `copy`;
 * what cost neither is `free`. Tokens and requests are not told apart by who is paid for them: they stand with the
 * larger sum (the fee for use of an own key is a twentieth of it), the smaller is money on a row that counts nothing.
 */
export function* rowsOf(dimensions: Dimensions, of: Measured): Generator<UsageRow> {
  const isCopy = of.upstream > of.billed;
  const [claim, money]: [UsageRow['claim'], bigint] =
    of.billed === 0n && of.upstream === 0n ? ['free', 0n] : isCopy ? ['copy', of.upstream] : ['billed', of.billed];
  const [other, rest]: [UsageRow['claim'], bigint] = isCopy ? ['billed', of.billed] : ['copy', of.upstream];
  const row = (meter: string, quantity: number, claimed: bigint | null, as: UsageRow['claim'] = claim): UsageRow => ({
    day: dimensions.day,
    hour_at: null,
    account_id: dimensions.account_id,
    workspace_id: dimensions.workspace_id,
    credential_id: dimensions.credential_id,
    principal_id: null,
    product: dimensions.product,
    session_id: null,
    model: dimensions.model,
    service_tier: null,
    speed: null,
    context_window: null,
    region: null,
    meter,
    quantity: String(quantity),
    claimed_cost: claimed === null ? null : unscaled(claimed, 10),
    claim: as,
    cut: dimensions.cut,
  });
  if (of.input !== 0) yield row('input_tokens', of.input, null);
  if (of.output !== 0) yield row('output_tokens', of.output, null);
  yield row('requests', of.requests, money);
  if (rest !== 0n) yield row('requests', 0, rest, other);
}
