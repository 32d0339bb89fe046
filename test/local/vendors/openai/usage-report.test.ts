import { describe, expect, it } from 'vitest';
import { bodyOf, more, recorded, shapeOf } from '../asking.ts';
import { ask, at, results, span } from './asking.ts';

const kinds = [
  'completions',
  'decisions',
  'embeddings',
  'moderations',
  'images',
  'audio_speeches',
  'audio_transcriptions',
  'vector_stores',
  'code_interpreter_sessions',
  'file_search_calls',
  'web_search_calls',
];
const MONTH = `${span('2026-10-05', '2026-11-05')}&limit=31`;
const WEEK = span('2026-11-02', '2026-11-09');

const sum = (found: readonly Record<string, number>[], field: string) =>
  found.reduce((total, result) => total + (result[field] ?? Number.NaN), 0);

describe('the usage endpoints', () => {
  it.each(kinds)('answer %s with the fields of a recorded answer and one that no reference names', (kind) => {
    const shape = shapeOf(bodyOf(ask(`usage/${kind}?${MONTH}&group_by[]=project_id`)));
    const known = shapeOf(recorded(`openai-usage-${kind.replaceAll('_', '-')}`));
    expect(more(known, shape)).toEqual([]);
    expect(more(shape, known)).toEqual(['.data[].results[].processing_region']);
  });

  it.each([
    ['in brackets', 'group_by[]=user_id&group_by[]=model'],
    ['repeated', 'group_by=project_id&group_by=api_key_id&group_by=model&group_by=service_tier&group_by=batch'],
    ['by hours', 'bucket_width=1h&limit=168'],
  ])('sum to the same tokens when asked %s', (_, how) => {
    const whole = results(`usage/completions?${WEEK}`);
    const split = results(`usage/completions?${WEEK}&${how}`);
    expect(sum(whole, 'input_tokens')).toBeGreaterThan(1_000_000);
    expect(split.length).toBeGreaterThan(whole.length);
    expect(sum(split, 'input_tokens')).toBe(sum(whole, 'input_tokens'));
    expect(sum(split, 'num_model_requests')).toBe(sum(whole, 'num_model_requests'));
  });

  it('count all input as uncached, cached and written', () => {
    const parts = results(`usage/completions?${WEEK}&group_by[]=model&group_by[]=user_id`);
    const whole = parts.map(
      (part) => part.input_uncached_tokens + part.input_cached_tokens + part.input_cache_write_tokens,
    );
    expect(whole).toEqual(parts.map((part) => part.input_tokens));
  });

  it('page by buckets to the same as one large page, empty days included', () => {
    const question = `usage/images?${MONTH.replace('limit=31', 'limit=12')}`;
    const first = bodyOf(ask(question));
    const second = bodyOf(ask(`${question}&page=${first.next_page}`));
    const third = bodyOf(ask(`${question}&page=${second.next_page}`));
    const whole = bodyOf(ask(`usage/images?${MONTH}`));
    expect([...first.data, ...second.data, ...third.data]).toEqual(whole.data);
    expect([first.has_more, second.has_more, third.has_more, third.next_page]).toEqual([true, true, false, null]);
    expect(whole.data).toHaveLength(31);
    expect(whole.data.filter((bucket: { results: unknown[] }) => bucket.results.length === 0).length).toBeGreaterThan(
      0,
    );
  });

  it('leave a dimension null that was not asked for', () => {
    const [first] = results(`usage/completions?${WEEK}&group_by[]=model`);
    expect([first.project_id, first.user_id, first.api_key_id, first.batch, first.service_tier]).toEqual(
      Array(5).fill(null),
    );
    expect(first.model).toMatch(/^gpt-/);
  });

  it('keep only what a filter names', () => {
    const batched = results(`usage/completions?${WEEK}&batch=true&group_by[]=batch`);
    expect(batched.map(({ batch }) => batch)).toEqual(batched.map(() => true));
    expect(batched.length).toBeGreaterThan(0);
  });

  it.each([
    ['no start', 'usage/completions?limit=1', "Missing required parameter: 'start_time'."],
    [
      '32 days',
      `usage/completions?start_time=${at('2026-11-02')}&limit=32`,
      'Invalid limit provided: 32. Limit must be less than or equal to 31.',
    ],
    [
      '169 hours',
      `usage/completions?start_time=${at('2026-11-02')}&limit=169&bucket_width=1h`,
      'Invalid limit provided: 169. Limit must be less than or equal to 168.',
    ],
    [
      'another grouping',
      `usage/vector_stores?start_time=${at('2026-11-02')}&group_by[]=model`,
      "Invalid group_by value: 'model'.",
    ],
    [
      'a cursor of another question',
      `usage/completions?start_time=${at('2026-11-02')}&page=page_MSAx`,
      "Invalid 'page': it does not belong to this request.",
    ],
  ])('refuse %s', (_, path, message) => {
    const answer = ask(path);
    expect([answer.status, bodyOf(answer).error.message, bodyOf(answer).error.type]).toEqual([
      400,
      message,
      'invalid_request_error',
    ]);
  });
});
