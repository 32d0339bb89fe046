import { readAddress } from '../../../../local/report/address.ts';
import { readReport } from '../../../../local/report/data.ts';
import { readLabels } from '../../../../local/report/labels.ts';
import { readLake } from '../../../../local/report/lake.ts';
import { queryOf } from '../../../../local/report/server.ts';
import type { View } from '../../../../local/report/view.ts';
import { inventedLake, STAMP } from '../lake.ts';

/** What panels draw from, of the invented lake under an address; more statements may change the lake. */
export async function viewOf(address = '', showPeople = true, ...more: readonly string[]): Promise<View> {
  const query = queryOf((await inventedLake(...more)).rows);
  const lake = await readLake(query);
  if (lake === null) throw new Error('the invented lake is empty');
  const data = await readReport(query, readAddress(new URLSearchParams(address), lake), lake, STAMP);
  return { data, labels: await readLabels(query), showPeople };
}

/** The words of a panel's body rows, cell by cell. */
export const rowsOf = (markup: string): string[][] =>
  [...markup.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) =>
      cell
        .replace(/<[^>]+>/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  );
