import { parseArgs } from 'node:util';
import { TABLES } from '../shared/tables/index.ts';
import { isDay } from '../shared/time.ts';
import { needLake } from './lake.ts';
import { UsageError } from './options.ts';
import { FORMATS, type Format, written } from './terminal/table.ts';
import { openViews } from './views.ts';

const HELP = `npm run query -- NAME [options]      any table or view of the local lake; without NAME, the list

  --lake DIR        (.outlay)
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
  await needLake(values.lake);
  const views = await openViews(values.lake);
  try {
    const [name] = positionals;
    const known = new Map([
      ...TABLES.map((table) => [table.name, table.grain] as const),
      ...[...views.queries.values()].map((query) => [query.name, query.grain] as const),
    ]);
    if (name === undefined) {
      const width = Math.max(...[...known.keys()].map((one) => one.length));
      for (const [one, grain] of known) process.stdout.write(`${one.padEnd(width)}  ${grain}\n`);
      return 0;
    }
    if (!known.has(name)) throw new UsageError(`There is no table or view '${name}'; 'npm run query' lists them.`);
    const columns = await views.columns(name);
    const conditions = [
      ...dayConditions(columns, values.from, values.to, name),
      ...(values.where === undefined ? [] : [`(${values.where})`]),
    ];
    const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
    const rows = views.warehouse.rows(`select * from ${name}${where}`);
    for await (const text of written(format, rows, format === 'json' ? undefined : columns)) {
      // A reader that is slower than the lake must not make us hold the table.
      if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
    return 0;
  } finally {
    views.close();
  }
}

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
