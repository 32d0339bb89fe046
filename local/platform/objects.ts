import { createHash } from 'node:crypto';
import {
  createReadStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { bytesIn } from '../../shared/bytes.ts';
import type { ListedObject, Objects } from '../../shared/platform.ts';
import { inCaseFull } from './lake-full.ts';
import { isMissing, unlessMissing } from './missing.ts';
import { folderNotes, type Note } from './notes.ts';

/** No object stands there: a key may go on where another ends. */
const ABSENT = ['ENOENT', 'ENOTDIR'];

/**
 * A folder as a bucket. A put is a rename, so a reader sees the former object or the new one. A condition and its put
 * are one step: nothing else of this process, which holds the lake's lock, comes between. To wait for a small file costs
 * several times what writing it does, so nothing is waited for.
 */
export function folderObjects(root: string): Objects {
  const pathOf = (key: string): string => {
    if (key.split('/').some((part) => part === '' || part === '.' || part === '..'))
      throw new Error(`'${key}' is no key of an object`);
    return join(root, key);
  };
  const notes = folderNotes(root);
  const known = (key: string): Note | null => {
    const file = unlessMissing(() => statSync(pathOf(key)), ABSENT);
    if (file === null || !file.isFile()) return null;
    const note = notes.of(key);
    if (note?.size === file.size) return note;
    // Put there by hand, or its note was lost: the content still has a digest.
    return { key, etag: digest(readFileSync(pathOf(key))), size: file.size, metadata: {} };
  };

  return {
    get: async (key) => {
      const told = known(key);
      return told === null ? null : { body: createReadStream(pathOf(key)), etag: told.etag, metadata: told.metadata };
    },
    head: async (key) => known(key),
    list: async function* (prefix) {
      yield* walk(root, prefix, known);
    },
    put: async (key, body, { metadata = {}, when }) => {
      const bytes = body instanceof Uint8Array ? body : await bytesIn(body);
      const now = when === 'any' ? null : known(key);
      if (when === 'absent' && now !== null) return null;
      if (typeof when === 'object' && now?.etag !== when.match) return null;
      const etag = digest(bytes);
      const path = pathOf(key);
      // Where there is no room for both, nothing has changed.
      try {
        beside(path, bytes);
        notes.take({ key, etag, size: bytes.length, metadata });
        renameSync(partOf(path), path);
      } catch (error) {
        rmSync(partOf(path), { force: true });
        throw inCaseFull(error, root);
      }
      return etag;
    },
    remove: async (keys) => {
      for (const key of keys) rmSync(pathOf(key), { force: true });
    },
  };
}

const digest = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

const partOf = (path: string): string => `${path}.part`;

/** Writes a file beside its place; moving it there is one step, so a reader never sees half of it. */
function beside(path: string, content: Uint8Array): void {
  try {
    writeFileSync(partOf(path), content);
  } catch (error) {
    if (!isMissing(error, ABSENT)) throw error;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(partOf(path), content);
  }
}

function* walk(root: string, prefix: string, known: (key: string) => Note | null): Generator<ListedObject> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const entries = unlessMissing(() => readdirSync(join(root, folder), { withFileTypes: true }), ABSENT) ?? [];
  // S3 lists by key: a folder stands where its name with the slash would.
  const names = entries.map((entry) => ({ entry, key: `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}` }));
  names.sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { entry, key } of names) {
    if (entry.name.startsWith('.') || entry.name.endsWith('.part')) continue;
    if (!key.startsWith(prefix) && !prefix.startsWith(key)) continue;
    if (entry.isDirectory()) yield* walk(root, key.length > prefix.length ? key : prefix, known);
    else {
      const told = known(key);
      if (told !== null) yield { key, size: told.size, etag: told.etag };
    }
  }
}
