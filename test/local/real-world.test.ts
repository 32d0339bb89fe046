import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from '../../local/real-world.ts';

it('names the file of the settings that are wrong', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'outlay-config-')), 'other.mjs');
  await writeFile(path, "export default { company: 'Example', connections: [], historyDays: 0 };\n");
  await expect(readConfig(path)).rejects.toThrow(`${path} is not as expected: `);
});

it('says what to do where there are no settings', async () => {
  await expect(readConfig('/nowhere/outlay.config.ts')).rejects.toThrow(
    'The settings /nowhere/outlay.config.ts cannot be read: there is nothing of that name. Name the file with --config FILE.',
  );
});
