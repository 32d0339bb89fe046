import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { nodeBin, project } from '../engines/places.ts';

/** A Lambda of a template with the folder of its bundle. */
export interface StagedFunction {
  readonly logicalId: string;
  /** `file.export` */
  readonly handler: string;
  readonly bundle: string;
}

/** How to synthesise. */
export interface SynthOptions {
  /** Settings file; outlay.config.ts if not said. */
  readonly config?: string;
  /** Whether the functions are bundled; a template alone needs none. */
  readonly bundled: boolean;
}

const lambda = z.object({
  Type: z.literal('AWS::Lambda::Function'),
  Properties: z.object({ Handler: z.string(), Code: z.object({ S3Key: z.string() }) }),
});
const template = z.object({ Resources: z.record(z.string(), z.unknown()) });

/** Synthesises the app as `npx cdk synth` does, into a folder; throws when it, or cdk-nag, finds anything. */
export async function synthesise(folder: string, { config, bundled }: SynthOptions): Promise<void> {
  const args = ['synth', '--quiet', '--no-color', '--app', 'node infra/app.ts', '--output', folder];
  const context = config === undefined ? [] : ['--context', `config=${config}`];
  // Of this process's environment nothing goes along: vitest's turns bundling off.
  const env = {
    PATH: `${nodeBin}:${process.env.PATH}`,
    HOME: folder,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    ...(bundled ? {} : { CDK_CONTEXT_JSON: '{"aws:cdk:bundling-stacks":[]}' }),
  };
  await promisify(execFile)(join(nodeBin, 'cdk'), [...args, ...context], { cwd: project, env, timeout: 240_000 });
}

/** The templates of an assembly, by path. */
export async function templatesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith('.template.json')).map((name) => join(folder, name));
}

/** Every Lambda of an assembly's templates. */
export async function functionsIn(folder: string): Promise<StagedFunction[]> {
  const found: StagedFunction[] = [];
  for (const path of await templatesIn(folder)) {
    const { Resources } = template.parse(JSON.parse(await readFile(path, 'utf8')));
    for (const [logicalId, resource] of Object.entries(Resources)) {
      const parsed = lambda.safeParse(resource);
      if (!parsed.success) continue;
      const { Handler: handler, Code } = parsed.data.Properties;
      found.push({ logicalId, handler, bundle: join(folder, `asset.${Code.S3Key.replace('.zip', '')}`) });
    }
  }
  return found;
}
