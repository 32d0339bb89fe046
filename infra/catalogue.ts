import * as glue from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import type { DeployedLake } from '../functions/lib/deployment.ts';
import { prefixOf, type Table } from '../shared/table.ts';

/** The lake's tables in Glue: columns from the definitions, months as registered partitions (their locations move). */
export class Catalogue extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: {
      account: string;
      database: string;
      bucket: string;
      tables: readonly Table[];
      /** What an operator's command finds the lake by. */
      deployment: Record<keyof DeployedLake, string>;
    },
  ) {
    super(scope, id);
    const { account, database: name, bucket, tables, deployment } = props;
    const database = new glue.CfnDatabase(this, 'Database', {
      catalogId: account,
      databaseInput: { name, description: 'AI spend, in FOCUS words', parameters: deployment },
    });
    for (const table of tables) {
      const made = new glue.CfnTable(this, table.name, {
        catalogId: account,
        databaseName: name,
        tableInput: {
          name: table.name,
          description: table.grain,
          tableType: 'EXTERNAL_TABLE',
          parameters: { classification: 'parquet', EXTERNAL: 'TRUE', schema_version: String(table.version) },
          partitionKeys: table.partitioned ? [{ name: 'billing_period', type: 'string', comment: 'UTC month' }] : [],
          storageDescriptor: {
            columns: Object.entries(table.columns).map(([column, { type, says }]) => ({
              name: column,
              type,
              comment: says.slice(0, 255),
            })),
            location: `s3://${bucket}/${prefixOf(table)}`,
            inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
            outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
            serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
          },
        },
      });
      made.addResourceDependency(database);
    }
  }
}
