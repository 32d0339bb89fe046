import { pipeline, Readable } from 'node:stream';
import { constants, createGunzip, createGzip } from 'node:zlib';

/** What a body may unpack to: a small body can hold gigabytes. */
const MOST = 512 * 1024 * 1024;
/** Bytes unpacked at a time: of the size of a line, a page of a vendor's answer. */
const CHUNK = 256 * 1024;

/** Packs lines with gzip, each ended by a line feed. */
export function packLines(lines: Iterable<string>): AsyncIterable<Uint8Array> {
  const ended = function* (): Generator<string> {
    for (const line of lines) yield `${line}\n`;
  };
  return Readable.from(ended()).pipe(createGzip({ level: constants.Z_BEST_SPEED }));
}

/** Unpacks lines one at a time. @throws Error when the bytes are damaged, the last line has no end, or they unpack to too much */
export async function* lines(packed: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  // An error on either side ends both, and comes out of the last.
  pipeline(Readable.from(packed), gunzip, () => {});
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let size = 0;
  for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST) throw new Error(`what is packed here unpacks to more than ${MOST} bytes`);
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    rest += first;
    for (const next of others) {
      yield rest;
      rest = next;
    }
  }
  if (rest !== '') throw new Error('the last line has no end');
}
