import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { BillingPeriod } from '../../shared/time.ts';
import { isMissing } from './missing.ts';
import { replaceFile } from './replace-file.ts';

/** Where the months of a mart stand: prefixes of the lake. */
export type Pointers = ReadonlyMap<BillingPeriod, string>;

const pointers = z.record(z.string(), z.string());
const pathOf = (root: string, table: string): string => join(root, 'marts', table, '_pointers.json');

/** Reads the pointer file of a mart; nothing points anywhere before it is written. */
export function readPointers(root: string, table: string): Pointers {
  try {
    return new Map(Object.entries(pointers.parse(JSON.parse(readFileSync(pathOf(root, table), 'utf8')))).toSorted());
  } catch (error) {
    if (isMissing(error)) return new Map();
    throw new Error(`${pathOf(root, table)} is no pointer file; remove marts/${table} and run again`, { cause: error });
  }
}

/** Points months of a mart elsewhere: a reader sees the former file or the new one. */
export function pointTo(root: string, table: string, moved: Pointers): void {
  const path = pathOf(root, table);
  mkdirSync(join(root, 'marts', table), { recursive: true });
  const all = Object.fromEntries([...readPointers(root, table), ...moved]);
  replaceFile(root, path, `${JSON.stringify(all, null, 2)}\n`);
}
