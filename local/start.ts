import { whyNot } from './file-error.ts';
import { makeFolder } from './folder.ts';
import { standingLake } from './lake.ts';
import { lockLake } from './lock.ts';
import { readOptions } from './options.ts';

/** `npm start`: the whole system on a laptop. Answers the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args, Date.now(), standingLake);
  if (options === 'help') {
    const [{ helpText }, { VENDORS }] = await Promise.all([import('./help.ts'), import('../shared/sources/index.ts')]);
    process.stdout.write(helpText(VENDORS));
    return 0;
  }
  await makeFolder(options.lake).catch((cause: unknown) => {
    throw new Error(`The lake ${options.lake} cannot be made: ${whyNot(cause)}. Give another with --lake DIR.`, {
      cause,
    });
  });
  const release = await lockLake(options.lake);
  const beginning =
    options.sources.length > 0
      ? import('./real-world.ts').then(({ realWorld }) => realWorld(options))
      : import('./world.ts').then(({ simulatedWorld }) => simulatedWorld(options));
  // Engine and page are loaded while the vendors start.
  const [world, { work }] = await Promise.all([beginning, import('./work.ts')]);
  try {
    return await work(options, world);
  } finally {
    await world.stop();
    await release();
  }
}
