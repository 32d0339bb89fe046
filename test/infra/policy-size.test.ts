import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { VENDORS } from '../../shared/sources/index.ts';
import { resources, synth } from './app.ts';

const written = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.unknown()) });

/** References as long as they may well become: a distant Region, names of stacks and resources with their hashes. */
const LONG: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-2',
  'AWS::AccountId': '123456789012',
};
const joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });
const reference = z.object({ Ref: z.string() });

/** A policy as IAM would count it: references resolved, no white space. */
function resolved(value: unknown): unknown {
  const join = joined.safeParse(value).data?.['Fn::Join'];
  if (join !== undefined) return join[1].map(resolved).join(join[0]);
  const ref = reference.safeParse(value).data?.Ref;
  if (ref !== undefined) return LONG[ref] ?? 'x'.repeat(110);
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.keys(value).some((key) => key.startsWith('Fn::'))) return 'x'.repeat(110);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
}

const { all } = synth({
  company: 'Example',
  connections: VENDORS.map(({ id }) => ({ id: `${id}.main`, baseUrl: 'https://vendor.example.com' })),
  cloudBill: [{ form: 'cur2', account: '111122223333', bucket: 'company-costs', name: 'whole-bill' }],
  alerts: { slack: true },
});
const policiesOf = (type: string) =>
  all.flatMap((template) =>
    resources(template, type).map(([id, { Properties }]) => {
      const { PolicyDocument, Roles } = written.parse(Properties);
      return { id, role: JSON.stringify(Roles[0]), size: JSON.stringify(resolved(PolicyDocument)).length };
    }),
  );
const inline = policiesOf('AWS::IAM::Policy');
const managed = policiesOf('AWS::IAM::ManagedPolicy');

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
describe("with every vendor, IAM's quotas hold", () => {
  it('no managed policy is longer than 6,144 characters', () => {
    expect(managed.length).toBeGreaterThan(0);
    expect(managed.filter(({ size }) => size > 6144)).toEqual([]);
  });

  it("a role's own policies have no more than 10,240 together", () => {
    const roles = Map.groupBy(inline, ({ role }) => role);
    const sums = [...roles.values()].map((some) => some.reduce((sum, { size }) => sum + size, 0));
    expect(sums.length).toBeGreaterThan(VENDORS.length);
    expect(sums.filter((size) => size > 10_240)).toEqual([]);
  });

  it('no role has more than ten managed policies', () => {
    const roles = Map.groupBy(managed, ({ role }) => role);
    expect([...roles.values()].filter(({ length }) => length > 10)).toEqual([]);
  });
});
