import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BUNDLING } from '../infra/bundling.ts';
import type { CollectMessage } from '../shared/source.ts';
import { type Cost, measure } from './measure.ts';

/**
 * Composes a day of kept pages in a process of its own, bundled as a Lambda is. A young generation of 16 MB is what Node
 * takes on a machine of a few gigabytes; on a larger one it takes more, and so does a Lambda (a twentieth of its memory).
 */
export async function composing(root: string, { source, connection }: CollectMessage): Promise<Cost> {
  const outfile = join(root, 'composing.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('composing.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: BUNDLING.target,
    minify: BUNDLING.minify,
    mainFields: [...BUNDLING.mainFields],
    banner: { js: BUNDLING.banner },
    logLevel: 'error',
  });
  return measure(process.execPath, ['--max-semi-space-size=16', outfile, root, source, connection]);
}
