import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lockLake } from '../../local/lock.ts';

it('says whose a lake is while it is taken, and gives it back', async () => {
  const root = await mkdtemp(join(tmpdir(), 'outlay-lock-'));
  const release = await lockLake(root);
  await expect(lockLake(root)).rejects.toThrow(`The lake ${root} is in use by process ${process.pid}; stop it first`);
  await release();
  await (await lockLake(root))();
});

it('says in a sentence that a lake cannot be written', async () => {
  await expect(lockLake('/nowhere/lake')).rejects.toThrow(
    'The lake /nowhere/lake cannot be written: there is nothing of that name. Make it writable, or give another with --lake DIR.',
  );
});
