import { bytesIn } from '../bytes.ts';
import { inOrder } from '../collect/order.ts';
import type { Platform } from '../platform.ts';
import { type Pseudonyms, pseudonyms } from '../pseudonym.ts';
import { type AnyRow, prefixOf, type Row } from '../table.ts';
import { cloudPrincipals } from '../tables/cloud-bill.ts';
import type { BillingPeriod } from '../time.ts';

/** Ports that naming callers needs. */
export type PrincipalPorts = Pick<Platform, 'objects' | 'warehouse' | 'codec' | 'crypto' | 'state'>;

/** Where the names stand. */
const KEY = `${prefixOf(cloudPrincipals)}data.parquet`;

type Principal = Row<typeof cloudPrincipals>;

/**
 * The pseudonym of a caller as the bill writes it. A session named by an address is that person; a user of IAM is known
 * by login (`aws:alice` in people.csv); a role and a key of Bedrock are programs and keep their name.
 */
export function principalOf(arn: string, names: Pseudonyms): Principal {
  const last = arn.split(':').at(-1) ?? arn;
  const parts = last.split('/');
  const address = parts.find((part) => part.includes('@'));
  const is = (kind: Principal['kind'], principal_id: string): Principal => ({ iam_principal: arn, principal_id, kind });
  if (address !== undefined) return is('person', names.email(address));
  const name = parts[1] ?? last;
  if (parts[0] === 'assumed-role') return is('role', `role/${name}`);
  // https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html: a key is a user that Bedrock makes.
  if (name.startsWith('BedrockAPIKey-')) return is('key', `key/${name}`);
  return is('user', names.login('aws', parts.at(-1) ?? name));
}

/**
 * Writes down the pseudonym of every caller that a month of the bill names, before the month is read. Nobody who was
 * erased comes back. Only the file under its own grant holds the names.
 */
export async function namePrincipals(ports: PrincipalPorts, period: BillingPeriod): Promise<number> {
  const { objects, warehouse, codec, crypto, state } = ports;
  const stored = await objects.get(KEY);
  const known: AnyRow[] = stored === null ? [] : await codec.readParquet(cloudPrincipals, stored.body);
  const arns = new Set(known.map(({ iam_principal }) => iam_principal));
  const names = pseudonyms(crypto);
  const found: Principal[] = [];
  const sql = `select distinct iam_principal from stg_cloud_bill where billing_period = '${period}' and iam_principal is not null`;
  for await (const { iam_principal } of warehouse.rows(sql)) {
    if (iam_principal === null || iam_principal === undefined || arns.has(iam_principal)) continue;
    const principal = principalOf(iam_principal, names);
    const isErased = (await state.get({ group: 'tombstone', key: principal.principal_id })) !== null;
    if (!isErased) found.push(principal);
  }
  if (found.length === 0) return 0;
  const rows = inOrder(cloudPrincipals, [...known, ...found]);
  const put = await objects.put(KEY, await bytesIn(codec.writeParquet(cloudPrincipals, rows)), {
    when: stored === null ? 'absent' : { match: stored.etag },
  });
  // Another month has named its callers meanwhile: theirs are read, ours are added.
  return put === null ? namePrincipals(ports, period) : found.length;
}
