import * as z from 'zod';
import type { MeterId } from '../../meters.ts';
import { scaled, unscaled } from '../../money.ts';
import type { Pseudonyms } from '../../pseudonym.ts';
import { type Answer, type Ask, type Asking, type Disguised, defineSource, type SourceRow } from '../../source.ts';
import { usage } from '../../tables/usage.ts';
import { DAY, dayOf, millis } from '../../time.ts';
import { addUp } from '../add-up.ts';
import { openaiMessage } from '../openai/vendor.ts';
import { address, beginsDay, from } from '../paging.ts';
import { identityOf, once, principalOf } from '../principal.ts';

/** The product that a contract's credit price names. */
const PRODUCT = 'codex';
const PLACES = 6;

const count = z.int().nonnegative().nullish();
const cursor = z.string().nullish();

const page = z
  .object({
    data: z.array(
      z.object({
        start_time: z.int(),
        user_id: z.string().nullish(),
        actor: z.object({ user_id: z.string().nullish(), email: z.string().nullish() }).nullish(),
        totals: z.object({ credits: z.string() }),
        clients: z.array(
          z.object({
            client_id: z.string(),
            turns: count,
            uncached_text_input_tokens: count,
            cached_text_input_tokens: count,
            text_output_tokens: count,
          }),
        ),
        models: z.array(z.object({ model: z.string(), credits: z.string(), speed: z.string().nullish() })),
      }),
    ),
    has_more: z.boolean().nullish(),
    next_page: cursor,
    // What older answers call it, and ask with.
    next_cursor: cursor,
  })
  .refine((told) => (told.has_more ?? cursorOf(told) !== null) === (cursorOf(told) !== null), {
    path: ['next_page'],
    error: 'has_more and next_page disagree: there is more without a cursor, or a cursor without more',
  });

type Page = z.infer<typeof page>;
type Entry = Page['data'][number];
type UsageRow = SourceRow<typeof usage>;

function cursorOf(told: {
  next_page?: string | null | undefined;
  next_cursor?: string | null | undefined;
}): string | null {
  return told.next_page || told.next_cursor || null;
}

const userOf = ({ user_id, actor }: Entry): string | null => user_id ?? actor?.user_id ?? null;

function disguise(told: Page, names: Pseudonyms): Disguised<Page> {
  const people = told.data.flatMap((entry) => {
    const user = userOf(entry);
    return user === null ? [] : [{ id: names.user('chatgpt', user), email: entry.actor?.email ?? null }];
  });
  return {
    page: {
      ...told,
      data: told.data.map((entry) => {
        const user = userOf(entry);
        return { ...entry, actor: null, user_id: user === null ? null : names.user('chatgpt', user) };
      }),
    },
    identities: once(
      people.flatMap(({ id, email }) => (email === null ? [] : [identityOf({ kind: 'person', id, email })])),
    ),
    principals: once(
      people.map(({ id, email }) =>
        principalOf({ kind: 'person', id, email_hint: email === null ? null : names.email(email) }),
      ),
    ),
  };
}

/** A client as a product, e.g. codex_cli. */
const clientOf = (id: string): string => id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');

/** Credits by model, and what the total holds beyond: credits are the money, so none may be missing. */
function* credits({ totals, models }: Entry): Generator<Pick<UsageRow, 'model' | 'speed' | 'quantity' | 'cut'>> {
  let left = scaled(totals.credits, PLACES);
  for (const { model, credits: told, speed } of models) {
    left -= scaled(told, PLACES);
    yield { model, speed: speed ?? null, quantity: told, cut: 'whole' };
  }
  if (left !== 0n) yield { model: null, speed: null, quantity: unscaled(left, PLACES), cut: 'rest' };
}

function* lines(answers: readonly Answer<Page>[], { connection }: Asking): Generator<UsageRow> {
  for (const { page: told } of answers) {
    for (const entry of told.data) {
      const common = {
        day: dayOf(entry.start_time * 1000),
        hour_at: null,
        account_id: connection.accountId,
        workspace_id: connection.settings.workspace ?? null,
        credential_id: null,
        principal_id: entry.user_id ?? null,
        session_id: null,
        service_tier: null,
        context_window: null,
        region: null,
        claimed_cost: null,
      };
      for (const part of credits(entry)) yield { ...common, product: PRODUCT, ...part, meter: 'credits', claim: null };
      // Clients and models are told apart from each other: a client's model is known where there is one only.
      const [only, another] = entry.models;
      const model = another === undefined ? (only?.model ?? null) : null;
      for (const client of entry.clients) {
        const meters: [MeterId, number | null | undefined][] = [
          ['input_tokens', client.uncached_text_input_tokens],
          ['cache_read_tokens', client.cached_text_input_tokens],
          ['output_tokens', client.text_output_tokens],
          ['requests', client.turns],
        ];
        for (const [meter, quantity] of meters) {
          if (quantity === null || quantity === undefined || quantity === 0) continue;
          const product = clientOf(client.client_id);
          // Credits are charged; a turn is made with a seat, whose fee it helps to spread; tokens are told beside them.
          yield {
            ...common,
            product,
            model,
            speed: null,
            meter,
            quantity: String(quantity),
            cut: 'whole',
            claim: meter === 'requests' ? 'covered' : 'free',
          };
        }
      }
    }
  }
}

/** A day's question; the vendor's buckets are days. */
function question(connection: Asking['connection'], day: number): Ask {
  const { workspace } = connection.settings;
  if (workspace === undefined)
    throw new Error(`${connection.id} needs the setting workspace: the id of the ChatGPT workspace to read`);
  return {
    url: address(connection.baseUrl, `/analytics/codex/workspaces/${encodeURIComponent(workspace)}/usage`, [
      ['start_time', String(day / 1000)],
      ['end_time', String((day + DAY) / 1000)],
      ['group_by', 'user'],
      ['limit', '500'],
    ]),
  };
}

/** The same question ungrouped, where the vendor does not know the grouping: rows tell of users without it too. */
function ungrouped(asked: Ask, status: number, body: string): Ask[] | null {
  const url = new URL(asked.url);
  if (status !== 400 || !url.searchParams.has('group_by') || !/group_by/.test(openaiMessage(body) ?? '')) return null;
  url.searchParams.delete('group_by');
  return [{ ...asked, url: url.href }];
}

/** Codex in a ChatGPT workspace: credits by person and model; a contract says what a credit costs. */
export const chatgptCodex = defineSource<typeof usage, Page>({
  id: 'chatgpt_codex',
  vendor: 'chatgpt',
  title: 'Codex in ChatGPT Enterprise',
  kind: 'period',
  table: usage,
  // No finality is told: https://developers.openai.com/codex/enterprise
  settles: [0, 1, 2, 3, 7, 14, 'close'],
  lag: { usualHours: 12, worstHours: 48 },
  span: 31,
  reach: null,
  page,
  exact: ['credits'],
  ask: ({ window, connection }) => {
    if (!beginsDay(window)) return [];
    const [begins, ends] = [millis(window.from), millis(window.to)];
    return Array.from({ length: Math.ceil((ends - begins) / DAY) }, (_, n) => question(connection, begins + n * DAY));
  },
  next: ({ asked, page: told }) => {
    if (told.next_page) return [from(asked, 'page', told.next_page)];
    return told.next_cursor ? [from(asked, 'cursor', told.next_cursor)] : [];
  },
  refused: ({ asked, status, body }) => ungrouped(asked, status, body),
  disguise,
  rows: (answers, asking) => addUp(lines(answers, asking), { quantity: 6 }),
  blindSpots:
    'Anything without settings.workspace, the id of the workspace; dollars (a contract of kind credit_price gives what a credit costs), seats, chat, and the model of a client where several were used (https://developers.openai.com/codex/enterprise).',
});
