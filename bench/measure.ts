import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** What a process cost. */
export interface Cost {
  readonly wallMs: number;
  /** When `first` showed; null: it did not. */
  readonly firstMs: number | null;
  /** User and system time together. */
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly output: string;
}

/** Runs a command to its end, or until `until` shows in its output (it is then ended); `first` is looked for on the way. */
export async function measure(command: string, args: readonly string[], until?: RegExp, first?: RegExp): Promise<Cost> {
  const started = performance.now();
  const child = spawn('/usr/bin/env', ['time', '-f', '@cost %U %S %M', command, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, OUTLAY_BENCH: '1' },
  });
  let output = '';
  let seenAt: number | null = null;
  let firstAt: number | null = null;
  const hear = (chunk: Buffer): void => {
    output += chunk.toString();
    if (first?.test(output) === true) firstAt ??= performance.now();
    if (until !== undefined && seenAt === null && until.test(output)) {
      seenAt = performance.now();
      void endAll(child.pid ?? 0);
    }
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  await new Promise((resolve) => child.once('close', resolve));
  const [, user = '0', system = '0', peak = '0'] = /@cost ([\d.]+) ([\d.]+) (\d+)/.exec(output) ?? [];
  return {
    wallMs: (seenAt ?? performance.now()) - started,
    firstMs: firstAt === null ? null : firstAt - started,
    cpuMs: (Number(user) + Number(system)) * 1000,
    peakMb: Number(peak) / 1024,
    output,
  };
}

/** Ends what `time` started, so that it still tells the cost. */
async function endAll(pid: number): Promise<void> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  for (const child of children
    .trim()
    .split(' ')
    .filter((one) => one !== ''))
    process.kill(Number(child), 'SIGTERM');
}

/** A figure line. */
export function tell(name: string, { wallMs, cpuMs, peakMb }: Cost, more = ''): void {
  console.log(
    `${name.padEnd(46)} ${(wallMs / 1000).toFixed(1).padStart(6)} s wall ${(cpuMs / 1000).toFixed(1).padStart(6)} s CPU ${peakMb.toFixed(0).padStart(5)} MB peak  ${more}`,
  );
}
