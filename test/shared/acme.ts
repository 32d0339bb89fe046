import * as z from 'zod';
import type { Platform } from '../../shared/platform.ts';
import {
  type AnySource,
  type CollectMessage,
  type Connection,
  defineSource,
  type Vendor,
} from '../../shared/source.ts';
import { usage } from '../../shared/tables/usage.ts';

/** A vendor that exists nowhere, to test the loop with: pages of lines per window, a next page by number. */
export const acme: Vendor = {
  id: 'acme',
  title: 'Acme',
  baseUrl: 'https://api.acme.test',
  signIn: async (_ports, secret) => ({ authorization: `Bearer ${secret}` }),
  credential: 'a read-only key',
  requestsPerMinute: 1000,
  errorMessage: (body) => /"message":"([^"]*)"/.exec(body)?.[1] ?? null,
};

const line = z.object({
  at: z.string(),
  email: z.string().nullable(),
  key: z.string().nullable(),
  model: z.string(),
  tokens: z.string(),
  requests: z.string(),
});
const page = z.object({ lines: z.array(line), next: z.string().nullable(), as_of: z.string().nullable() });

export const acmeUsage = defineSource({
  id: 'acme_usage',
  vendor: 'acme',
  title: 'Acme usage',
  kind: 'period',
  table: usage,
  settles: [0, 1, 2, 3, 7, 'close'],
  lag: { usualHours: 4, worstHours: 24 },
  span: 31,
  reach: null,
  page,
  exact: ['tokens', 'requests'],
  ask: ({ window, connection }) => [{ url: `${connection.baseUrl}/usage?from=${window.from}&to=${window.to}&page=0` }],
  next: ({ page: { next }, asked }) => (next === null ? [] : [{ url: asked.url.replace(/page=.*$/, `page=${next}`) }]),
  refused: ({ asked, status }) =>
    status === 400 && asked.url.includes('/usage?') ? [{ url: asked.url.replace('/usage?', '/usage/plain?') }] : null,
  disguise: ({ lines, ...rest }, names) => ({
    page: {
      ...rest,
      lines: lines.map((of) => ({ ...of, email: of.email === null ? null : names.user('acme', of.email) })),
    },
    identities: lines.flatMap(({ email }) =>
      email === null
        ? []
        : [{ id: names.user('acme', email), kind: 'person' as const, email, login: null, name: null, label: null }],
    ),
  }),
  rows: (answers) =>
    answers.flatMap(({ page: { lines } }) =>
      lines.flatMap(({ at, email, key, model, tokens, requests }) =>
        [['input_tokens', tokens] as const, ['requests', requests] as const].map(([meter, quantity]) => ({
          day: at.slice(0, 10),
          hour_at: `${at.slice(0, 13)}:00:00.000Z`,
          account_id: null,
          workspace_id: null,
          credential_id: key,
          principal_id: email,
          product: null,
          session_id: null,
          model,
          service_tier: null,
          speed: null,
          context_window: null,
          region: null,
          meter,
          quantity,
          claimed_cost: null,
          claim: null,
          cut: 'whole' as const,
        })),
      ),
    ),
  completeThrough: (answers) => answers.at(-1)?.page.as_of ?? null,
  blindSpots: 'everything',
});

export const acmeConnection: Connection = {
  id: 'acme.main',
  vendor: 'acme',
  baseUrl: 'https://api.acme.test',
  secret: 'acme.main',
  accountId: null,
  settings: {},
};

export const acmeMessage: CollectMessage = {
  source: 'acme_usage',
  connection: 'acme.main',
  from: '2026-11-23',
  to: '2026-11-24',
  due: '2026-11-24T05:00:00.000Z',
  mode: 'live',
  window: 'day',
  part: 0,
  force: false,
};

export const given = (over: { deadline?: number; source?: AnySource } = {}) => ({
  source: acmeUsage as unknown as AnySource,
  vendor: acme,
  connection: acmeConnection,
  deadline: Number.POSITIVE_INFINITY,
  timeoutMs: 1000,
  ...over,
});

/** Lines of a day: `count` requests of two people and a key, an hour apart. */
export const linesOf = (day: string, count = 24) =>
  Array.from({ length: count }, (_, i) => ({
    at: `${day}T${String(i % 24).padStart(2, '0')}:10:00Z`,
    email: i % 3 === 0 ? null : `dev${i % 2}@larkspur.test`,
    key: i % 3 === 0 ? 'key_1' : null,
    model: `model-${i % 2}`,
    tokens: 1000 + i,
    requests: 1,
  }));

/** Acme's server: answers what `lines` holds for the window, `per` lines a page. */
export function acmeServer(
  lines: () => readonly ReturnType<typeof linesOf>[number][],
  per = 10,
  asOf: string | null = null,
): Platform['fetch'] & { readonly asked: string[] } {
  const asked: string[] = [];
  const fetch: Platform['fetch'] = async (input) => {
    const url = new URL(String(input));
    asked.push(`${url.pathname}${url.search}`);
    const from = url.searchParams.get('from') ?? '';
    const to = url.searchParams.get('to') ?? '';
    const at = Number(url.searchParams.get('page'));
    const inside = lines().filter(
      ({ at: when }) => Date.parse(when) >= Date.parse(from) && Date.parse(when) < Date.parse(to),
    );
    const next = (at + 1) * per < inside.length ? String(at + 1) : null;
    return Response.json({ lines: inside.slice(at * per, (at + 1) * per), next, as_of: asOf });
  };
  return Object.assign(fetch, { asked });
}
