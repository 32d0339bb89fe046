import { Stack, Validations } from 'aws-cdk-lib';
import * as dataexports from 'aws-cdk-lib/aws-bcmdataexports';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { billTable } from '../shared/cloud-bill/bill.ts';
import { columnsOf } from '../shared/cloud-bill/columns.ts';
import { type BillSettings, billOf } from '../shared/cloud-bill/settings.ts';

const EXPORTED = { cur2: 'COST_AND_USAGE_REPORT', focus_1_0: 'FOCUS_1_0_AWS', focus_1_2: 'FOCUS_1_2_AWS' } as const;

/** What every key of the bill begins with. */
const base = ({ prefix, name }: BillSettings): string => `${prefix === '' ? '' : `${prefix}/`}${name}/`;

/**
 * The bill of a payer account as a table of Glue over its bucket, wherever that is; its months are registered one by
 * one, when their delivery is whole. On request the export itself, delivered by the day.
 */
export class CloudBill extends Construct {
  constructor(scope: Construct, id: string, props: { database: string; account: string; bill: BillSettings }) {
    super(scope, id);
    const { database, account, bill } = props;
    const name = billTable(bill);
    new glue.CfnTable(this, 'Table', {
      catalogId: account,
      databaseName: database,
      tableInput: {
        name,
        description: `The AWS bill of ${bill.account} as ${bill.form}; a month shows when its delivery is whole`,
        tableType: 'EXTERNAL_TABLE',
        parameters: { classification: 'parquet', EXTERNAL: 'TRUE' },
        partitionKeys: [{ name: 'billing_period', type: 'string', comment: 'UTC month' }],
        storageDescriptor: {
          columns: Object.entries(columnsOf(billOf(bill))).map(([column, type]) => ({ name: column, type })),
          location: `s3://${bill.bucket}/${base(bill)}`,
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
        },
      },
    });
    if (bill.create) this.export(bill);
  }

  private export(bill: BillSettings): void {
    const form = bill.form === 'legacy' ? 'cur2' : bill.form;
    const table = EXPORTED[form];
    const columns = Object.keys(columnsOf(billOf(bill)));
    new dataexports.CfnExport(this, 'Export', {
      export: {
        name: bill.name,
        description: 'The whole bill, by the day, for Outlay',
        dataQuery: {
          // Data Exports knows names in any case.
          queryStatement: `SELECT ${columns.join(', ')} FROM ${table}`,
          tableConfigurations: {
            [table]:
              form === 'cur2'
                ? {
                    TIME_GRANULARITY: 'DAILY',
                    INCLUDE_RESOURCES: 'TRUE',
                    INCLUDE_SPLIT_COST_ALLOCATION_DATA: 'FALSE',
                    INCLUDE_MANUAL_DISCOUNT_COMPATIBILITY: 'FALSE',
                    INCLUDE_IAM_PRINCIPAL_DATA: 'TRUE',
                  }
                : { TIME_GRANULARITY: 'DAILY' },
          },
        },
        destinationConfigurations: {
          s3Destination: {
            s3Bucket: bill.bucket,
            s3Prefix: bill.prefix,
            s3Region: bill.region ?? Stack.of(this).region,
            s3OutputConfigurations: {
              outputType: 'CUSTOM',
              format: 'PARQUET',
              compression: 'PARQUET',
              overwrite: 'OVERWRITE_REPORT',
            },
          },
        },
        refreshCadence: { frequency: 'SYNCHRONOUS' },
      },
    });
  }
}

/** Reads the bills in their buckets: their data, and the manifests that say what is whole. */
export function mayReadBills(to: lambda.Function, bills: readonly BillSettings[]): void {
  const { partition } = Stack.of(to);
  for (const bill of bills) {
    const bucket = `arn:${partition}:s3:::${bill.bucket}`;
    allow(to, ['s3:GetObject'], [`${bucket}/${base(bill)}*`]);
    allow(to, ['s3:ListBucket'], [bucket], { StringLikeIfExists: { 's3:prefix': [`${base(bill)}*`] } });
    allow(to, ['s3:GetBucketLocation'], [bucket]);
    if (bill.kmsKey !== undefined) allow(to, ['kms:Decrypt'], [bill.kmsKey]);
    const role = to.role;
    if (role !== undefined)
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${bill.bucket}/${base(bill)}*]`,
        reason: "Keys of the bill carry its months; the grant names the export's own prefix.",
      });
  }
}

function allow(
  to: lambda.Function,
  actions: string[],
  resources: string[],
  conditions?: Readonly<Record<string, Record<string, string[]>>>,
): void {
  to.grantPrincipal.addToPrincipalPolicy(
    new iam.PolicyStatement({ actions, resources, ...(conditions === undefined ? {} : { conditions }) }),
  );
}
