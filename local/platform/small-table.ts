import { join } from 'node:path';
import { prefixOf, type Table } from '../../shared/table.ts';
import { filesBelow } from './file-stamp.ts';

/**
 * The stamps of a table's files, as one text that changes when they do.
 * null: more than `most` bytes, or a mart, whose months move while they are made.
 */
export function smallFiles(root: string, table: Table, most: number): string | null {
  if (table.area === 'marts') return null;
  let bytes = 0;
  let told = '';
  for (const { path, size, stamp } of filesBelow(join(root, prefixOf(table)))) {
    if (!path.endsWith('.parquet')) continue;
    bytes += size;
    if (bytes > most) return null;
    told += `${stamp}\n`;
  }
  return told;
}
