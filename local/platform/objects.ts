import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { bytesIn } from '../../shared/bytes.ts';
import type { ListedObject, Objects } from '../../shared/platform.ts';
import { inCaseFull } from './lake-full.ts';

/** What S3 keeps beside an object, kept here beside the lake, so that a table's folder holds Parquet alone. */
const side = z.object({ etag: z.string(), size: z.number(), metadata: z.record(z.string(), z.string()) });
type Side = z.infer<typeof side>;

const SIDE = '.objects';

/**
 * A folder as a bucket. A put is a rename, so a reader sees the former object or the new one; conditions are kept
 * within this process, which holds the lake's lock.
 */
export function folderObjects(root: string): Objects {
  const pathOf = (key: string): string => {
    if (key.split('/').some((part) => part === '' || part === '.' || part === '..'))
      throw new Error(`'${key}' is no key of an object`);
    return join(root, key);
  };
  const sideOf = (key: string): string => join(root, SIDE, `${key}.json`);
  const turns = new Map<string, Promise<unknown>>();
  /** One after the other per key: a condition and its put are one step. */
  const inTurn = <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(key) ?? Promise.resolve()).then(work, work);
    turns.set(key, turn);
    void turn.finally(() => turns.get(key) === turn && turns.delete(key)).catch(() => {});
    return turn;
  };

  const known = async (key: string): Promise<Side | null> => {
    const file = await stat(pathOf(key)).catch(missing);
    if (file === null || !file.isFile()) return null;
    const told = await readFile(sideOf(key), 'utf8').catch(missing);
    const parsed = told === null ? null : side.safeParse(JSON.parse(told));
    if (parsed?.success === true && parsed.data.size === file.size) return parsed.data;
    // Put there by hand, or the side file was lost: the content still has a digest.
    return { etag: digest(await readFile(pathOf(key))), size: file.size, metadata: {} };
  };

  return {
    get: async (key) => {
      const told = await known(key);
      return told === null ? null : { body: createReadStream(pathOf(key)), etag: told.etag, metadata: told.metadata };
    },
    head: known,
    list: (prefix) => walk(root, prefix, known),
    put: async (key, body, { metadata = {}, when }) => {
      const bytes = body instanceof Uint8Array ? body : await bytesIn(body);
      return inTurn(key, async () => {
        const now = when === 'any' ? null : await known(key);
        if (when === 'absent' && now !== null) return null;
        if (typeof when === 'object' && now?.etag !== when.match) return null;
        const etag = digest(bytes);
        const told = JSON.stringify({ etag, size: bytes.length, metadata } satisfies Side);
        // Both are written before either takes its place: where there is no room for one, nothing has changed.
        const places = [
          { path: sideOf(key), content: told },
          { path: pathOf(key), content: bytes },
        ];
        try {
          for (const { path, content } of places) await beside(path, content);
          for (const { path } of places) await rename(partOf(path), path);
        } catch (error) {
          for (const { path } of places) await rm(partOf(path), { force: true });
          throw inCaseFull(error, root);
        }
        return etag;
      });
    },
    remove: async (keys) => {
      for (const key of keys) {
        await rm(pathOf(key), { force: true });
        await rm(sideOf(key), { force: true });
      }
    },
  };
}

const digest = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

const partOf = (path: string): string => `${path}.part`;

/** Writes a file beside its place; moving it there is one step, so a reader never sees half of it. */
async function beside(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(partOf(path), 'w');
  try {
    await file.writeFile(content);
  } finally {
    await file.close();
  }
}

async function* walk(
  root: string,
  prefix: string,
  known: (key: string) => Promise<Side | null>,
): AsyncGenerator<ListedObject> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(missing);
  // S3 lists by key: a folder stands where its name with the slash would.
  const names = (entries ?? []).map((entry) => ({
    entry,
    key: `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`,
  }));
  names.sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { entry, key } of names) {
    if (entry.name.startsWith('.') || entry.name.endsWith('.part')) continue;
    if (!key.startsWith(prefix) && !prefix.startsWith(key)) continue;
    if (entry.isDirectory()) yield* walk(root, key.length > prefix.length ? key : prefix, known);
    else {
      const told = await known(key);
      if (told !== null) yield { key, size: told.size, etag: told.etag };
    }
  }
}

function missing(error: unknown): null {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
  throw error;
}
