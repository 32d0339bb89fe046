import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../shared/cloud-bill/columns.ts';
import { COMPANY, resources, synth } from './app.ts';

const tags = { team: 'team', costCenter: 'cost_center' };
const bill = { account: '111122223333', bucket: 'company-costs', prefix: 'billing', name: 'whole-bill' } as const;
const { lake, pipeline } = synth({
  ...COMPANY,
  cloudBill: [
    { ...bill, form: 'cur2', create: true },
    { ...bill, account: '222233334444', form: 'focus_1_2' },
    { ...bill, account: '333344445555', form: 'focus_1_0' },
    { ...bill, account: '444455556666', form: 'legacy' },
  ],
});
const tables = resources(lake, 'AWS::Glue::Table').flatMap(([, { Properties }]) => {
  const text = JSON.stringify(Properties);
  return text.includes('"Name":"aws_bill_') ? [text] : [];
});

describe('an AWS bill that is configured', () => {
  it('is a table over its bucket, with every column that its form can have, its months registered', () => {
    expect(tables.map((text) => /"Name":"(aws_bill_\d+)"/.exec(text)?.[1])).toEqual(
      ['111122223333', '222233334444', '333344445555', '444455556666'].map((account) => `aws_bill_${account}`),
    );
    const [cur2 = ''] = tables;
    const columns = Object.entries(columnsOf({ ...bill, form: 'cur2', tags }));
    expect(cur2).toContain(JSON.stringify(columns.map(([Name, Type]) => ({ Name, Type }))).slice(1, -1));
    expect(cur2).toContain('"Location":"s3://company-costs/billing/whole-bill/"');
    expect(cur2).toContain('"PartitionKeys":[{"Comment":"UTC month","Name":"billing_period","Type":"string"}]');
  });

  it('is exported by the stack where it says so: the whole bill by the day, overwritten, with callers', () => {
    lake.resourceCountIs('AWS::BCMDataExports::Export', 1);
    lake.hasResourceProperties('AWS::BCMDataExports::Export', {
      Export: {
        Name: 'whole-bill',
        DataQuery: {
          TableConfigurations: {
            COST_AND_USAGE_REPORT: { TIME_GRANULARITY: 'DAILY', INCLUDE_IAM_PRINCIPAL_DATA: 'TRUE' },
          },
        },
        DestinationConfigurations: {
          S3Destination: { S3Bucket: 'company-costs', S3OutputConfigurations: { Overwrite: 'OVERWRITE_REPORT' } },
        },
      },
    });
  });

  it('is read by who plans, publishes and makes months, below its own prefix, and by nobody else', () => {
    const readers = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
      .flatMap((type) => resources(pipeline, type))
      .filter(([, { Properties }]) => JSON.stringify(Properties).includes(':s3:::company-costs/billing/whole-bill/*'))
      .map(([, { Properties }]) => /"Ref":"([A-Za-z]+?)Role/.exec(JSON.stringify(Properties.Roles))?.[1]);
    expect([...new Set(readers)].sort()).toEqual(['MaterialiseFunction', 'Plan', 'Publish']);
  });
});
