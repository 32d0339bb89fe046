import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { PIN } from './pin.ts';
import { release } from './release.ts';

const run = promisify(execFile);
const READER = join(import.meta.dirname, 'read_release.py');

/**
 * Downloads the pinned release with pip, checks its sha256, and reads the wanted providers without running it.
 * @throws Error saying what failed: pip, the checksum, or the reading.
 */
export async function download(providers: readonly string[]): Promise<z.infer<typeof release>> {
  const folder = await mkdtemp(join(tmpdir(), 'outlay-prices-'));
  try {
    const wanted = `${PIN.package}==${PIN.version}`;
    await run('python3', [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--no-deps',
      '--only-binary=:all:',
      '--dest',
      folder,
      wanted,
    ]).catch((cause: unknown) => {
      throw new Error(
        `pip could not download ${wanted}; is there a python3 with pip, and does it reach its package index?`,
        { cause },
      );
    });
    const wheel = join(folder, PIN.file);
    verify(await readFile(wheel), PIN);
    const { stdout } = await run('python3', [READER, wheel, ...providers], { maxBuffer: 64 * 1024 * 1024 });
    const read = release.safeParse(JSON.parse(stdout));
    if (!read.success) throw new Error(`${wanted} is not shaped as release.ts says:\n${z.prettifyError(read.error)}`);
    return read.data;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Refuses a file that is not the pinned one.
 * @throws Error with both checksums.
 */
export function verify(content: Uint8Array, pin: { readonly file: string; readonly sha256: string }): void {
  const found = createHash('sha256').update(content).digest('hex');
  if (found !== pin.sha256) {
    throw new Error(
      `${pin.file} has sha256 ${found}, pinned is ${pin.sha256}; nothing was changed. Look why before changing local/prices/pin.ts`,
    );
  }
}
