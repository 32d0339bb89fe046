import { describe, expect, it } from 'vitest';
import { bodyOf, MORNING, more, recorded, shapeOf } from '../asking.ts';
import { allPages, ask, by, fresh, HOURS, rows, total, type UsageRow, WEEK, WIDE } from './asking.ts';

describe('the usage report', () => {
  it('has the fields of a recorded answer, and one that no reference names', () => {
    const question = `analytics/usage?${WEEK}&${WIDE}&${by('actor', 'api_key_id', 'model', 'service_tier', 'workspace_id')}`;
    const shape = shapeOf(bodyOf(ask(question)));
    const known = shapeOf(recorded('anthropic-analytics-usage'));
    expect(more(known, shape)).toEqual([]);
    expect(more(shape, known)).toEqual([
      '.data[].group.actor.provider',
      '.data[].group.actor.provider.issuer',
      '.data[].group.actor.provider.type',
      '.data[].group.actor.subject',
      '.data[].processing_region',
    ]);
  });

  it.each([
    ['actor', by('actor')],
    ['model and speed', by('model', 'speed')],
    ['five dimensions', by('actor', 'api_key_id', 'workspace_id', 'product', 'session_id')],
    ['what prices', by('model', 'service_tier', 'context_window', 'inference_geo', 'speed')],
    ['a dimension that nothing has', by('rbac_group_id')],
  ])('sums to the same tokens and requests when grouped by %s', (_, grouping) => {
    const all = allPages(`analytics/usage?${HOURS}&limit=1000&order_by=time&${grouping}`) as UsageRow[];
    expect(total(all)).toEqual(total(rows(`analytics/usage?${WEEK}`)));
    expect(total(all).tokens).toBeGreaterThan(1_000_000);
  });

  it('counts in a minute what the hour around it holds', () => {
    const hour = 'starting_at=2026-11-04T15:00:00Z&ending_at=2026-11-04T16:00:00Z';
    const minutes = rows(`analytics/usage?${hour}&time_bucket_width=1m&limit=1000`);
    expect(minutes.length).toBeGreaterThan(5);
    expect(total(minutes)).toEqual(total(rows(`analytics/usage?${hour}&time_bucket_width=1h`)));
  });

  it('pages the same rows as one large page', () => {
    const question = `analytics/usage?${WEEK}&order_by=time&order=asc&${by('actor', 'model')}`;
    expect(allPages(`${question}&limit=37`)).toEqual(allPages(`${question}&limit=1000`));
  });

  it('ranks across buckets unless asked for time', () => {
    const ranked: UsageRow[] = rows(`analytics/usage?${WEEK}&limit=1000&${by('model')}`);
    const sizes = ranked.map(({ usage }) => usage.total_tokens);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    const timed: { starting_at: string }[] = rows(`analytics/usage?${WEEK}&${WIDE}&${by('model')}`);
    const times = timed.map((row) => row.starting_at);
    expect(times).toEqual([...times].sort());
  });

  it('leaves a dimension null that was not asked for, and gives two hidden actors a row each', () => {
    const found: { group: { actor: object | null; model: string | null } }[] = rows(
      `analytics/usage?${WEEK}&${WIDE}&${by('actor')}`,
    );
    expect(found.filter(({ group }) => group.model !== null)).toEqual([]);
    const monday = rows(
      `analytics/usage?starting_at=2026-11-02T00:00:00Z&ending_at=2026-11-03T00:00:00Z&time_bucket_width=1d&${WIDE}&${by('actor')}`,
    );
    expect(monday.filter((row: { group: { actor: object | null } }) => row.group.actor === null)).toHaveLength(2);
  });

  it('reads filters in brackets and repeated, and matches the keyless with an empty entry', () => {
    const keyed: { group: { api_key_id: string } }[] = rows(`analytics/usage?${WEEK}&${WIDE}&${by('api_key_id')}`);
    const ids = [...new Set(keyed.map(({ group }) => group.api_key_id))];
    const [one, other] = ids.filter((id) => id !== null);
    const wanted = (query: string) => [
      ...new Set(
        rows(`analytics/usage?${WEEK}&${WIDE}&${by('api_key_id')}&${query}`).map(
          (row: (typeof keyed)[number]) => row.group.api_key_id,
        ),
      ),
    ];
    expect(wanted(`api_key_ids[]=${one}&api_key_ids[]=${other}`).sort()).toEqual([one, other].sort());
    expect(wanted(`api_key_ids=${one}&api_key_ids=${other}`).sort()).toEqual([one, other].sort());
    expect(wanted('api_key_ids[]=')).toEqual([null]);
  });

  it.each([
    ['models[]=claude-sonnet-5-5', 'model', 'claude-sonnet-5-5'],
    ['service_tiers[]=batch', 'service_tier', 'batch'],
    ['inference_geos[]=not_available', 'inference_geo', null],
    ['inference_geos[]=us', 'inference_geo', 'us'],
    ['products[]=managed_agents_api', 'product', 'managed_agents_api'],
    ['context_windows[]=200k-1M', 'context_window', '200k-1M'],
  ])('keeps with %s only such rows', (filter, dimension, value) => {
    const found = rows(`analytics/usage?${WEEK}&${WIDE}&${filter}&${by(dimension)}`);
    expect(found.length).toBeGreaterThan(0);
    expect([...new Set(found.map((row: { group: Record<string, string> }) => row.group[dimension]))]).toEqual([value]);
  });
});

describe('freshness', () => {
  const recent = `analytics/usage?starting_at=2026-11-20T00:00:00Z&ending_at=2026-11-25T00:00:00Z&time_bucket_width=1h&${WIDE}&${by('actor', 'model')}`;

  it('gives the same bytes at any instant between two rebuilds', () => {
    const early = ask(
      recent,
      fresh(() => Date.parse('2026-11-25T06:00:00Z')),
    ).body;
    expect(
      ask(
        recent,
        fresh(() => Date.parse('2026-11-25T11:59:59Z')),
      ).body,
    ).toBe(early);
  });

  it('says how far data is complete and moves recent days at the next rebuild, not days long past', () => {
    const noon = fresh(() => Date.parse('2026-11-25T12:00:00Z'));
    expect(bodyOf(ask(recent)).data_refreshed_at).toBe('2026-11-24T20:00:00Z');
    expect(bodyOf(ask(recent, noon)).data_refreshed_at).toBe('2026-11-25T08:00:00Z');
    const daily = (from: string, to: string) =>
      `analytics/usage?starting_at=${from}&ending_at=${to}&time_bucket_width=1d`;
    const last = daily('2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z');
    expect(total(rows(last, noon)).tokens).toBeGreaterThan(total(rows(last)).tokens);
    const old = daily('2026-10-05T00:00:00Z', '2026-10-12T00:00:00Z');
    expect(rows(old, noon)).toEqual(rows(old));
  });

  it('answers 410 to a cursor that outlived a rebuild', () => {
    let now = MORNING;
    const answers = fresh(() => now);
    const page = bodyOf(ask(`analytics/usage?${WEEK}&limit=5&${by('actor')}`, answers)).next_page;
    now = Date.parse('2026-11-25T12:00:00Z');
    const late = ask(`analytics/usage?${WEEK}&limit=5&${by('actor')}&page=${page}`, answers);
    expect([late.status, bodyOf(late).error.type]).toEqual([410, 'invalid_request_error']);
  });
});
