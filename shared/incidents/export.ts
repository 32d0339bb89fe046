import { bytesIn } from '../bytes.ts';
import { inOrder } from '../collect/order.ts';
import { type Incident, incident, incidentRow } from '../incidents.ts';
import type { Platform } from '../platform.ts';
import { prefixOf, type Row } from '../table.ts';
import { incidents } from '../tables/incidents.ts';
import { INCIDENTS } from './book.ts';

/** Every incident of the state, oldest first. */
export async function allIncidents({ state }: Pick<Platform, 'state'>): Promise<Incident[]> {
  const found: Incident[] = [];
  for await (const { data } of state.range(INCIDENTS)) found.push(incident.parse(data));
  return found;
}

/** Every incident as a row of the table `incidents`. */
export async function incidentRows(platform: Pick<Platform, 'state'>): Promise<Row<typeof incidents>[]> {
  return (await allIncidents(platform)).map(incidentRow);
}

/** Writes the incidents as the table that SQL and the page read, at its fixed key. */
export async function exportIncidents(platform: Pick<Platform, 'state' | 'objects' | 'codec'>): Promise<void> {
  const rows = inOrder(incidents, await incidentRows(platform));
  const file = await bytesIn(platform.codec.writeParquet(incidents, rows));
  await platform.objects.put(`${prefixOf(incidents)}data.parquet`, file, { when: 'any' });
}
