import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, tell } from './measure.ts';

/** Printed once the first page is drawn, with what is known by then. */
const PAGE = /(Page|Report) +http/;
/** Printed once incidents and checks are on it too. */
const WHOLE = /Report +http/;

/** From nothing to a served page, and the second run on the same lake. */
export async function benchStart(): Promise<void> {
  const lake = await mkdtemp(join(tmpdir(), 'outlay-bench-'));
  const args = ['local/launch.js', 'start', '--lake', lake, '--port', '0'];
  for (const name of ['npm start, from nothing', 'npm start, the second time']) {
    const cost = await measure(process.execPath, args, WHOLE, PAGE);
    tell(name, cost, `page served after ${((cost.firstMs ?? cost.wallMs) / 1000).toFixed(1)} s`);
  }
  await rm(lake, { recursive: true });
}
