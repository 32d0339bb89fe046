import { appendFileSync, closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { unlessMissing } from './missing.ts';
import { replaceFile } from './replace-file.ts';

const note = z.object({
  key: z.string(),
  etag: z.string(),
  size: z.number(),
  metadata: z.record(z.string(), z.string()),
});

/** What S3 keeps beside an object. */
export type Note = z.infer<typeof note>;

/** What is known of a lake's objects beside their bytes. */
export interface Notes {
  /** The last note of a key; null: none was taken. */
  readonly of: (key: string) => Note | null;
  readonly take: (note: Note) => void;
}

/** Beside the tables, so that a table's folder holds Parquet alone. */
const FILE = '.objects.ndjson';
/** Lines that no object needs any more, up to which nobody tidies up. */
const STALE = 5000;

/**
 * Notes of a lake's objects, a line each in one file: a file of its own for each object would double what is written.
 * Threads append side by side, and each reads on to where the others have come.
 */
export function folderNotes(root: string): Notes {
  const path = join(root, FILE);
  const known = new Map<string, Note>();
  let readTo = 0;
  const readOn = (): void => {
    const size = unlessMissing(() => statSync(path).size) ?? 0;
    if (size <= readTo) return;
    const lines = linesOf(path, readTo, size);
    for (const one of lines.notes) known.set(one.key, one);
    readTo = lines.end;
  };
  return {
    of: (key) => {
      readOn();
      return known.get(key) ?? null;
    },
    // A line begins anew whatever stands before it: a disk that is full may have cut that off.
    take: (one) => appendFileSync(path, `\n${JSON.stringify(one)}\n`),
  };
}

/** Writes the notes anew without those that later ones replaced. Nobody else may be at the lake. */
export function tidyNotes(root: string): void {
  const path = join(root, FILE);
  const size = unlessMissing(() => statSync(path).size) ?? 0;
  // There are at least as many lines as notes: those of most lakes need not be parsed.
  if (size === 0 || lineCount(path) < STALE) return;
  const { notes } = linesOf(path, 0, size);
  const last = new Map(notes.map((one) => [one.key, one]));
  const standing = [...last.values()].filter(({ key }) => existsSync(join(root, key)));
  if (notes.length - standing.length < STALE + standing.length) return;
  replaceFile(root, path, standing.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

function lineCount(path: string): number {
  const bytes = readFileSync(path);
  let count = 0;
  for (let at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** Whole lines of a part of the file, and where they end. What is cut off says nothing. */
function linesOf(path: string, from: number, to: number): { readonly notes: readonly Note[]; readonly end: number } {
  const bytes = Buffer.alloc(to - from);
  const file = openSync(path, 'r');
  try {
    readSync(file, bytes, 0, bytes.length, from);
  } finally {
    closeSync(file);
  }
  const end = bytes.lastIndexOf('\n') + 1;
  const notes: Note[] = [];
  for (const line of bytes.toString('utf8', 0, end).split('\n')) {
    const parsed = line === '' ? null : note.safeParse(jsonOf(line));
    if (parsed?.success === true) notes.push(parsed.data);
  }
  return { notes, end: from + end };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
