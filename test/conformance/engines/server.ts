import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** What to start, and how one sees that it is up. */
export interface ServerAt {
  readonly name: string;
  /** A script that serves until its standard input ends, with its arguments. */
  readonly command: readonly string[];
  readonly env?: Record<string, string>;
  readonly ready: () => Promise<boolean>;
  /** Milliseconds until it counts as failed. */
  readonly patience: number;
  /** File whose last lines tell why it did not start. */
  readonly log: string;
}

/** A running server. */
export interface Server {
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a server and waits until it answers. It ends with this process, however that ends. */
export async function startServer({ name, command, env, ready, patience, log }: ServerAt): Promise<Server> {
  const started = performance.now();
  const child = spawn('bash', [...command], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
    detached: true,
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stdin.on('error', () => {});
  while (!(await ready().catch(() => false))) {
    const over = child.exitCode !== null || child.signalCode !== null;
    if (over || performance.now() - started > patience) {
      await stop(child);
      throw new Error(
        `${name} ${over ? 'ended' : `did not answer within ${patience} ms`}: ${said.trim()}\n${tail(log)}`,
      );
    }
    await setTimeout(100);
  }
  return { pid: child.pid ?? 0, stop: () => stop(child) };
}

/** A port on loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('the system gave no port on loopback');
  return address.port;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  const late = new AbortController();
  const kill = setTimeout(20_000, undefined, { signal: late.signal }).then(
    () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'),
    () => false,
  );
  await ended;
  late.abort();
  await kill;
}

function tail(log: string): string {
  try {
    return readFileSync(log, 'utf8').slice(-2000);
  } catch {
    return `(no log ${log})`;
  }
}
