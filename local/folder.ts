import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it. Not by `recursive`: Node tries for ever where a folder exists and nothing can be made
 * in it, as below /proc.
 */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path).catch(async (error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && dirname(path) !== path) {
      await makeFolder(dirname(path));
      await mkdir(path);
    } else if (code !== 'EEXIST' || !(await isFolder(path))) throw error;
  });
}

const isFolder = async (path: string): Promise<boolean> => (await stat(path)).isDirectory();
