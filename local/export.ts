import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXPORT_FORMATS, exportCid, exportFocus } from './focus/export.ts';
import { type FocusVersion, VERSIONS } from './focus/schema.ts';
import { needLake } from './lake.ts';
import { UsageError } from './options.ts';
import { openViews } from './views.ts';

const HELP = `npm run export -- focus --month YYYY-MM [options]      a month of billed charges as FOCUS
npm run export -- cid --month YYYY-MM                  the same as the table that Cloud Intelligence Dashboards take

  --version V       1.2 or 1.4 (1.4)
  --month YYYY-MM   the billing period
  --format F        csv or parquet (csv)
  --out DIR         where the files go (export in the lake)
  --lake DIR        (.outlay)
  Beside the data stands its metadata (…metadata.json). A month that is still open is exported as it is now; exporting it
  again replaces the files. docs/focus.md says what is conformant and what is not claimed.
`;

/** `npm run export`. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'string', default: '1.4' },
      month: { type: 'string' },
      format: { type: 'string', default: 'csv' },
      out: { type: 'string' },
      lake: { type: 'string', default: '.outlay' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const what = positionals.join(' ');
  if (what !== 'focus' && what !== 'cid')
    throw new UsageError(`export: say what leaves the lake, 'npm run export -- focus --month 2026-11', or cid.`);
  const version = Object.keys(VERSIONS).find((known): known is FocusVersion => known === values.version);
  if (version === undefined) throw new UsageError(`--version ${values.version}: must be 1.2 or 1.4.`);
  const format = EXPORT_FORMATS.find((known) => known === values.format);
  if (format === undefined) throw new UsageError(`--format ${values.format}: must be csv or parquet.`);
  const { month } = values;
  if (month === undefined || !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new UsageError(`--month ${month ?? 'is missing'}: must be a month such as 2026-11.`);
  await needLake(values.lake);
  const views = await openViews(values.lake);
  try {
    const out = values.out ?? join(values.lake, 'export');
    if (what === 'cid') {
      const { data, rowCount } = await exportCid(views, { lake: values.lake, month, out });
      process.stdout.write(`${rowCount} charges of ${month} for Cloud Intelligence Dashboards: ${data}\n`);
      return 0;
    }
    const done = await exportFocus(views, { lake: values.lake, version, month, format, out, now: Date.now() });
    process.stdout.write(`${done.rowCount} charges of ${month} as FOCUS ${version}: ${done.data}, ${done.metadata}\n`);
    return 0;
  } finally {
    views.close();
  }
}
