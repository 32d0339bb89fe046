import { statSync } from 'node:fs';
import { join } from 'node:path';
import { prefixOf, type Table } from '../../shared/table.ts';
import { entries } from './folder-stamp.ts';

/**
 * The names, sizes and times of a table's files, as one text that changes when they do.
 * null: more than `most` bytes, or a mart, whose months move while they are made.
 */
export function smallFiles(root: string, table: Table, most: number): string | null {
  if (table.area === 'marts') return null;
  let bytes = 0;
  let told = '';
  const folders = [join(root, prefixOf(table))];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of entries(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      if (!entry.name.endsWith('.parquet')) continue;
      const { size, mtimeMs } = statSync(path);
      bytes += size;
      if (bytes > most) return null;
      told += `${path} ${size} ${mtimeMs}\n`;
    }
  }
  return told;
}
