import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cannotWrite } from './lake.ts';

/**
 * Takes the lake for this process; the returned function gives it back. A lock whose process is gone is taken over.
 * @throws Error in a sentence, naming the process that holds it; or why nothing can be written there.
 */
export async function lockLake(root: string): Promise<() => Promise<void>> {
  const path = join(root, 'lock');
  for (let tries = 0; ; tries += 1) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw cannotWrite(root, error);
      const holder = Number(await readFile(path, 'utf8').catch(() => ''));
      if (tries > 2 || isAlive(holder)) {
        throw new Error(
          `The lake ${root} is in use by process ${holder}; stop it first, or give another lake with --lake DIR.`,
        );
      }
      await rm(path, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
