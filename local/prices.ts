import { parseArgs } from 'node:util';
import { importPrices } from './prices/import.ts';
import { PIN } from './prices/pin.ts';

const HELP = `npm run prices     writes shared/prices/<provider>.json from the pinned release, ${PIN.package} ${PIN.version}; twice is once

  It needs a python3 with pip, which downloads the release; nothing of it is run. Another release: change local/prices/pin.ts.
  --help          this
`;

/** `npm run prices`. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  await importPrices((says) => process.stdout.write(`${says}\n`)).catch((cause: unknown) => {
    throw new Error(`prices were not imported: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  });
  return 0;
}
