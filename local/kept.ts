import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { replaceFile } from './platform/replace-file.ts';

/** Something worked out of a lake, kept in a file of it for as long as nothing that it was worked out of changes. */
export interface Kept<T> {
  /** What was kept; null: nothing, something of another state of the lake, or nothing that can be read. */
  readonly recall: (of: string) => T | null;
  /** Keeps it, whole or not at all. */
  readonly keep: (of: string, what: T) => void;
}

/** Files of a lake's root in which something is kept. All may name somebody by pseudonym. */
const FILES = ['checked.json', 'answers.json'] as const;

/** What a file of a lake keeps; `of` is a digest of all that it was worked out of. */
export function kept<T>(root: string, file: (typeof FILES)[number], schema: z.ZodType<T>): Kept<T> {
  const path = join(root, file);
  const whole = z.object({ of: z.string(), what: schema });
  return {
    recall: (of) => {
      try {
        const found = whole.parse(JSON.parse(readFileSync(path, 'utf8')));
        return found.of === of ? found.what : null;
      } catch {
        return null;
      }
    },
    keep: (of, what) => replaceFile(root, path, JSON.stringify({ of, what })),
  };
}

/** Forgets all that is kept: it may name somebody who is to be erased. */
export function forgetKept(root: string): void {
  for (const file of FILES) rmSync(join(root, file), { force: true });
}
