import { createHash } from 'node:crypto';
import { bytesIn } from '../../shared/bytes.ts';
import type { Objects } from '../../shared/platform.ts';

/** What a memory bucket holds, for a test to look at. */
export type Bucket = Map<string, { bytes: Uint8Array; etag: string; metadata: Readonly<Record<string, string>> }>;

/** A bucket in memory. */
export function memoryObjects(bucket: Bucket = new Map()): Objects {
  return {
    get: async (key) => {
      const stored = bucket.get(key);
      if (stored === undefined) return null;
      const { bytes, etag, metadata } = stored;
      return { body: chunks(bytes), etag, metadata };
    },
    head: async (key) => {
      const stored = bucket.get(key);
      return stored === undefined ? null : { etag: stored.etag, metadata: stored.metadata };
    },
    list: async function* (prefix) {
      for (const key of [...bucket.keys()].filter((name) => name.startsWith(prefix)).sort()) {
        const stored = bucket.get(key);
        if (stored !== undefined) yield { key, size: stored.bytes.length, etag: stored.etag };
      }
    },
    put: async (key, body, { metadata = {}, when }) => {
      const bytes = body instanceof Uint8Array ? body : await bytesIn(body);
      const now = bucket.get(key);
      if (when === 'absent' && now !== undefined) return null;
      if (typeof when === 'object' && now?.etag !== when.match) return null;
      const etag = createHash('md5').update(bytes).digest('hex');
      bucket.set(key, { bytes, etag, metadata });
      return etag;
    },
    remove: async (keys) => {
      for (const key of keys) bucket.delete(key);
    },
  };
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}
