import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderNotes, tidyNotes } from '../../../local/platform/notes.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'notes-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const note = (key: string, etag: string) => ({ key, etag, size: 3, metadata: { generation: etag } });

describe('notes of objects', () => {
  it('tell the last of a key, also what another thread has taken since', () => {
    const [ours, theirs] = [folderNotes(root), folderNotes(root)];
    ours.take(note('a', '1'));
    expect(theirs.of('a')).toEqual(note('a', '1'));
    theirs.take(note('a', '2'));
    ours.take(note('b', '1'));
    expect([ours.of('a'), ours.of('b'), ours.of('c')]).toEqual([note('a', '2'), note('b', '1'), null]);
  });

  it('go on behind a line that was cut off', async () => {
    folderNotes(root).take(note('a', '1'));
    await appendFile(join(root, '.objects.ndjson'), '\n{"key":"a","etag":"2"');
    const notes = folderNotes(root);
    expect(notes.of('a')).toEqual(note('a', '1'));
    notes.take(note('b', '1'));
    expect([notes.of('a'), notes.of('b')]).toEqual([note('a', '1'), note('b', '1')]);
  });

  it('are tidied up once most of them are stale: the last of each object that stands is left', async () => {
    await writeFile(join(root, 'a'), 'abc');
    const lines = Array.from({ length: 6000 }, (_, i) => `${JSON.stringify(note('a', String(i)))}\n`);
    lines.push(`${JSON.stringify(note('gone', '1'))}\n`);
    await writeFile(join(root, '.objects.ndjson'), lines.join(''));
    tidyNotes(root);
    expect(await readFile(join(root, '.objects.ndjson'), 'utf8')).toBe(`${JSON.stringify(note('a', '5999'))}\n`);
    expect(folderNotes(root).of('a')).toEqual(note('a', '5999'));
  });

  it('are left as they are while few are stale', async () => {
    await writeFile(join(root, 'a'), 'abc');
    const text = `${JSON.stringify(note('a', '1'))}\n${JSON.stringify(note('a', '2'))}\n`;
    await writeFile(join(root, '.objects.ndjson'), text);
    tidyNotes(root);
    expect(await readFile(join(root, '.objects.ndjson'), 'utf8')).toBe(text);
  });
});
