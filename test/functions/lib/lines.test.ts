import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { lines, packLines } from '../../../functions/lib/lines.ts';
import { bytesIn } from '../../../shared/bytes.ts';

const read = (bytes: Uint8Array): Promise<string[]> => Array.fromAsync(lines(parts(bytes)));

/** Bytes as a network hands them on: cut wherever it likes. */
async function* parts(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
}

describe('packed lines', () => {
  it.each([
    ['none', []],
    ['an empty one', ['', 'a']],
    ['letters of several bytes', ['Zoë 🦊'.repeat(50_000), 'ß']],
    ['one longer than what is unpacked at a time', ['x'.repeat(1_000_000), 'y']],
  ])('come back as they were: %s', async (_what, given) => {
    expect(await read(await bytesIn(packLines(given)))).toEqual(given);
  });

  it.each([
    ['cut off', (whole: Buffer) => whole.subarray(0, whole.length - 12)],
    ['no gzip', () => Buffer.from('{"page":1}\n')],
    ['a last line without an end', () => gzipSync('{"page":1}\n{"pa')],
    ['no text', () => gzipSync(Buffer.from([0xff, 0xfe, 10]))],
  ])('say so when they are damaged: %s', async (_what, damaged) => {
    const whole = Buffer.from(await bytesIn(packLines(['one', 'two'.repeat(1000)])));
    await expect(read(damaged(whole))).rejects.toThrow();
  });

  it('say so when the place that holds them fails', async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield (await bytesIn(packLines(['one']))).subarray(0, 4);
      throw new Error('the connection was reset');
    };
    await expect(Array.fromAsync(lines(failing()))).rejects.toThrow('the connection was reset');
  });
});
