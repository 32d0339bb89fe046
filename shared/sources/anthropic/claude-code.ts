import * as z from 'zod';
import type { MeterId } from '../../meters.ts';
import { shiftLeft } from '../../money.ts';
import type { Pseudonyms } from '../../pseudonym.ts';
import { type Answer, type Asking, type Disguised, defineSource, type SourceRow } from '../../source.ts';
import { usage } from '../../tables/usage.ts';
import { addDays, days } from '../../time.ts';
import { addUp } from '../add-up.ts';
import { address, agrees, beginsDay, DISAGREES, from, tokenPaging } from '../paging.ts';
import { identityOf, once, principalOf } from '../principal.ts';

const count = z.int().nonnegative();

const actor = z.discriminatedUnion('type', [
  z.object({ type: z.literal('user_actor'), email_address: z.string() }),
  // A key is told by its name, not by its id.
  z.object({ type: z.literal('api_actor'), api_key_name: z.string() }),
]);

const page = z
  .object({
    data: z.array(
      z.object({
        // A day, or its midnight: https://platform.claude.com/docs/en/api/admin/usage_report has both.
        date: z.string().regex(/^\d{4}-\d{2}-\d{2}(T00:00:00(\.0+)?Z)?$/, 'must be a UTC day'),
        actor,
        customer_type: z.string().nullish(),
        model_breakdown: z.array(
          z.object({
            model: z.string(),
            tokens: z.object({ input: count, output: count, cache_read: count, cache_creation: count }),
            estimated_cost: z.object({ currency: z.literal('USD'), amount: z.string() }).nullish(),
          }),
        ),
      }),
    ),
    ...tokenPaging,
  })
  .refine(agrees, DISAGREES);

type Page = z.infer<typeof page>;
type Entry = Page['data'][number];
type UsageRow = SourceRow<typeof usage>;

/** A key known by name only: a name may say who, so it is a pseudonym too. */
const keyId = (name: string, names: Pseudonyms): string => names.user('anthropic', `key ${name}`);

function disguise(told: Page, names: Pseudonyms): Disguised<Page> {
  const people = told.data.flatMap(({ actor: of }) => (of.type === 'user_actor' ? [of.email_address] : []));
  const keys = told.data.flatMap(({ actor: of }) => (of.type === 'api_actor' ? [of.api_key_name] : []));
  const shown = (of: Entry['actor']): Entry['actor'] =>
    of.type === 'user_actor'
      ? { type: of.type, email_address: names.email(of.email_address) }
      : { type: of.type, api_key_name: keyId(of.api_key_name, names) };
  return {
    page: { ...told, data: told.data.map((entry) => ({ ...entry, actor: shown(entry.actor) })) },
    identities: once([
      ...people.map((email) => identityOf({ kind: 'person', id: names.email(email), email })),
      ...keys.map((label) => identityOf({ kind: 'credential', id: keyId(label, names), label })),
    ]),
    principals: once([
      ...people.map((email) => principalOf({ kind: 'person', id: names.email(email), email_hint: names.email(email) })),
      ...keys.map((name) => principalOf({ kind: 'credential', id: keyId(name, names) })),
    ]),
  };
}

function* lines(answers: readonly Answer<Page>[], { connection }: Asking): Generator<UsageRow> {
  for (const { page: told } of answers) {
    for (const { date, actor: of, customer_type, model_breakdown } of told.data) {
      for (const { model, tokens, estimated_cost } of model_breakdown) {
        const meters: [MeterId, number][] = [
          ['input_tokens', tokens.input],
          ['cache_read_tokens', tokens.cache_read],
          // How long the cache lives is not told; the vendor's own estimate takes five minutes.
          ['cache_write_5m_tokens', tokens.cache_creation],
          ['output_tokens', tokens.output],
        ];
        for (const [meter, quantity] of meters) {
          const claimed = meter === 'output_tokens' && estimated_cost ? shiftLeft(estimated_cost.amount, 2) : null;
          if (quantity === 0 && claimed === null) continue;
          yield {
            day: date.slice(0, 10),
            hour_at: null,
            account_id: connection.accountId,
            workspace_id: null,
            credential_id: of.type === 'api_actor' ? of.api_key_name : null,
            principal_id: of.type === 'user_actor' ? of.email_address : null,
            product: 'claude_code',
            session_id: null,
            model,
            service_tier: null,
            speed: null,
            context_window: null,
            region: null,
            meter,
            quantity: String(quantity),
            claimed_cost: claimed,
            // Used within a seat it is told here alone; used through the API it is told, and billed, by the other reports.
            claim: customer_type === 'subscription' ? 'covered' : 'copy',
            cut: 'whole',
          };
        }
      }
    }
  }
}

/** Who used Claude Code, by the day: an estimate, and a key where nothing better tells; never a bill. */
export const anthropicClaudeCode = defineSource<typeof usage, Page>({
  id: 'anthropic_claude_code',
  vendor: 'anthropic',
  title: 'Claude Code analytics',
  kind: 'period',
  table: usage,
  // Up to an hour late: https://platform.claude.com/docs/en/manage-claude/claude-code-analytics-api
  settles: [0, 1, 2, 3, 'close'],
  lag: { usualHours: 1, worstHours: 24 },
  span: 31,
  reach: null,
  wanted: ({ settings }) => settings.claude_code === 'yes',
  page,
  exact: ['amount'],
  // One answer is one day, whatever is asked.
  ask: ({ window, connection }) =>
    beginsDay(window)
      ? Array.from(days(window.from.slice(0, 10), endOf(window.to)), (day) => ({
          url: address(connection.baseUrl, '/v1/organizations/usage_report/claude_code', [
            ['starting_at', day],
            ['limit', '1000'],
          ]),
        }))
      : [],
  next: ({ asked, page: told }) => (told.next_page === null ? [] : [from(asked, 'page', told.next_page)]),
  disguise,
  rows: (answers, asking) => addUp(lines(answers, asking), { quantity: 6, claimed_cost: 10 }),
  blindSpots:
    "Anything unless settings.claude_code = 'yes'; Claude Code through Bedrock, Vertex and Foundry; workspaces, ids of keys (they are told by name), and how long a cache lives; its dollars are an estimate and never a bill (https://platform.claude.com/docs/en/manage-claude/claude-code-analytics-api).",
});

/** The first day after a window. */
const endOf = (to: string): string => (to.endsWith('T00:00:00.000Z') ? to.slice(0, 10) : addDays(to.slice(0, 10), 1));
