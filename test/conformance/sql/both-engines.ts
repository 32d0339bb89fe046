import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codec } from '../../../functions/lib/codec.ts';
import { keyedCrypto } from '../../../functions/lib/crypto.ts';
import { lakeBills, readBills } from '../../../local/cloud-bill/lake.ts';
import { placesOf } from '../../../local/cloud-bill/write.ts';
import type { LakeFacts } from '../../../local/lake.ts';
import { standingClock } from '../../../local/platform/clock.ts';
import { folderObjects } from '../../../local/platform/objects.ts';
import { sqliteState } from '../../../local/platform/state.ts';
import { loadQueries } from '../../../local/queries.ts';
import { billTable } from '../../../shared/cloud-bill/bill.ts';
import type { Bills } from '../../../shared/cloud-bill/delivery.ts';
import { replay } from '../../../shared/detect.ts';
import { type MadeMonth, materialise } from '../../../shared/materialise.ts';
import { type Published, publish } from '../../../shared/publish.ts';
import { COPIES, COPY_CANDIDATES } from '../../../shared/tables/copies.ts';
import { TABLES } from '../../../shared/tables/index.ts';
import { CANDIDATES, MATERIALISED } from '../../../shared/tables/materialised.ts';
import { addDays, billingPeriodOf, days, startOf } from '../../../shared/time.ts';
import type { Emulator } from '../engines/emulator.ts';
import { type LakeOnAws, lakeOnAws } from '../engines/lake-on-aws.ts';
import type { Trino } from '../engines/trino.ts';

/** Every table that stands in a catalogue. */
export const ALL_TABLES = [...TABLES, ...MATERIALISED, ...COPIES, ...CANDIDATES, ...COPY_CANDIDATES];
/** Every table that is made, copies for other tools too. */
export const ALL_MADE = [...MATERIALISED, ...COPIES];

/** A lake as the functions would have made it. */
export interface MadeOnAws extends LakeOnAws {
  readonly published: Published;
  readonly made: readonly MadeMonth[];
}

/** Bills whose months show in the catalogue once they are whole, as on AWS. */
const pointed = ({ bills, delivered }: Bills, folder: string, { warehouse }: LakeOnAws): Bills => ({
  bills,
  delivered: async (bill, period) => {
    const delivery = await delivered(bill, period);
    const form = readBills(folder).find(({ account }) => account === bill.account);
    if (delivery.state === 'whole' && form !== undefined)
      await warehouse.point(
        billTable(bill),
        new Map([[period, `${dirname(join(form.folder, placesOf(bill.form, period).data))}/`]]),
      );
    return delivery;
  },
});

/** What collecting left in a lake: all that is not made of it. */
const COLLECTED = ['facts', 'identities', 'reference', 'status/collection_status', 'cloud-bill'];

/** Copies what was collected in the lake `from` into `folder`, and does there by Athena what the functions do after collecting. */
export async function madeOnAws(
  trino: Trino,
  emulator: Emulator,
  { from, folder, facts }: { from: string; folder: string; facts: LakeFacts },
): Promise<MadeOnAws> {
  // A bill's file that is newer than its manifest belongs to a delivery that is not finished.
  for (const name of COLLECTED)
    await cp(join(from, name), join(folder, name), { recursive: true, preserveTimestamps: true });
  const lake = await lakeOnAws(trino, emulator, { folder, tables: ALL_TABLES, bills: readBills(folder) });
  const bills = pointed(lakeBills(folder), folder, lake);
  const queries = loadQueries(bills.bills);
  const platform = {
    objects: folderObjects(folder),
    state: sqliteState(':memory:'),
    warehouse: lake.warehouse,
    crypto: keyedCrypto(facts.pseudonymKey),
    clock: standingClock(startOf(addDays(facts.through, 1))),
    notify: { publish: async () => {} },
    codec,
  };
  const published = await publish(platform, { queries, tables: ALL_TABLES, all: true });
  const history = [...days(facts.since, addDays(facts.through, 1))];
  const made = await materialise(platform, queries, history.map(billingPeriodOf), bills, ALL_MADE);
  await replay(platform, history);
  platform.state.close();
  return { ...lake, published, made };
}
