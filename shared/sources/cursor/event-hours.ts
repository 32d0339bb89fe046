import type { MeterId } from '../../meters.ts';
import { unscaled } from '../../money.ts';
import type { Asking, SourceRow, Tally } from '../../source.ts';
import type { usage } from '../../tables/usage.ts';
import { HOUR, instant, millis } from '../../time.ts';
import { type Claim, claimOf } from './claim.ts';
import type { EventPage, UsageEvent } from './event.ts';
import { CENT_PLACES, dollars, rounded } from './exact.ts';

type UsageRow = SourceRow<typeof usage>;

/** Events of an hour that are alike but for their counts. */
interface Group {
  readonly hour: number;
  readonly principal: string | null;
  readonly model: string;
  readonly product: string;
  readonly window: string | null;
  readonly claim: Claim;
  input: number;
  output: number;
  cacheWrite: number;
  cacheRead: number;
  /** Request units, six places. */
  units: bigint;
  events: number;
  /** Cents, `CENT_PLACES` places. */
  charged: bigint;
}

const QUANTITY_PLACES = 6;

/** Editor and command line, or agents that run without anybody at the screen (`isHeadless`). */
const productOf = ({ isHeadless }: UsageEvent): string => (isHeadless === true ? 'cursor_background' : 'cursor');

/**
 * A window's events by the hour: token meters, request units, and on the row `requests` the events counted and their money.
 * Conversations are not kept apart: no price, owner or report depends on them, and they would triple the rows.
 * @throws Error for an event outside the window, of an unknown kind, or without the money it must have.
 */
export function eventHours({ window, connection }: Asking): Tally<EventPage, UsageRow> {
  const from = millis(window.from);
  const to = millis(window.to);
  const claims = new Map<string, Claim>();
  const groups = new Map<string, Group>();
  const take = (event: UsageEvent): void => {
    const at = Number(event.timestamp);
    // Whether the end is inside is not told, so that an event on it is the next window's.
    if (at === to) return;
    if (at < from || at > to) {
      throw new Error(`cursor_usage answered an event of ${instant(at)} when asked for ${window.from} to ${window.to}`);
    }
    let claim = claims.get(event.kind);
    if (claim === undefined) {
      claim = claimOf(event.kind, connection.settings);
      claims.set(event.kind, claim);
    }
    add(groupOf(groups, event, Math.floor(at / HOUR), claim), event);
  };
  return {
    take: ({ page }) => {
      for (const event of page.usageEvents) take(event);
    },
    rows: function* () {
      for (const group of groups.values()) yield* rowsOf(group, connection.accountId);
    },
  };
}

function groupOf(groups: Map<string, Group>, event: UsageEvent, hour: number, claim: Claim): Group {
  const { userEmail: principal = null, model, maxMode } = event;
  const product = productOf(event);
  const id = `${hour} ${principal} ${claim} ${product} ${maxMode === true} ${model}`;
  let group = groups.get(id);
  if (group === undefined) {
    // Max Mode is the model's longest context, at its own price: https://cursor.com/docs/context/max-mode
    const window = maxMode === true ? 'max' : null;
    const counts = { input: 0, output: 0, cacheWrite: 0, cacheRead: 0, units: 0n, events: 0, charged: 0n };
    group = { hour, principal, model, product, window, claim, ...counts };
    groups.set(id, group);
  }
  return group;
}

function add(group: Group, { tokenUsage, requestsCosts, chargedCents }: UsageEvent): void {
  group.events += 1;
  if (tokenUsage !== null && tokenUsage !== undefined) {
    group.input += tokenUsage.inputTokens ?? 0;
    group.output += tokenUsage.outputTokens ?? 0;
    group.cacheWrite += tokenUsage.cacheWriteTokens ?? 0;
    group.cacheRead += tokenUsage.cacheReadTokens ?? 0;
  }
  if (typeof requestsCosts === 'string') group.units += rounded(requestsCosts, QUANTITY_PLACES);
  if (typeof chargedCents === 'string') group.charged += rounded(chargedCents, CENT_PLACES);
  else if (group.claim === 'billed' || group.claim === 'covered') {
    throw new Error(`cursor_usage: a ${group.claim} event of ${instant(group.hour * HOUR)} has no chargedCents`);
  }
}

function* rowsOf(group: Group, account: string | null): Generator<UsageRow> {
  const at = instant(group.hour * HOUR);
  const row = (meter: MeterId, quantity: string, claimed: string | null): UsageRow => ({
    day: at.slice(0, 10),
    hour_at: at,
    account_id: account,
    workspace_id: null,
    credential_id: null,
    principal_id: group.principal,
    product: group.product,
    session_id: null,
    model: group.model,
    service_tier: null,
    speed: null,
    context_window: group.window,
    region: null,
    meter,
    quantity,
    claimed_cost: claimed,
    claim: group.claim,
    cut: 'whole',
  });
  const tokens: readonly (readonly [MeterId, number])[] = [
    ['input_tokens', group.input],
    ['cache_read_tokens', group.cacheRead],
    // How long a write lives is not told; this is the shortest that is sold.
    ['cache_write_5m_tokens', group.cacheWrite],
    ['output_tokens', group.output],
  ];
  for (const [meter, quantity] of tokens) if (quantity > 0) yield row(meter, String(quantity), null);
  if (group.units !== 0n) yield row('premium_requests', unscaled(group.units, QUANTITY_PLACES), null);
  yield row('requests', String(group.events), dollars(group.charged));
}
