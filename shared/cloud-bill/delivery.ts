import type { Platform } from '../platform.ts';
import { below, type Queries } from '../queries.ts';
import type { BillingPeriod } from '../time.ts';
import { type Bill, billTable } from './bill.ts';

/** How far the bill of a month is there. */
export interface Delivery {
  /** whole: may be read; half: a delivery is under way, what was made before stays; none: nothing there. */
  readonly state: 'whole' | 'half' | 'none';
  /** Changes with every object of the month; empty: nothing there. */
  readonly fingerprint: string;
}

/** The bills that a lake reads, and how far their months are there. */
export interface Bills {
  readonly bills: readonly Bill[];
  /** Looks at a month, and lets the bill's table show it once it is whole. */
  readonly delivered: (bill: Bill, period: BillingPeriod) => Promise<Delivery>;
}

/** A lake without a bill. */
export const NO_BILLS: Bills = {
  bills: [],
  delivered: async () => ({ state: 'none', fingerprint: '' }),
};

/** An object of the bill's bucket. */
export interface DeliveredObject {
  readonly key: string;
  readonly etag: string;
  /** When it was written, in epoch milliseconds. */
  readonly at: number;
}

/** What a manifest tells of its delivery. */
export interface Manifest extends DeliveredObject {
  /** Keys of the files it lists; null: it lists none that are known here. */
  readonly files: readonly string[] | null;
}

/**
 * Whether a month's delivery is whole. AWS writes the manifest after all data files, and replaces files in place: a
 * file that is newer than the manifest belongs to a delivery that is not finished, and so does a missing one. Without
 * a manifest nothing says that anything is whole.
 * https://docs.aws.amazon.com/cur/latest/userguide/dataexports-export-delivery.html
 */
export function deliveryOf(data: readonly DeliveredObject[], manifest: Manifest | null): Delivery {
  if (data.length === 0) return { state: manifest === null ? 'none' : 'half', fingerprint: '' };
  const parts = data.map(({ key, etag }) => `${key} ${etag}`).toSorted();
  const fingerprint = parts.join('\n');
  if (manifest === null) return { state: 'half', fingerprint };
  // A manifest names whole keys of the bucket; objects may be known by what follows a prefix.
  const lacks = (manifest.files ?? []).some(
    (file) => !data.some(({ key }) => file === key || file.endsWith(`/${key}`)),
  );
  // What no manifest lists is left of another delivery, and would be counted beside it.
  const left = manifest.files !== null && data.length > manifest.files.length;
  const newer = data.some(({ at }) => at > manifest.at);
  return { state: lacks || left || newer ? 'half' : 'whole', fingerprint };
}

/** Keys of data files in a manifest's JSON, in the forms that AWS writes: Data Exports names them with the bucket, legacy CUR without. */
export function filesOf(manifest: unknown): readonly string[] | null {
  if (typeof manifest !== 'object' || manifest === null) return null;
  const listed = 'dataFiles' in manifest ? manifest.dataFiles : 'reportKeys' in manifest ? manifest.reportKeys : null;
  if (!Array.isArray(listed) || !listed.every((file) => typeof file === 'string')) return null;
  return listed.map((file) => file.replace(/^s3:\/\/[^/]+\//, ''));
}

/** The query that a month of the bill is read by; what reads it through others reads a month already made. */
const READER = 'cloud_bill_daily';

/** What a month of a table is made of beside the lake, by table of a bill; null while a delivery is under way. */
export async function deliveries(
  { crypto }: Pick<Platform, 'crypto'>,
  queries: Queries,
  { bills, delivered }: Bills,
  table: string,
  period: BillingPeriod,
): Promise<ReadonlyMap<string, string> | null> {
  if (table !== READER) return new Map();
  const read = bills.filter((bill) => below(queries, READER).has(billTable(bill)));
  const found = new Map<string, string>();
  for (const bill of read) {
    const { state, fingerprint } = await delivered(bill, period);
    if (state === 'half') return null;
    found.set(billTable(bill), crypto.digest(fingerprint));
  }
  return found;
}
