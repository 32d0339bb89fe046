import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startAthenaDouble } from './engines/athena-double.ts';
import type { AthenaHooks } from './engines/athena-executions.ts';
import { accountHooks, type Emulator, REGION, startEmulator } from './engines/emulator.ts';
import { nodeBin, project } from './engines/places.ts';
import { startTrino } from './engines/trino.ts';

/** What is said at the end. */
const UNPROVED = `What an emulated account cannot show, whatever came of the steps above:
  deploy     rights of AWS's own services: that a schedule may start a function, a mapping read its queue, and KMS be used
  make, ask  Athena, in whose place Trino answered: its limits, encryption, and the files that UNLOAD writes there
  alert      that mail arrives, as a subscription by mail confirms itself here; --email is of use in a real account only
  take down  that the KMS key is deleted, which is nobody's step in a real account either
`;

/**
 * `npm run conformance -- smoke`: the trial of `npm run smoke`, command and all, in an emulated account instead of a real
 * one. It waits for schedules of a minute, so it takes longer than a test may, and is not among them.
 */
const trino = await startTrino();
let hooks: AthenaHooks = {};
const athena = await startAthenaDouble(trino, {
  before: async () => hooks.before?.(),
  onUnload: async (files) => hooks.onUnload?.(files),
});
let emulator: Emulator | undefined;
try {
  emulator = await startEmulator({ lambdaEnv: { AWS_ENDPOINT_URL_ATHENA: athena.url } });
  hooks = accountHooks(emulator.client, trino);
  const config = join(emulator.home, 'aws-config');
  const profile = [
    '[profile emulator]',
    `region = ${REGION}`,
    'aws_access_key_id = test',
    'aws_secret_access_key = test',
  ];
  await writeFile(config, `${profile.join('\n')}\n`);
  // The profile alone says who asks, as in a real account; nothing else of this process goes along.
  const env = {
    PATH: `${nodeBin}:${process.env.PATH}`,
    HOME: emulator.home,
    AWS_CONFIG_FILE: config,
    AWS_ENDPOINT_URL: emulator.url,
    AWS_ENDPOINT_URL_ATHENA: athena.url,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  const asked = [
    'smoke',
    '--profile',
    'emulator',
    '--report',
    join(emulator.home, 'report.md'),
    ...process.argv.slice(2),
  ];
  const trial = spawn('node', ['local/launch.js', ...asked], { cwd: project, env, stdio: 'inherit' });
  const [status]: unknown[] = await once(trial, 'exit');
  process.exitCode = Number(status ?? 1);
  process.stdout.write(UNPROVED);
} finally {
  await emulator?.stop();
  await athena.stop();
  await trino.stop();
}
