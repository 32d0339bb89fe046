import { mkdtempSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Metastore, metastore } from './metastore.ts';
import { engine, scripts } from './places.ts';
import { freePort, startServer } from './server.ts';
import { type TrinoClient, trinoClient } from './trino-client.ts';

/** A running Trino. */
export interface Trino {
  readonly url: string;
  /** Folder of `local:///`; the bucket `b` is the folder `b` in it. */
  readonly root: string;
  readonly query: TrinoClient;
  readonly metastore: Metastore;
  readonly pid: number;
  /** Lets an existing folder (a lake) stand for a bucket. */
  mount(bucket: string, folder: string): Promise<void>;
  /** Ends it and removes the root. */
  stop(): Promise<void>;
}

/** Starts Trino 435 on a free port over a fresh root. */
export async function startTrino(): Promise<Trino> {
  const installed = engine('trino');
  const root = mkdtempSync(join(tmpdir(), 'outlay-trino-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const query = trinoClient(url);
  const server = await startServer({
    name: 'Trino',
    command: [join(scripts, 'trino.sh'), 'run', installed, String(port), root],
    ready: () => works(query),
    patience: 180_000,
    log: join(root, '.trino/server.log'),
  });
  return {
    url,
    root,
    query,
    metastore: metastore(root),
    pid: server.pid,
    mount: async (bucket, folder) => {
      await mkdir(folder, { recursive: true });
      await symlink(folder, join(root, bucket));
    },
    stop: async () => {
      await server.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** It answers constants some seconds before it finds its one node fit for work: only a scan and a write tell. */
async function works(query: TrinoClient): Promise<boolean> {
  await query('CREATE SCHEMA IF NOT EXISTS ready');
  await query('CREATE TABLE IF NOT EXISTS ready.one AS SELECT 1 AS x');
  const { rows } = await query('SELECT count(*) FROM ready.one');
  await query('DROP TABLE ready.one');
  await query('DROP SCHEMA ready');
  return rows.length === 1;
}
