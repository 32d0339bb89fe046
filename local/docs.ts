import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SOURCES, VENDORS } from '../shared/sources/index.ts';

const README = join(import.meta.dirname, '..', 'README.md');

/** The README's table of sources, made from the list of sources. */
export function sourceTable(): string {
  const rows = SOURCES.map(({ id, vendor, title, lag, blindSpots }) => {
    const credential = VENDORS.find((one) => one.id === vendor)?.credential ?? '';
    const late =
      lag.usualHours === lag.worstHours ? `${lag.usualHours} h` : `${lag.usualHours} h, at worst ${lag.worstHours} h`;
    return `| \`${id}\` | ${cell(title)} | ${cell(credential)} | ${late} | ${cell(blindSpots)} |`;
  });
  return `| source | reads | weakest credential | how late | never shows |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');

/** A text with what stands between the markers replaced. */
export function between(text: string, name: string, made: string): string {
  const begin = `<!-- ${name}:begin (made by \`npm run docs\`) -->\n`;
  const end = `<!-- ${name}:end -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the README lacks the markers of ${name}`);
  return `${text.slice(0, from + begin.length)}\n${made}\n${text.slice(to)}`;
}

/** `npm run docs`: writes what the docs derive from the code. */
export async function main(): Promise<number> {
  await writeFile(README, between(await readFile(README, 'utf8'), 'sources', sourceTable()));
  return 0;
}
