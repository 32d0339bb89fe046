import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Taken, takeFocus } from '../../shared/focus/take.ts';
import type { Platform } from '../../shared/platform.ts';
import type { Day } from '../../shared/time.ts';
import { whyNot } from '../file-error.ts';
import { openFocus } from './open.ts';

/** FOCUS files named on the command line. */
export interface FocusFiles {
  readonly files: readonly string[];
  /** Take what is unambiguous of a file that breaks the spec. */
  readonly accept: boolean;
}

/** What came in. */
export interface Imported {
  readonly days: ReadonlySet<Day>;
  /** A sentence a file, and what was changed of it. */
  readonly told: readonly string[];
  /** Why files of `import/` were not taken in, each in sentences; they are tried again the next time. */
  readonly refused: readonly string[];
}

const FILE = /\.(csv|csv\.gz|parquet)$/i;
const GROUP = 'focus_import';
const FEW = 20;

/**
 * Takes in the files of `import/` in the lake that were not taken in before, in order of name, then those named, always. One
 * that lies in `import/` and cannot be taken in stops nothing else; who names a file waits for it.
 * @throws Error in sentences when a file that is named cannot be read or breaks the spec
 */
export async function importFocus(
  ports: Pick<Platform, 'objects' | 'codec' | 'crypto' | 'state'>,
  root: string,
  { files, accept }: FocusFiles,
): Promise<Imported> {
  const folder = join(root, 'import');
  const waiting = (await readdir(folder).catch(() => [])).filter((name) => FILE.test(name)).toSorted();
  const days = new Set<Day>();
  const told: string[] = [];
  const refused: string[] = [];
  const take = async (path: string, again: boolean): Promise<void> => {
    const taken = await takeFile(ports, path, { accept, again });
    for (const day of taken?.days ?? []) days.add(day);
    if (taken !== null) told.push(taken.told);
  };
  for (const name of waiting) {
    await take(join(folder, name), false).catch((error: unknown) => {
      refused.push(error instanceof Error ? error.message : String(error));
    });
  }
  for (const path of files) await take(path, true);
  return { days, told, refused };
}

/** A file that came in: the days of the ledger that it holds, and a sentence with what was changed of it. */
export interface TakenFile {
  readonly days: readonly Day[];
  readonly told: string;
}

/**
 * Takes one file in, whole, and remembers that it was; null: it was before, and `again` does not want it again.
 * @throws Error in sentences when it cannot be read or breaks the spec
 */
export async function takeFile(
  ports: Pick<Platform, 'objects' | 'codec' | 'crypto' | 'state'>,
  path: string,
  { accept, again }: { readonly accept: boolean; readonly again: boolean },
): Promise<TakenFile | null> {
  const key = ports.crypto.digest(await contentOf(path));
  const before = await ports.state.get({ group: GROUP, key });
  if (before !== null && !again) return null;
  const taken = await openFocus(path, (file) => takeFocus(ports, file, accept));
  await ports.state.update({ group: GROUP, key }, { name: basename(path) }, before?.version ?? null);
  return { days: taken.days, told: inWords(path, taken) };
}

async function contentOf(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    throw new Error(
      `The FOCUS file ${path} cannot be read: ${whyNot(cause)}. Name one file each time, CSV (also .csv.gz) or Parquet.`,
      { cause },
    );
  });
}

function inWords(path: string, { version, rows, connections, changes }: Taken): string {
  const head = `${basename(path)}: ${rows === 1 ? '1 row' : `${rows} rows`} of FOCUS ${version} taken in as ${connections.join(', ')}`;
  if (changes.length === 0) return head;
  const more = changes.length > FEW ? [`… ${changes.length - FEW} more`] : [];
  return [`${head}; it breaks the spec:`, ...changes.slice(0, FEW), ...more].join('\n  ');
}
