import { describe, expect, it } from 'vitest';
import { bytesIn } from '../../shared/bytes.ts';
import type { Objects } from '../../shared/platform.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = async (objects: Objects, key: string): Promise<string | null> => {
  const stored = await objects.get(key);
  return stored === null ? null : new TextDecoder().decode(await bytesIn(stored.body));
};
const keys = async (objects: Objects, prefix: string): Promise<string[]> => {
  const found: string[] = [];
  for await (const { key } of objects.list(prefix)) found.push(key);
  return found;
};

/** What every supplier of `Objects` keeps. */
export function objectsContract(name: string, make: () => Promise<Objects>): void {
  describe(`objects: ${name}`, () => {
    it('gives back what was put, with its metadata', async () => {
      const objects = await make();
      const etag = await objects.put('facts/a.parquet', bytes('one'), {
        metadata: { generation: 'g1' },
        when: 'absent',
      });
      const stored = await objects.head('facts/a.parquet');
      expect(await read(objects, 'facts/a.parquet')).toBe('one');
      expect(stored).toMatchObject({ etag, metadata: { generation: 'g1' } });
    });

    it('answers null for what is not there', async () => {
      const objects = await make();
      expect(await objects.get('facts/none')).toBeNull();
      expect(await objects.head('facts/none')).toBeNull();
    });

    it('does not put over an object that must be absent', async () => {
      const objects = await make();
      await objects.put('facts/a', bytes('one'), { when: 'absent' });
      expect(await objects.put('facts/a', bytes('two'), { when: 'absent' })).toBeNull();
      expect(await read(objects, 'facts/a')).toBe('one');
    });

    it('puts over an object only while it is the one that was seen', async () => {
      const objects = await make();
      const first = (await objects.put('facts/a', bytes('one'), { when: 'any' })) ?? '';
      const second = await objects.put('facts/a', bytes('two'), { when: { match: first } });
      expect(second).not.toBeNull();
      expect(await objects.put('facts/a', bytes('three'), { when: { match: first } })).toBeNull();
      expect(await read(objects, 'facts/a')).toBe('two');
    });

    it('refuses a match with an object that is gone', async () => {
      const objects = await make();
      expect(await objects.put('facts/a', bytes('one'), { when: { match: 'etag' } })).toBeNull();
      expect(await objects.head('facts/a')).toBeNull();
    });

    it('lets one of two racing puts win', async () => {
      const objects = await make();
      const won = await Promise.all(
        ['x', 'y', 'z'].map((text) => objects.put('facts/a', bytes(text), { when: 'absent' })),
      );
      expect(won.filter((etag) => etag !== null)).toHaveLength(1);
    });

    it('keeps the former object when a stream breaks off', async () => {
      const objects = await make();
      await objects.put('facts/a', bytes('whole'), { when: 'any' });
      const broken = async function* (): AsyncGenerator<Uint8Array> {
        yield bytes('half');
        throw new Error('line cut');
      };
      await expect(objects.put('facts/a', broken(), { when: 'any' })).rejects.toThrow('line cut');
      expect(await read(objects, 'facts/a')).toBe('whole');
    });

    it('lists by key, all below a prefix and nothing beside it', async () => {
      const objects = await make();
      for (const key of ['facts/b/2', 'facts/b/1', 'facts/bb/1', 'raw/1'])
        await objects.put(key, bytes(key), { when: 'any' });
      expect(await keys(objects, 'facts/b/')).toEqual(['facts/b/1', 'facts/b/2']);
      expect(await keys(objects, 'facts/b')).toEqual(['facts/b/1', 'facts/b/2', 'facts/bb/1']);
      expect(await keys(objects, 'nothing/')).toEqual([]);
    });

    it('removes, also what is not there', async () => {
      const objects = await make();
      await objects.put('facts/a', bytes('one'), { when: 'any' });
      await objects.remove(['facts/a', 'facts/none']);
      expect(await objects.head('facts/a')).toBeNull();
    });
  });
}
