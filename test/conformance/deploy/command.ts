import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { type EmulatorClient, REGION } from '../engines/emulator.ts';
import { nodeBin, project } from '../engines/places.ts';

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** A shell in which somebody is signed in to the account. */
export interface Shell {
  /** Runs `npm run NAME -- ARGS`, with `input` piped into it. */
  run(name: string, args: readonly string[], input?: string): Promise<Ended>;
}

/** A shell with these credentials, whose SDK reaches the emulator and Athena's double; nothing of this process goes along. */
export function shellAs({ endpoint, credentials }: EmulatorClient, athenaUrl: string, home: string): Shell {
  const session = 'sessionToken' in credentials ? { AWS_SESSION_TOKEN: String(credentials.sessionToken) } : {};
  const env = {
    PATH: `${nodeBin}:${process.env.PATH}`,
    HOME: home,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...session,
    AWS_REGION: REGION,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_ATHENA: athenaUrl,
  };
  return {
    run: async (name, args, input = '') => {
      const child = spawn('node', ['local/launch.js', name, ...args], { cwd: project, env });
      child.stdin.end(input);
      const status = new Promise<number | null>((resolve) => child.once('close', resolve));
      const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
      return { status: await status, out, err };
    },
  };
}
