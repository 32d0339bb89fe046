import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { between, sourceTable } from '../../local/docs.ts';

it("keeps the README's table of sources as the list of sources has it (npm run docs writes it)", async () => {
  const readme = await readFile('README.md', 'utf8');
  expect(readme).toBe(between(readme, 'sources', sourceTable()));
});
