import { statSync } from 'node:fs';
import { join } from 'node:path';
import { entries } from './folder-stamp.ts';

/** A file below a folder. */
export interface StampedFile {
  readonly path: string;
  readonly size: number;
  /** Its name, size and time: another text once it has changed. */
  readonly stamp: string;
}

/** Every file below a folder, however deep; none where there is no folder. */
export function* filesBelow(folder: string): Generator<StampedFile> {
  for (const entry of entries(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else {
      const { size, mtimeMs } = statSync(path);
      yield { path, size, stamp: `${path} ${size} ${mtimeMs}` };
    }
  }
}
