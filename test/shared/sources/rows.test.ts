import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SOURCES, sourceById } from '../../../shared/sources/index.ts';
import type { AnyRow } from '../../../shared/table.ts';
import { legacyMessages } from './anthropic/legacy-messages.ts';
import { type Conversation, conversationOf } from './conversations.ts';
import { asking, converse, recorded } from './recorded.ts';

const legacy = { ...conversationOf('anthropic_costs').where.connection, settings: { api: 'legacy' } };
/** Conversations that a source holds besides its usual one: the older reports. */
const BESIDES: readonly (readonly [name: string, source: string, Conversation])[] = [
  [
    'anthropic_usage.legacy',
    'anthropic_usage',
    { where: asking(legacy, '2026-11-17', '2026-11-21'), vendor: legacyMessages },
  ],
  [
    'anthropic_costs.legacy',
    'anthropic_costs',
    {
      where: asking(legacy, '2026-11-17', '2026-11-21'),
      vendor: ({ url }) => recorded(`anthropic/cost_report.page${url.includes('&page=') ? 2 : 1}`),
    },
  ],
];

/** Rows as lines: columns that any of them fills, in order of the table's; an empty cell is null. */
function written(rows: readonly AnyRow[]): string {
  const columns = Object.keys(rows[0] ?? {}).filter((name) => rows.some((row) => row[name] !== null));
  return [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))]
    .map((cells) => `${cells.join(';')}\n`)
    .join('');
}

it.each([...SOURCES.map(({ id }): [string, string, Conversation] => [id, id, conversationOf(id)]), ...BESIDES])(
  '%s makes of its recorded answers these rows, whole',
  (name, id, { where, vendor, following }) => {
    const source = sourceById(id);
    const rows = source === undefined ? [] : converse(source, where, vendor, following).rows;
    const path = join(import.meta.dirname, `../../fixtures/rows/${name}.txt`);
    const checked = existsSync(path)
      ? readFileSync(path, 'utf8')
      : `${path} is missing: check these rows by hand, and put them there`;
    expect(written(rows)).toBe(checked);
  },
);
