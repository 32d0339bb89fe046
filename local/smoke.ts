import { execFile } from 'node:child_process';
import { access, constants, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import * as z from 'zod';
import { findDeployment, NotDeployed } from '../functions/lib/deployment.ts';
import { awsPlatform } from '../functions/lib/platform.ts';
import { stackName } from '../shared/stack-name.ts';
import { COPY_NAMES } from '../shared/tables/copies.ts';
import { inWords } from './aws.ts';
import { whyNot } from './file-error.ts';
import { needLake } from './lake.ts';
import { UsageError } from './options.ts';
import { folderObjects } from './platform/objects.ts';
import { askAll, makeMonths, seed, testAlert } from './smoke/lake-steps.ts';
import { removeLake } from './smoke/remove.ts';
import { reportOf, runSteps, type Step } from './smoke/run-steps.ts';
import { openViews } from './views.ts';

const HELP = `npm run smoke -- --profile NAME [options]     tries Outlay in a real AWS account, and takes it down again

  --profile NAME   of your AWS configuration; it must be allowed to deploy (costs well under a dollar)
  --region R       (the profile's)
  --email ADDRESS  also gets the trial alert by mail, once confirmed
  --report FILE    what came of each step (smoke-report.md)
  --keep           leaves everything standing; without it nothing is left but a KMS key, whose deletion takes days
`;

const outputs = z.record(z.string(), z.record(z.string(), z.string()));

/** `npm run smoke`: 1 when a step failed. */
export async function main(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { help: { ...yes, short: 'h' }, keep: yes, profile: text, region: text, email: text, report: text },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.profile === undefined) throw new UsageError('smoke: name the account to try it in with --profile NAME.');
  process.env.AWS_PROFILE = values.profile;
  if (values.region !== undefined) process.env.AWS_REGION = values.region;
  const file = values.report ?? 'smoke-report.md';
  // Asked before half an hour has passed.
  await access(dirname(file), constants.W_OK).catch((cause: unknown) => {
    throw new UsageError(
      `smoke: no report can be written to ${file}: ${whyNot(cause)}. Name another with --report FILE.`,
    );
  });
  const name = `smoke_${Date.now().toString(36)}`;
  await needCredentials(name);
  const home = await mkdtemp(join(tmpdir(), 'outlay-smoke-'));
  const tell = (line: string): void => void process.stdout.write(`${line}\n`);
  const steps = stepsOf({ name, home, email: values.email, keep: values.keep });
  const results = await runSteps(steps, tell, Date.now);
  await writeFile(file, reportOf(`Outlay in a real account, ${new Date().toISOString().slice(0, 10)}`, results));
  await rm(home, { recursive: true, force: true });
  tell(`The report is in ${file}.`);
  return results.every(({ outcome }) => outcome === 'ok') ? 0 : 1;
}

/** That nothing of this name is there is an answer too, and only to who may ask. */
async function needCredentials(name: string): Promise<void> {
  await findDeployment({ name, vendors: [], pseudonyms: false }).catch((error: unknown) => {
    if (!(error instanceof NotDeployed)) throw inWords(error);
  });
}

interface Trial {
  readonly name: string;
  readonly home: string;
  readonly email: string | undefined;
  readonly keep: boolean;
}

/** What is deployed: as little as there can be, with a table for every query that is asked. */
export const settingsOf = ({ name, email }: Pick<Trial, 'name' | 'email'>) => ({
  company: 'Smoke',
  historyDays: 2,
  alerts: { emails: email === undefined ? [] : [email] },
  // As short as a schedule can be: somebody waits.
  aws: { name, settleMinutes: 1 },
  copies: COPY_NAMES,
  connections: ['anthropic.main', 'openai.main', 'github.main'].map((id) => ({
    id,
    settings: { organization: 'example' },
  })),
});

/** The steps of a trial, in order. */
export function stepsOf({ name, home, email, keep }: Trial): Step[] {
  const lake = join(home, 'lake');
  const config = join(home, 'outlay.config.mjs');
  const outputsFile = join(home, 'outputs.json');
  const cdk = async (...args: string[]): Promise<void> => {
    await run('node_modules/.bin/cdk', [...args, '--ci', '-c', `config=${config}`, '--output', join(home, 'assembly')]);
  };
  const outputOf = async (stack: string, output: string): Promise<string> => {
    // CDK writes it when all stands.
    const all = outputs.parse(JSON.parse(await readFile(outputsFile, 'utf8').catch(() => '{}')));
    return all[stackName(name, stack)]?.[output] ?? '';
  };
  const platform = async () =>
    awsPlatform({
      ...(await findDeployment({ name, vendors: [], pseudonyms: false })),
      TOPIC_ARN: await outputOf('Alerts', 'IncidentsTopic'),
    });
  return [
    {
      name: 'laptop',
      does: 'makes the lake of the made-up company here',
      run: async () => {
        const asked = ['--once', '--lake', lake, '--days', '40', '--developers', '20', '--faults', 'none'];
        await run(process.execPath, ['local/launch.js', 'start', ...asked]);
        const { since, through } = await needLake(lake);
        return `${since} to ${through}`;
      },
    },
    {
      name: 'deploy',
      does: 'deploys all three stacks (ten minutes or so; cdk bootstrap first, which stays)',
      run: async () => {
        await writeFile(config, `export default ${JSON.stringify(settingsOf({ name, email }))};\n`);
        await cdk('bootstrap');
        await cdk('deploy', '--all', '--require-approval', 'never', '--outputs-file', outputsFile);
        return `stands as ${name}; the views are published and the first plan has run`;
      },
    },
    {
      name: 'seed',
      does: 'puts the facts into the account',
      run: async () => seed(folderObjects(lake), await platform()),
    },
    {
      name: 'make',
      does: 'has the months made by the deployed functions',
      run: async () => makeMonths(await platform(), await needLake(lake)),
    },
    {
      name: 'ask',
      does: 'asks every view and check, and compares with the laptop',
      run: async () => {
        const here = await openViews(lake);
        try {
          return await askAll(await platform(), here.queries, here.warehouse);
        } finally {
          here.close();
        }
      },
    },
    { name: 'alert', does: 'sends a trial alert', run: async () => testAlert(await platform()) },
    ...(keep ? [] : [takingDown(cdk, outputOf)]),
  ];
}

function takingDown(
  cdk: (...args: string[]) => Promise<void>,
  outputOf: (stack: string, output: string) => Promise<string>,
): Step {
  return {
    name: 'take down',
    does: 'destroys the stacks and deletes what they keep',
    always: true,
    run: async () => {
      const kept = {
        bucket: await outputOf('Lake', 'LakeBucket'),
        key: await outputOf('Lake', 'LakeKey'),
        stateTable: await outputOf('Lake', 'StateTable'),
        pseudonymSecret: await outputOf('Lake', 'PseudonymSecret'),
      };
      await cdk('destroy', '--all', '--force');
      if (kept.bucket === '')
        return 'whatever stood is destroyed; the deployment did not come to its end, so look for a bucket, a table, a secret and a key that were kept';
      return removeLake(kept);
    },
  };
}

/** Runs a program; its own words are thrown when it fails. */
async function run(program: string, args: readonly string[]): Promise<void> {
  await promisify(execFile)(program, [...args], { maxBuffer: 64 * 1024 * 1024 }).catch((cause: unknown) => {
    const told = z.object({ stderr: z.string() }).safeParse(cause).data?.stderr.trim().split('\n').slice(-5).join(' ');
    throw new Error(`${program.split('/').at(-1)} ${args[0]} failed: ${told ?? String(cause)}`, { cause });
  });
}
