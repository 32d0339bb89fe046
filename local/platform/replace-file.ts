import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { inCaseFull } from './lake-full.ts';

/** Puts a text in the place of a lake's file in one step: a reader sees the former or the new one. @throws LakeFull */
export function replaceFile(root: string, path: string, text: string): void {
  const part = `${path}.part`;
  try {
    writeFileSync(part, text);
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw inCaseFull(error, root);
  }
}
