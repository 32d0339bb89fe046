import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { between, sourceTable } from '../../local/docs.ts';
import { VENDORS } from '../../shared/sources/index.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const docs = ['README.md', 'AGENTS.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md'),
);

it("keeps the README's table of sources as the list of sources has it (npm run docs writes it)", () => {
  const readme = read('README.md');
  expect(readme).toBe(between(readme, 'sources', sourceTable()));
});

/** A heading as a link names it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

/** Whether a link of a file leads to a file that is there, and to a heading in it. */
function leads(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? from : join(dirname(from), path);
  if (!existsSync(join(root, file))) return false;
  const headings = anchor === undefined ? [] : [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text);
  return anchor === undefined || headings.some((heading) => anchorOf(heading) === anchor);
}

it.each(docs)('%s links to files and headings that are there', (file) => {
  const links = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const ours = links.filter((link) => !/^https?:/.test(link));
  expect(ours.filter((link) => !leads(file, link))).toEqual([]);
});

it.each(docs)('%s names no file that is not there', (file) => {
  const named = [...read(file).matchAll(/`((?:infra|functions|shared|queries|local|test|bench|docs)\/[\w./-]+)`/g)];
  const missing = named.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)));
  // A test stands behind its name without the ending.
  expect(missing.filter((path) => !existsSync(join(root, `${path}.test.ts`)))).toEqual([]);
});

it('says of every vendor what its connection needs', () => {
  const rows = [...read('docs/connections.md').matchAll(/^\| `(\w+)` \|/gm)].map(([, vendor]) => vendor);
  expect(rows).toEqual(VENDORS.map(({ id }) => id));
});

it('names no command that package.json does not have', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
  const told = docs.flatMap((file) => [...read(file).matchAll(/npm run ([a-z]+)/g)].map(([, name = '']) => name));
  expect([...new Set(told)].filter((name) => !(name in scripts))).toEqual([]);
});
