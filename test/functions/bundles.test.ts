import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { BUNDLING, STAND_INS } from '../../infra/bundling.ts';

const folder = mkdtempSync(join(tmpdir(), 'outlay-bundles-'));
const handlers = readdirSync('functions').filter((name) => name.endsWith('.ts'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('bundles', () => {
  it('are one for each file of functions/', () => {
    expect(handlers).toEqual(['collect.ts', 'detect.ts', 'materialise.ts', 'notify.ts', 'plan.ts', 'publish.ts']);
  });

  it.each(handlers)('%s loads by itself and stays below 1 MiB', async (name) => {
    const outfile = join(folder, name.replace(/\.ts$/, '.mjs'));
    const { banner, mainFields, ...options } = BUNDLING;
    await build({
      ...options,
      alias: { ...STAND_INS },
      entryPoints: [`functions/${name}`],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      mainFields: [...mainFields],
      banner: { js: banner },
    });
    const loaded: unknown = await import(outfile);
    expect(loaded).toMatchObject({ main: expect.any(Function) });
    expect(statSync(outfile).size).toBeLessThan(1024 * 1024);
    // What a profile needs to sign in has no place in a Lambda.
    expect(readFileSync(outfile, 'utf8')).not.toContain('sso_start_url');
  });
});
