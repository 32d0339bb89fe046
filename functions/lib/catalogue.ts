import {
  BatchCreatePartitionCommand,
  BatchUpdatePartitionCommand,
  type ErrorDetail,
  GetPartitionCommand,
  GetTableCommand,
  type GlueClient,
  paginateGetPartitions,
  type StorageDescriptor,
} from '@aws-sdk/client-glue';
import * as z from 'zod';
import type { Warehouse } from '../../shared/platform.ts';
import { unless } from './failure.ts';

/** Most partitions one BatchCreatePartition or BatchUpdatePartition takes. */
const MOST = 100;

const placed = z.object({
  Values: z.tuple([z.string()]),
  StorageDescriptor: z.object({ Location: z.string() }),
});

/** Where the months of a table stand, in Glue. Locations are prefixes of the lake, as everywhere in the domain. */
export function glueCatalogue(
  glue: GlueClient,
  database: string,
  bucket: string,
): Pick<Warehouse, 'partition' | 'point' | 'partitions'> {
  const of = (table: string) => ({ DatabaseName: database, TableName: table });
  const root = `s3://${bucket}/`;
  const prefix = (location: string): string => location.replace(root, '');
  return {
    partition: async (table, period) => {
      const asked = new GetPartitionCommand({ ...of(table), PartitionValues: [period] });
      const found = await unless('EntityNotFoundException', null, glue.send(asked));
      return found === null ? null : prefix(placed.parse(found.Partition).StorageDescriptor.Location);
    },
    partitions: async (table) => {
      const known = new Map<string, string>();
      for await (const page of paginateGetPartitions({ client: glue }, { ...of(table), ExcludeColumnSchema: true }))
        for (const partition of z.array(placed).parse(page.Partitions ?? []))
          known.set(partition.Values[0], prefix(partition.StorageDescriptor.Location));
      return known;
    },
    point: async (table, partitions) => {
      if (partitions.size === 0) return;
      const { Table } = await glue.send(new GetTableCommand({ DatabaseName: database, Name: table }));
      const shape = Table?.StorageDescriptor ?? {};
      const inputs = [...partitions].map(([period, at]) =>
        inputOf(shape, period, at.startsWith('s3://') ? at : `${root}${at}`),
      );
      for (let from = 0; from < inputs.length; from += MOST) {
        const some = inputs.slice(from, from + MOST);
        const asked = new BatchCreatePartitionCommand({ ...of(table), PartitionInputList: some });
        const standing = exists((await glue.send(asked)).Errors ?? [], table);
        const moved = some.filter(({ Values: [period] }) => standing.has(period));
        if (moved.length === 0) continue;
        const Entries = moved.map((PartitionInput) => ({ PartitionValueList: PartitionInput.Values, PartitionInput }));
        const { Errors = [] } = await glue.send(new BatchUpdatePartitionCommand({ ...of(table), Entries }));
        const [refused] = Errors;
        if (refused !== undefined) throw refusal(table, refused.PartitionValueList ?? [], refused.ErrorDetail);
      }
    },
  };
}

const inputOf = (shape: StorageDescriptor, period: string, Location: string) => ({
  Values: [period] as [string],
  StorageDescriptor: { ...shape, Location },
});

/** Months that stand already; any other refusal is an error. */
function exists(
  errors: readonly { PartitionValues?: string[] | undefined; ErrorDetail?: ErrorDetail | undefined }[],
  table: string,
): Set<string | undefined> {
  const other = errors.find(({ ErrorDetail }) => ErrorDetail?.ErrorCode !== 'AlreadyExistsException');
  if (other !== undefined) throw refusal(table, other.PartitionValues ?? [], other.ErrorDetail);
  return new Set(errors.map(({ PartitionValues = [] }) => PartitionValues[0]));
}

const refusal = (table: string, months: readonly string[], detail: ErrorDetail | undefined): Error =>
  new Error(`Glue did not point ${table} ${months.join()}: ${detail?.ErrorCode} ${detail?.ErrorMessage ?? ''}`);
