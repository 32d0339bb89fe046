import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { readOptions } from '../local/options.ts';
import { simulatedWorld } from '../local/world.ts';
import { addDays } from '../shared/time.ts';
import { composing } from './bundled.ts';
import { collectDay, DAY, dayMessage, dayPlatform } from './day.ts';
import { measure, tell } from './measure.ts';

const message = dayMessage('anthropic_usage', 'anthropic.main');

/** A day of a 10,000-developer company, from kept pages to Parquet, beside DuckDB doing the same with the same pages. */
export async function benchVendorDay(developers = 10_000): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'outlay-bench-'));
  await ask(root, developers);
  const self = [import.meta.filename];
  const ours = await composing(root, message);
  const theirs = await measure(process.execPath, [...self, root, 'duckdb']);
  const raw = await sizeOf(join(root, 'raw'));
  tell(`Anthropic day, ${developers} developers, raw to Parquet`, ours, `${(raw / 1e6).toFixed(1)} MB of pages, gzip`);
  tell('DuckDB read_json and COPY, same pages', theirs, `ratio of CPU ${(ours.cpuMs / theirs.cpuMs).toFixed(2)}`);
  console.log(
    ours.output
      .split('\n')
      .filter((line) => line.startsWith('rows'))
      .join('\n'),
  );
  await rm(root, { recursive: true });
}

/** Asks the simulated vendor for the day, so that its pages are kept. */
async function ask(root: string, developers: number): Promise<void> {
  const options = readOptions(
    ['--developers', String(developers), '--days', '8', '--end', addDays(DAY, 7), '--faults', 'none'],
    0,
  );
  if (options === 'help') return;
  const world = await simulatedWorld(options);
  const connection = world.connections.find(({ id }) => id === message.connection);
  if (connection === undefined) return;
  const platform = await dayPlatform(root, message, world);
  await collectDay(platform, message, connection);
  platform.close();
  await world.stop();
}

async function duckdb(root: string): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const meters = {
    input_tokens: 'uncached_input_tokens',
    cache_read_tokens: 'cache_read_input_tokens',
    cache_write_5m_tokens: 'cache_creation.ephemeral_5m_input_tokens',
    cache_write_1h_tokens: 'cache_creation.ephemeral_1h_input_tokens',
    output_tokens: 'output_tokens',
    web_search_requests: 'server_tool_use.web_search_requests',
    requests: 'requests',
  };
  const cells = Object.entries(meters).map(
    ([meter, path]) => `('${meter}', cast(line."usage".${path} as decimal(28,6)))`,
  );
  const pages = join(root, 'raw', '**', '*.ndjson.gz');
  // The same columns in the same order of rows; the remainder of the cuts, which is ours alone, is left out.
  await connection.run(`
    copy (
      select cast(line.starting_at as date) as day, cast(line.starting_at as timestamp_ms) as hour_at, 'anthropic_usage' as source,
        'anthropic.main' as connection_id, 'anthropic' as provider, cast(null as varchar) as account_id, line."group".workspace_id as workspace_id,
        line."group".api_key_id as credential_id, cast(line."group".actor as varchar) as principal_id, line."group".product as product,
        line."group".session_id as session_id, model, tier as service_tier, speed, context_window, geo as region, meter, sum(quantity) as quantity,
        cast(null as decimal(20,10)) as claimed_cost, cast(null as varchar) as claim, 'part' as cut
      from (
        select unnest(page.data) as line, asked.about.model as model, asked.about.service_tier as tier, asked.about.speed as speed,
          asked.about.context_window as context_window, asked.about.inference_geo as geo
        from read_json('${pages}', format = 'newline_delimited', maximum_object_size = 200000000)
      ), lateral (values ${cells.join(', ')}) as of(meter, quantity)
      where quantity > 0
      group by all
      order by day, hour_at, model, meter, workspace_id, credential_id, principal_id
    ) to '${join(root, 'duckdb.parquet')}' (format parquet, compression zstd, row_group_size 20000)`);
}

/** Bytes of all files below a folder. */
export async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => stat(join(entry.parentPath, entry.name)).then(({ size }) => size)),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

if (import.meta.main) {
  const [root = '', what] = process.argv.slice(2);
  if (what === 'duckdb') await duckdb(root);
  else await benchVendorDay(Number(root === '' ? 10_000 : root));
}
