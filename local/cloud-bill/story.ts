import { dayNumber, dayText } from '../vendors/calendar.ts';
import type { World } from '../vendors/company/world.ts';
import { fingerprint, Random } from '../vendors/random.ts';
import { bedrockOn } from './bedrock-story.ts';
import { ACCOUNTS, type Charge, PAYER } from './charge.ts';

const M = 1_000_000;
/** Of the savings plan, a day: owed, paid then, the rest paid before. */
const PLAN_DAY = { commitment: 36 * M, recurring: 24 * M, upfront: 12 * M };
/** Of the reservation, a day: used at, paid then, paid before, list price. */
const RESERVED_DAY = { used: 9 * M, recurring: 8 * M, upfront: 2.5 * M, list: 15 * M };

const line = (day: string, more: Partial<Charge> & Pick<Charge, 'kind' | 'service' | 'cost'>): Charge => ({
  day,
  account: ACCOUNTS.production,
  usageType: 'USE1-Usage',
  operation: 'Operation',
  description: 'Usage of the service',
  unit: 'Hrs',
  quantity: 0,
  ...more,
});

/** Every charge of the made-up company's AWS bill between two days, both included: the same story in every form. */
export function chargesOf(world: World, from: string, through: string): readonly Charge[] {
  const all: Charge[] = [];
  for (let day = dayNumber(from); day <= dayNumber(through); day += 1) all.push(...dayOf(world, day, from));
  for (const month of new Set(all.map(({ day }) => day.slice(0, 7)))) {
    const days = new Set(all.filter(({ day }) => day.startsWith(month)).map(({ day }) => day));
    all.push(...monthOf([...days].toSorted()));
  }
  return all;
}

function dayOf(world: World, number: number, from: string): readonly Charge[] {
  const day = dayText(number);
  const random = new Random(fingerprint(world.setting.seed, 'aws', number));
  const size = world.setting.developers / 60;
  const dollars = (amount: number): number => Math.round(amount * size * random.spread(0.1) * 100) * 10_000;
  const leaves = world.teams.filter(({ isLeaf }) => isLeaf).slice(0, 4);
  const { data, sandbox } = ACCOUNTS;
  const machine = `i-0${fingerprint(world.setting.seed, 'machine').toString(16)}`;
  const machines = leaves.map((team, at) =>
    line(day, {
      kind: 'usage',
      service: 'ec2',
      usageType: 'USE1-BoxUsage:m7g.2xlarge',
      operation: 'RunInstances',
      quantity: 24,
      cost: dollars(60 + at * 35),
      team: at === 3 ? 'a-team-that-was' : team.id,
      costCenter: team.costCenter,
      resource: `${machine}${at}`,
    }),
  );
  const used = 1.4 * 24 * M;
  const fixed = [
    line(day, {
      kind: 'covered',
      service: 'ec2',
      usageType: 'USE1-BoxUsage:c7g.xlarge',
      operation: 'RunInstances',
      quantity: 48,
      cost: 48 * M,
      list: 48 * M,
      effective: used,
      ...(leaves[0] === undefined ? {} : { team: leaves[0].id }),
    }),
    line(day, {
      kind: 'plan_day',
      service: 'plans',
      account: PAYER,
      usageType: 'ComputeSP:1yrPartialUpfront',
      operation: '',
      description: '1 year partial upfront savings plan',
      unit: '',
      cost: PLAN_DAY.recurring,
      effective: PLAN_DAY.commitment - used,
      upfront: PLAN_DAY.upfront,
    }),
    line(day, {
      kind: 'reserved',
      service: 'rds',
      account: data,
      usageType: 'USE1-InstanceUsage:db.r7g.xl',
      operation: 'CreateDBInstance',
      quantity: 24,
      cost: 0,
      list: RESERVED_DAY.list,
      effective: RESERVED_DAY.used,
    }),
    line(day, {
      kind: 'usage',
      service: 's3',
      account: data,
      usageType: 'USE1-TimedStorage-ByteHrs',
      operation: 'StandardStorage',
      unit: 'GB-Mo',
      quantity: 1200.5,
      cost: dollars(42),
      costCenter: 'CC-400',
    }),
    line(day, {
      kind: 'usage',
      service: 's3',
      account: sandbox,
      usageType: 'USE1-Requests-Tier1',
      operation: 'PutObject',
      unit: 'Requests',
      quantity: 90_000,
      cost: dollars(0.45),
    }),
    line(day, {
      kind: 'usage',
      service: 'lambda',
      usageType: 'USE1-Lambda-GB-Second',
      operation: 'Invoke',
      unit: 'Lambda-GB-Second',
      quantity: 410_000,
      cost: dollars(6.8),
    }),
    line(day, {
      kind: 'usage',
      service: 'watch',
      usageType: 'USE1-DataProcessing-Bytes',
      operation: 'PutLogEvents',
      unit: 'GB',
      quantity: 31.25,
      cost: dollars(15.6),
    }),
    line(day, {
      kind: 'pod',
      service: 'ec2',
      usageType: 'USE1-EKS-EC2-vCPU-Hours',
      operation: 'EKSPod-EC2',
      unit: 'vCPU-Hours',
      quantity: 12,
      cost: dollars(20),
      resource: `${machine}0`,
    }),
  ];
  const once =
    day === from
      ? [
          line(day, {
            kind: 'plan_upfront',
            service: 'plans',
            account: PAYER,
            usageType: 'ComputeSP:1yrPartialUpfront',
            operation: '',
            description: 'Upfront fee of a savings plan',
            unit: '',
            cost: 365 * PLAN_DAY.upfront,
          }),
          line(day, {
            kind: 'reservation_upfront',
            service: 'rds',
            account: data,
            usageType: 'USE1-HeavyUsage:db.r7g.xl',
            operation: 'CreateDBInstance',
            description: 'Upfront fee of a reserved instance',
            cost: 365 * RESERVED_DAY.upfront,
          }),
        ]
      : [];
  const dated: Readonly<Record<string, readonly Charge[]>> = {
    '03': [
      line(day, {
        kind: 'credit',
        service: 'ec2',
        account: PAYER,
        usageType: '',
        operation: '',
        description: 'Promotional credit',
        unit: '',
        cost: -50 * M,
      }),
    ],
    '10': [
      line(day, {
        kind: 'refund',
        service: 'ec2',
        usageType: 'USE1-BoxUsage:m7g.2xlarge',
        operation: 'RunInstances',
        description: 'Refund of an outage',
        cost: -31.25 * M,
      }),
    ],
    '12': [
      line(day, {
        kind: 'plan_refund',
        service: 'plans',
        account: PAYER,
        usageType: '',
        operation: '',
        description: 'Refund for one-time fee for Savings Plan ID 1f4c7a2e',
        unit: '',
        cost: -5 * M,
      }),
    ],
    '01': [
      line(day, {
        kind: 'fee',
        service: 'monitor',
        account: PAYER,
        usageType: 'MP:Northwind-Subscription',
        operation: '',
        description: 'AWS Marketplace subscription',
        unit: '',
        cost: Math.round(300 * size) * M,
      }),
    ],
  };
  return [...machines, ...fixed, ...once, ...(dated[day.slice(8)] ?? []), ...bedrockOn(world, number)];
}

/** What the bill says once for a month so far. */
function monthOf(days: readonly string[]): readonly Charge[] {
  const [first = ''] = days;
  const count = days.length;
  const { recurring, upfront, used } = RESERVED_DAY;
  return [
    line(first, {
      kind: 'reservation_month',
      service: 'rds',
      account: ACCOUNTS.data,
      usageType: 'USE1-HeavyUsage:db.r7g.xl',
      operation: 'CreateDBInstance',
      description: 'Recurring fee of a reserved instance',
      cost: count * recurring,
      effective: count * (recurring + upfront - used),
      upfront: count * upfront,
    }),
    line(first, {
      kind: 'tax',
      service: 'ec2',
      account: PAYER,
      usageType: '',
      operation: '',
      description: 'Tax for product code AmazonEC2',
      unit: '',
      cost: Math.round(count * 1.9 * 100) * 10_000,
    }),
  ];
}
