import { below, type Queries } from '../queries.ts';
import type { BillingPeriod } from '../time.ts';
import { billTable } from './bill.ts';
import type { Bills } from './delivery.ts';
import { namePrincipals, type PrincipalPorts } from './principals.ts';

/** The query that a month of the bill is read by; what reads it through others reads a month already made. */
const READER = 'cloud_bill_daily';

/**
 * Makes a month of the bill ready to be read: its callers are named. Answers what the month is made of, by table;
 * null while a delivery is under way.
 */
export async function ready(
  ports: PrincipalPorts,
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
    found.set(billTable(bill), ports.crypto.digest(fingerprint));
  }
  if ([...found].length > 0) await namePrincipals(ports, period);
  return found;
}
