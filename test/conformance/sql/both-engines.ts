import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { codec } from '../../../functions/lib/codec.ts';
import { keyedCrypto } from '../../../functions/lib/crypto.ts';
import type { LakeFacts } from '../../../local/lake.ts';
import { standingClock } from '../../../local/platform/clock.ts';
import { folderObjects } from '../../../local/platform/objects.ts';
import { sqliteState } from '../../../local/platform/state.ts';
import { loadQueries } from '../../../local/queries.ts';
import { replay } from '../../../shared/detect.ts';
import { type MadeMonth, materialise } from '../../../shared/materialise.ts';
import { type Published, publish } from '../../../shared/publish.ts';
import { TABLES } from '../../../shared/tables/index.ts';
import { CANDIDATES, MATERIALISED } from '../../../shared/tables/materialised.ts';
import { addDays, billingPeriodOf, days, startOf } from '../../../shared/time.ts';
import type { Emulator } from '../engines/emulator.ts';
import { type LakeOnAws, lakeOnAws } from '../engines/lake-on-aws.ts';
import type { Trino } from '../engines/trino.ts';

/** Every table that stands in a catalogue. */
export const ALL_TABLES = [...TABLES, ...MATERIALISED, ...CANDIDATES];

/** A lake as the functions would have made it. */
export interface MadeOnAws extends LakeOnAws {
  readonly published: Published;
  readonly made: readonly MadeMonth[];
}

/** What collecting left in a lake: all that is not made of it. */
const COLLECTED = ['facts', 'identities', 'reference', 'status/collection_status'];

/** Copies what was collected in the lake `from` into `folder`, and does there by Athena what the functions do after collecting. */
export async function madeOnAws(
  trino: Trino,
  emulator: Emulator,
  { from, folder, facts }: { from: string; folder: string; facts: LakeFacts },
): Promise<MadeOnAws> {
  for (const name of COLLECTED) await cp(join(from, name), join(folder, name), { recursive: true });
  const lake = await lakeOnAws(trino, emulator, { folder, tables: ALL_TABLES });
  const queries = loadQueries();
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
  const made = await materialise(platform, queries, history.map(billingPeriodOf));
  await replay(platform, history);
  platform.state.close();
  return { ...lake, published, made };
}
