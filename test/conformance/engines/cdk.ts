import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { ACCOUNT, type Emulator, REGION } from './emulator.ts';
import { nodeBin, project } from './places.ts';

/** A CDK app against an emulator; each step is the CLI's, with its time limit. */
export interface CdkApp {
  bootstrap(): Promise<void>;
  /** Writes the assembly with bundles; every later step deploys this. */
  synth(): Promise<void>;
  /** Deploys all stacks, or those named; gives outputs by stack and key. */
  deploy(...stacks: string[]): Promise<Outputs>;
  /** True if a stack would change. */
  differs(): Promise<boolean>;
  destroy(): Promise<void>;
}

/** Outputs by stack, then by key. */
export type Outputs = Record<string, Record<string, string>>;

const outputs: z.ZodType<Outputs> = z.record(z.string(), z.record(z.string(), z.string()));
/** Limits in milliseconds: a custom resource that never answers would block for good. */
const LIMIT = { bootstrap: 120_000, synth: 180_000, deploy: 420_000, diff: 120_000, destroy: 240_000 };
const run = promisify(execFile);

/** An app (`node infra/app.ts`), with its assembly in a folder of the emulator's. */
export function cdkApp(emulator: Emulator, app: string, context: Record<string, string> = {}): CdkApp {
  const assembly = join(emulator.home, 'assembly');
  const outputsFile = join(emulator.home, 'outputs.json');
  const cdk = async (step: keyof typeof LIMIT, ...args: string[]): Promise<string> => {
    const asked = [step, '--no-color', '--ci', ...args];
    // Nothing of this process's environment goes along: vitest's turns bundling off.
    const options = { cwd: project, env: emulator.env, timeout: LIMIT[step], maxBuffer: 64 * 1024 * 1024 };
    return run(join(nodeBin, 'cdk'), asked, options).then(
      ({ stdout }) => stdout,
      (error: unknown) => {
        throw new Error(`cdk ${asked.join(' ')} failed: ${said(error)}`, { cause: error });
      },
    );
  };
  return {
    // Without an empty app it would synthesise the real one, bundling off, where a later deploy finds it.
    bootstrap: async () => void (await cdk('bootstrap', `aws://${ACCOUNT}/${REGION}`, '--app', '')),
    synth: async () => {
      const given = Object.entries(context).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
      await cdk('synth', '--quiet', '--app', app, '--output', assembly, ...given);
    },
    deploy: async (...stacks) => {
      const which = stacks.length === 0 ? ['--all'] : stacks;
      const how = ['--require-approval', 'never', '--concurrency', '4', '--method', 'direct'];
      await cdk('deploy', ...which, '--app', assembly, ...how, '--outputs-file', outputsFile);
      return outputs.parse(JSON.parse(await readFile(outputsFile, 'utf8')));
    },
    differs: async () => !/Number of stacks with differences: 0/.test(await cdk('diff', '--app', assembly)),
    destroy: async () => void (await cdk('destroy', '--all', '--force', '--app', assembly)),
  };
}

function said(error: unknown): string {
  const {
    stdout = '',
    stderr = '',
    killed = false,
  } = z.object({ stdout: z.string(), stderr: z.string(), killed: z.boolean() }).partial().parse(error);
  return `${killed ? 'out of time; ' : ''}${stderr.slice(-3000)}\n${stdout.slice(-1000)}`;
}
