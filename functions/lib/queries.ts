import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stagedBill } from '../../shared/cloud-bill/adapter.ts';
import type { Bill } from '../../shared/cloud-bill/bill.ts';
import { LAYERS, type Queries, queriesOf } from '../../shared/queries.ts';
import { COPIES } from '../../shared/tables/copies.ts';
import { MATERIALISED } from '../../shared/tables/materialised.ts';

/** All queries of a folder laid out as queries/, in order of need; `stg_cloud_bill` and `stg_cloud_bill_days` read the bills that there are. */
export function loadQueries(folder: string, bills: readonly Bill[] = []): Queries {
  const files = new Map<string, string>();
  // An archive holds no empty folder: a layer without a file is not there.
  for (const layer of LAYERS.filter((name) => existsSync(join(folder, name))))
    for (const name of readdirSync(join(folder, layer)).toSorted())
      if (name.endsWith('.sql')) files.set(`${layer}/${name}`, readFileSync(join(folder, layer, name), 'utf8'));
  if (bills.length > 0) {
    files.set('staging/stg_cloud_bill.sql', stagedBill('lines', bills));
    files.set('staging/stg_cloud_bill_days.sql', stagedBill('days', bills));
  }
  return queriesOf(
    files,
    [...MATERIALISED, ...COPIES].map(({ name }) => name),
  );
}
