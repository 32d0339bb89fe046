import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeBook } from '../../shared/prices/book.ts';
import { checkBook } from '../../shared/prices/check.ts';
import { modelIdFile, overrideFile, type PriceFile, priceFile, unpricedFile } from '../../shared/prices/price.ts';
import { convert } from './convert.ts';
import { download } from './download.ts';
import { layout, sortedKeys } from './layout.ts';
import { PIN, VENDORS } from './pin.ts';

const FOLDER = join(import.meta.dirname, '../../shared/prices');
const ASSUMPTION =
  'The release dates batch, flex, priority and fast prices from the day they were read; they are carried back in the ratio to the standard price.';

const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(FOLDER, name), 'utf8'));

/** Writes `shared/prices/<provider>.json` from the pinned release, all checked before the first, and tells each. */
export async function importPrices(tell: (says: string) => void): Promise<void> {
  const ids = modelIdFile.parse(await read('model-ids.json'));
  const overrides = overrideFile.parse(await read('overrides.json'));
  const unpriced = unpricedFile.parse(await read('unpriced.json'));
  const { license, providers } = await download(VENDORS.map(({ id }) => id));

  const files: PriceFile[] = VENDORS.map((vendor) => {
    const provider = providers.find(({ id }) => id === vendor.id);
    if (provider === undefined) throw new Error(`the release has no provider '${vendor.id}'`);
    const prices = convert(provider, vendor, ids[vendor.provider] ?? []);
    const origin = { ...PIN, assumption: ASSUMPTION };
    return priceFile.parse({ provider: vendor.provider, origin, pages: provider.pricing_urls.toSorted(), prices });
  });
  const problems = checkBook({ rows: makeBook(files, overrides), ids, unpriced });
  if (problems.length > 0) throw new Error(`nothing was written:\n${problems.join('\n')}`);

  for (const file of files) {
    await writeFile(join(FOLDER, `${file.provider}.json`), `${layout(sortedKeys(file))}\n`);
    const models = file.prices.flatMap((group) => group.models).length;
    tell(`shared/prices/${file.provider}.json: ${models} models from ${PIN.package} ${PIN.version}`);
  }
  await writeFile(join(FOLDER, `${PIN.package}.LICENSE`), license);
}
