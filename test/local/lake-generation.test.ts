import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generationOf } from '../../local/lake-generation.ts';

let root: string;
const put = async (name: string, text: string): Promise<void> => {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await writeFile(join(root, name), text);
};
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'generation-'));
});
afterAll(() => rm(root, { recursive: true }));

it('is of a lake that is not there yet too', () => {
  expect(generationOf(join(root, 'nowhere'))).toBe('');
});

it.each([
  ['an incident is answered', 'status/incidents/data.parquet', false],
  ['names are forgotten', 'identities/identities/people.parquet', false],
  ['reference data is pushed', 'reference/rules/data.parquet', false],
  ['a month of a mart is made anew', 'marts/allocated_cost/_pointers.json', false],
  ['a candidate is unloaded that nothing points to', 'marts/allocated_cost/a/part-0.parquet', true],
  ['a raw page is kept', 'raw/page.ndjson.gz', true],
])('when %s: the same is %s', async (_what, name, same) => {
  const before = generationOf(root);
  await put(name, `${name} ${before.length}`);
  expect(generationOf(root) === before).toBe(same);
});
