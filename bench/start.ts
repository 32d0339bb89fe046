import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, tell } from './measure.ts';

/** From nothing to a served page, and the second run on the same lake. */
export async function benchStart(): Promise<void> {
  const lake = await mkdtemp(join(tmpdir(), 'outlay-bench-'));
  const args = ['local/launch.js', 'start', '--lake', lake, '--port', '0'];
  tell('npm start, to a served page', await measure(process.execPath, args, /Report +http/));
  tell('npm start, the second time', await measure(process.execPath, args, /Report +http/));
  await rm(lake, { recursive: true });
}
