import { bytesIn } from '../bytes.ts';
import { inOrder } from '../collect/order.ts';
import { factKey } from '../collect/store.ts';
import type { Platform } from '../platform.ts';
import { prefixOf, type Row } from '../table.ts';
import { costs } from '../tables/index.ts';
import { billingPeriodOf, type Day } from '../time.ts';
import { type FocusRecord, KNOWN, mandatory, type ReadVersion, versionOf } from './columns.ts';
import { judge, type Problem } from './judge.ts';
import { connectionOf, IMPORT, lineOf } from './lines.ts';

type Ports = Pick<Platform, 'objects' | 'codec' | 'crypto'>;

/** A FOCUS file, opened: its columns in order, and its rows as text. */
export interface FocusFile {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<FocusRecord>;
}

/** What became of a file. */
export interface Taken {
  readonly version: ReadVersion;
  readonly rows: number;
  readonly connections: readonly string[];
  /** Days of the ledger that it holds. */
  readonly days: readonly Day[];
  /** What was changed or left out, in words; empty where the file keeps the spec. */
  readonly changes: readonly string[];
}

/** A file that breaks the spec; the message tells the first problems and a count by rule. */
export class NonconformantError extends Error {}

const FIRST = 10;

/**
 * Takes a FOCUS file into the ledger, whole: its months of its billing accounts then hold what it says, and nothing else.
 * @param accept takes what is unambiguous of a file that breaks the spec; rows without money, time or account are left out
 * @throws NonconformantError when the file breaks the spec and that is not accepted; nothing is taken in then
 */
export async function takeFocus(ports: Ports, file: FocusFile, accept = false): Promise<Taken> {
  const { version, lines, problems, leftOut } = await read(ports, file, accept);
  if (problems.length > 0 && !accept) throw new NonconformantError(refusal(file.name, version, problems));
  const days = new Set<Day>();
  for (const [connection, rows] of lines) {
    const byDay = Map.groupBy(rows, ({ day }) => day);
    const kept = new Set<string>();
    for (const [day, some] of byDay) {
      const key = factKey(costs, IMPORT, connection, day);
      const bytes = await bytesIn(ports.codec.writeParquet(costs, inOrder(costs, some)));
      const metadata = { digest: ports.crypto.digest(bytes), rows: String(some.length) };
      // Equal rows are left as they stand: another etag would make their month anew.
      if ((await ports.objects.head(key))?.metadata.digest !== metadata.digest)
        await ports.objects.put(key, bytes, { metadata, when: 'any' });
      kept.add(key);
      days.add(day);
    }
    for (const month of new Set([...byDay.keys()].map(billingPeriodOf))) {
      const alias = connection.slice(connection.indexOf('.') + 1);
      const former = await Array.fromAsync(ports.objects.list(`${prefixOf(costs, month)}${IMPORT}.${alias}.`));
      await ports.objects.remove(former.map(({ key }) => key).filter((key) => !kept.has(key)));
    }
  }
  return {
    version,
    rows: [...lines.values()].reduce((total, rows) => total + rows.length, 0),
    connections: [...lines.keys()],
    days: [...days],
    changes: [...problems.map(inWords), ...leftOut.map((row) => `row ${row} is left out`)],
  };
}

async function read(ports: Ports, { name, columns, rows }: FocusFile, accept: boolean) {
  const version = versionOf(columns);
  if (version === null)
    throw new NonconformantError(
      `${name} is no FOCUS file: it needs the column BilledCost and ProviderName or ServiceProviderName, and has ${columns.slice(0, 8).join(', ')}${columns.length > 8 ? ', …' : ''}.`,
    );
  const missing = mandatory(version).filter((column) => !columns.includes(column));
  const head = (column: string, rule: string): Problem => ({ row: 0, column, rule, isFatal: false });
  const problems: Problem[] = [
    ...missing.map((column) => head(column, 'the column is missing')),
    ...columns
      .filter((column) => !KNOWN.has(column) && !column.startsWith('x_'))
      .map((column) => head(column, 'a column that is not of FOCUS begins with x_')),
  ];
  const lines = new Map<string, Row<typeof costs>[]>();
  const leftOut: number[] = [];
  const judged = judge(version);
  let row = 0;
  for await (const given of rows) {
    row += 1;
    const { record, problems: found } = judged(given, row);
    problems.push(...found);
    if (found.some(({ isFatal }) => isFatal)) leftOut.push(row);
    // A file that will be refused is read on only to count.
    else if (accept || problems.length === 0) {
      const connection = connectionOf(record, ports.crypto.digest);
      const line = lineOf(record, connection);
      const same = lines.get(connection);
      if (same === undefined) lines.set(connection, [line]);
      else same.push(line);
    }
  }
  if (row === 0) throw new NonconformantError(`${name} has no rows; a file that replaces nothing is not taken in.`);
  return { version, lines, problems, leftOut };
}

const inWords = ({ row, column, rule, meant }: Problem): string =>
  `${row === 0 ? 'head' : `row ${row}`}: ${column} ${rule}${meant === undefined ? '' : `; read as ${meant ?? 'null'}`}`;

function refusal(name: string, version: ReadVersion, problems: readonly Problem[]): string {
  const counts = [...Map.groupBy(problems, ({ column, rule }) => `${column} ${rule}`)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  const first = problems.slice(0, FIRST).map(({ row, column, rule }) => inWords({ row, column, rule, isFatal: false }));
  return [
    `${name} breaks FOCUS ${version}; nothing of it was taken in (--accept-nonconformant takes what is unambiguous).`,
    ...first.map((says) => `  ${says}`),
    ...(problems.length > FIRST ? [`  … ${problems.length - FIRST} more`] : []),
    'By rule:',
    ...counts.map(([rule, some]) => `  ${some.length} × ${rule}`),
  ].join('\n');
}
