import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { cidFocus } from '../../shared/tables/cid-focus.ts';
import { COMPANY, resources, synth } from './app.ts';

const table = z.object({
  TableInput: z.object({
    Name: z.string(),
    TableType: z.string(),
    PartitionKeys: z.array(z.object({ Name: z.string(), Type: z.string() })),
    StorageDescriptor: z.object({ Columns: z.array(z.object({ Name: z.string(), Type: z.string() })) }),
  }),
});
const plain = synth();
const copying = synth({ ...COMPANY, copies: ['cid_focus'] });
const tables = ({ lake }: typeof plain) =>
  resources(lake, 'AWS::Glue::Table').map(([, { Properties }]) => table.parse(Properties).TableInput);
const named = (synthesised: typeof plain) => tables(synthesised).map(({ Name }) => Name);
const rights = ({ pipeline }: typeof plain) =>
  ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => resources(pipeline, type))
    .filter(([, { Properties }]) => JSON.stringify(Properties).includes('cid_focus'))
    .map(([, { Properties }]) => /"Ref":"([A-Za-z]+?)Role/.exec(JSON.stringify(Properties.Roles))?.[1]);
const first = ({ pipeline }: typeof plain) => resources(pipeline, 'Custom::OutlayFirstRun')[0]?.[1].Properties.copies;

describe('the copy for Cloud Intelligence Dashboards', () => {
  it('stands in no catalogue, and nobody may touch it, where no setting asks for it', () => {
    expect(named(plain).filter((name) => name.startsWith('cid_'))).toEqual([]);
    expect(rights(plain)).toEqual([]);
    expect(first(plain)).toBe(undefined);
  });

  it('is an external table with its columns and months where one does, and its candidate no more than two columns', () => {
    expect(named(copying)).toEqual([...named(plain), 'cid_focus', 'cid_focus_candidate']);
    const [copy, candidate] = tables(copying).slice(-2);
    expect(copy).toEqual({
      ...{ Name: 'cid_focus', TableType: 'EXTERNAL_TABLE' },
      PartitionKeys: [{ Name: 'billing_period', Type: 'string' }],
      StorageDescriptor: {
        Columns: Object.entries(cidFocus.columns).map(([Name, { type }]) => ({ Name, Type: type })),
      },
    });
    expect(candidate?.StorageDescriptor.Columns).toEqual([
      { Name: 'billedcost', Type: 'double' },
      { Name: 'effectivecost', Type: 'double' },
    ]);
  });

  it('is pointed by who makes months, looked for by who plans, and made for the past when it is new', () => {
    expect([...new Set(rights(copying))].sort()).toEqual(['MaterialiseFunction', 'Plan']);
    expect(first(copying)).toBe('["cid_focus"]');
  });
});
