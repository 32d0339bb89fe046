import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unlessMissing } from './missing.ts';

/** Milliseconds in which a file system may give two changes the same time. */
const TICK = 20;

/**
 * When a folder and the folders right below it last changed, as one text: a file that comes, goes or is renamed into its
 * place changes its folder. null: a change is so young that another could bear the same time.
 */
export function folderStamp(path: string): string | null {
  const folders = [path];
  for (const entry of entries(path)) if (entry.isDirectory()) folders.push(join(path, entry.name));
  const times = folders.map((folder) => statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.max(...times) > Date.now() - TICK ? null : `${folders.join('\n')} ${times.join(' ')}`;
}

/** What is in a folder; nothing where there is none. */
export const entries = (folder: string): Dirent[] =>
  unlessMissing(() => readdirSync(folder, { withFileTypes: true })) ?? [];
