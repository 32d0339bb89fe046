import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginLake, readLake } from '../../../local/lake.ts';
import { inCaseFull, LakeFull } from '../../../local/platform/lake-full.ts';
import { folderObjects } from '../../../local/platform/objects.ts';
import { bytesIn } from '../../../shared/bytes.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'full-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const SENTENCE = 'is full: make room there';

/** A device that has no room, ever, in the place where a file is written before it is moved. */
const noRoomFor = async (path: string): Promise<void> => {
  await mkdir(join(root, path, '..'), { recursive: true });
  await symlink('/dev/full', join(root, `${path}.part`));
};

/** A device that has no room in the place of a file that is added to. */
const noRoomInPlaceOf = async (path: string): Promise<void> => {
  await rm(join(root, path));
  await symlink('/dev/full', join(root, path));
};

describe.skipIf(!existsSync('/dev/full'))('a disk that is full', () => {
  it.each([
    ['the object', () => noRoomFor('facts/usage/day.parquet')],
    ['what is told of it', () => noRoomInPlaceOf('.objects.ndjson')],
  ])('leaves the former object as it was when there is no room for %s, and nothing beside it', async (_what, fill) => {
    const objects = folderObjects(root);
    const key = 'facts/usage/day.parquet';
    const etag = await objects.put(key, bytes('former'), { metadata: { generation: '1' }, when: 'absent' });
    expect(await objects.head(key)).toMatchObject({ etag });
    await fill();
    const put = objects.put(key, bytes('latter'), { metadata: { generation: '2' }, when: 'any' });
    await expect(put).rejects.toThrow(SENTENCE);
    const stands = await objects.get(key);
    expect(stands).toMatchObject({ etag, metadata: { generation: '1' } });
    expect(new TextDecoder().decode(await bytesIn(stands?.body ?? []))).toBe('former');
    expect(await readdir(join(root, 'facts/usage'))).toEqual(['day.parquet']);
  });

  it('leaves what the lake was begun with', async () => {
    const facts = {
      company: 'Larkspur',
      simulated: null,
      connections: ['acme.main'],
      since: '2026-11-01',
      through: '2026-11-20',
      pseudonymKey: 'key',
    };
    await beginLake(root, facts);
    await noRoomFor('lake.json');
    await expect(beginLake(root, { ...facts, through: '2026-11-21' })).rejects.toThrow(SENTENCE);
    expect(await readLake(root)).toEqual(facts);
  });
});

describe('an error of a full disk', () => {
  it('is known when SQLite says it', async () => {
    const db = new DatabaseSync(':memory:');
    db.exec('pragma max_page_count = 2; create table item (data text)');
    const refused = await Promise.resolve()
      .then(() => db.prepare('insert into item values (?)').run('x'.repeat(100_000)))
      .catch((error: unknown) => inCaseFull(error, '/lake'));
    expect(refused).toBeInstanceOf(LakeFull);
  });

  it('is known when DuckDB says it', () => {
    const said = new Error('IO Error: Could not write file "/lake/marts/x.parquet": No space left on device');
    expect(inCaseFull(said, '/lake')).toMatchObject({ message: expect.stringContaining('/lake is full') });
  });

  it('is no other error', async () => {
    await writeFile(join(root, 'file'), '');
    const other = await readFile(join(root, 'file', 'none')).catch((error: unknown) => error);
    expect(inCaseFull(other, '/lake')).toBe(other);
  });
});
