import { parseArgs } from 'node:util';
import type { Warehouse } from '../shared/platform.ts';
import type { Queries } from '../shared/queries.ts';
import { TABLES } from '../shared/tables/index.ts';
import { isDay } from '../shared/time.ts';
import { onAws } from './aws.ts';
import { needLake } from './lake.ts';
import { UsageError } from './options.ts';
import { loadQueries } from './queries.ts';
import { readConfig } from './real-world.ts';
import { FORMATS, type Format, written } from './terminal/table.ts';
import { openViews } from './views.ts';

const HELP = `npm run query -- NAME [options]      any table or view of the lake; without NAME, the list

  --lake DIR        (.outlay)
  --aws             the deployed lake instead (Athena), with this shell's AWS credentials
  --config FILE     the settings, for --aws (outlay.config.ts)
  --from D --to D   days, both inclusive, where it has days
  --where SQL       a condition more
  --format F        table, csv or json (table); json is an array of objects, decimals and dates as text
`;

/** `npm run query`. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      lake: { type: 'string', default: '.outlay' },
      aws: { type: 'boolean', default: false },
      config: { type: 'string', default: 'outlay.config.ts' },
      from: { type: 'string' },
      to: { type: 'string' },
      where: { type: 'string' },
      format: { type: 'string', default: 'table' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const format = FORMATS.find((known): known is Format => known === values.format);
  if (format === undefined) throw new UsageError(`--format ${values.format}: must be ${FORMATS.join(', ')}.`);
  for (const [name, day] of [
    ['--from', values.from],
    ['--to', values.to],
  ] as const) {
    if (day !== undefined && !isDay(day)) throw new UsageError(`${name} ${day}: must be a day such as 2026-11-24.`);
  }
  if (values.from !== undefined && values.to !== undefined && values.from > values.to)
    throw new UsageError(`--from ${values.from} is after --to ${values.to}; both are inclusive.`);
  const [name] = positionals;
  const asked = { ...values, name, format };
  if (values.aws) {
    const config = await readConfig(values.config);
    return onAws(config, { vendors: [], pseudonyms: false }, ({ warehouse }) =>
      answer({ queries: loadQueries(), rows: warehouse.rows, columns: columnsIn(warehouse, config.aws.name) }, asked),
    );
  }
  await needLake(values.lake);
  const { queries, warehouse, columns, close } = await openViews(values.lake);
  try {
    return await answer({ queries, rows: warehouse.rows, columns }, asked);
  } finally {
    close();
  }
}

/** A lake that answers. */
interface Answering {
  readonly queries: Queries;
  readonly rows: Warehouse['rows'];
  readonly columns: (name: string) => Promise<readonly string[]>;
}

/** What is asked of it. */
interface Question {
  readonly name: string | undefined;
  readonly from?: string;
  readonly to?: string;
  readonly where?: string;
  readonly format: Format;
}

async function answer(lake: Answering, { name, from, to, where, format }: Question): Promise<number> {
  const known = new Map([
    ...TABLES.map((table) => [table.name, table.grain] as const),
    ...[...lake.queries.values()].map((query) => [query.name, query.grain] as const),
  ]);
  if (name === undefined) {
    const width = Math.max(...[...known.keys()].map((one) => one.length));
    for (const [one, grain] of known) process.stdout.write(`${one.padEnd(width)}  ${grain}\n`);
    return 0;
  }
  if (!known.has(name)) throw new UsageError(`There is no table or view '${name}'; 'npm run query' lists them.`);
  const columns = await lake.columns(name);
  const conditions = [...dayConditions(columns, from, to, name), ...(where === undefined ? [] : [`(${where})`])];
  const only = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
  const rows = lake.rows(`select * from ${name}${only}`);
  try {
    for await (const text of written(format, rows, format === 'json' ? undefined : columns)) {
      // A reader that is slower than the lake must not make us hold the table.
      if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
  } catch (error) {
    throw where === undefined ? error : misread(error, where, name, columns);
  }
  return 0;
}

/** What an engine says of a condition that it cannot read, in a sentence; another error stands. DuckDB's words, and Athena's. */
function misread(error: unknown, where: string, name: string, columns: readonly string[]): unknown {
  const says = error instanceof Error ? error.message : '';
  const [, why] =
    /(?:Binder Error|Parser Error|Conversion Error|Catalog Error|[A-Z_]*(?:SYNTAX_ERROR|TYPE_MISMATCH|NOT_FOUND|INVALID_\w+)[^:]*): ([^\n]*)/.exec(
      says,
    ) ?? [];
  if (why === undefined) return error;
  return new UsageError(
    `--where ${where}: ${why.replace(/[.!]$/, '')}. It is a condition over the columns of ${name}: ${columns.join(', ')}.`,
  );
}

/** Column names as the engine of a deployed lake knows them, in order. */
const columnsIn =
  ({ rows }: Pick<Warehouse, 'rows'>, database: string) =>
  async (name: string): Promise<readonly string[]> => {
    const names: string[] = [];
    const sql = `select column_name from information_schema.columns where table_schema = '${database}' and table_name = '${name}' order by ordinal_position`;
    for await (const { column_name } of rows(sql)) names.push(column_name ?? '');
    return names;
  };

/** The month too, where there is one: it decides which files are read. */
function dayConditions(
  columns: readonly string[],
  from: string | undefined,
  to: string | undefined,
  name: string,
): string[] {
  if (from === undefined && to === undefined) return [];
  const day = ['day', 'week'].find((column) => columns.includes(column));
  if (day === undefined) throw new UsageError(`${name} has no days; leave --from and --to out.`);
  const months = columns.includes('billing_period') && day === 'day';
  return [
    ...(from === undefined
      ? []
      : [`${day} >= date '${from}'`, ...(months ? [`billing_period >= '${from.slice(0, 7)}'`] : [])]),
    ...(to === undefined
      ? []
      : [`${day} <= date '${to}'`, ...(months ? [`billing_period <= '${to.slice(0, 7)}'`] : [])]),
  ];
}
