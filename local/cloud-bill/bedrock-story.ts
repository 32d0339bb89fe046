import { dayText, isWeekend } from '../vendors/calendar.ts';
import type { World } from '../vendors/company/world.ts';
import { fingerprint, Random } from '../vendors/random.ts';
import { ACCOUNTS, type Account, type Charge } from './charge.ts';

/** Kinds of tokens of one caller: usage type's end, thousands a day at sixty developers, millionths of a dollar a thousand. */
type Kind = readonly [end: string, thousands: number, price: number];

const SONNET: readonly Kind[] = [
  ['input-tokens', 900, 3300],
  ['cache-read-input-token-count', 5200, 330],
  ['cache-write-input-token-count', 260, 4125],
  ['output-tokens', 210, 16500],
];

interface Caller {
  readonly account: Account;
  readonly model: string;
  readonly kinds: readonly Kind[];
  readonly principal: string;
  readonly more: Pick<Charge, 'team' | 'costCenter' | 'resource' | 'principalTeam'>;
  /** Part of the usual load. */
  readonly share: number;
}

const sts = (account: Account, role: string): string => `arn:aws:sts::${account.id}:assumed-role/${role}`;

/** Three roles, a key of Bedrock, and a profile that carries a tag. */
function callers({ people, teams }: World): readonly Caller[] {
  const leaves = teams.filter(({ isLeaf }) => isLeaf);
  const [first, second] = leaves;
  const { production, data } = ACCOUNTS;
  const coders = people.slice(0, 3).map(
    ({ email }, at): Caller => ({
      account: production,
      model: 'USE1-Claude4.6Sonnet',
      kinds: SONNET,
      principal: `${sts(production, 'ClaudeCode')}/${email}`,
      more: {},
      share: 0.2 + at * 0.1,
    }),
  );
  return [
    ...coders,
    {
      account: production,
      model: 'USE1-Claude4.6Sonnet',
      kinds: SONNET,
      principal: `${sts(production, 'SupportBotRole')}/support-bot`,
      more: {
        resource: `arn:aws:bedrock:us-east-1:${production.id}:application-inference-profile/abc123def456`,
        ...(first === undefined ? {} : { team: first.id, costCenter: first.costCenter }),
      },
      share: 0.8,
    },
    {
      account: data,
      model: 'USE1-Nova2.0Lite',
      kinds: [
        ['input-tokens-flex', 4000, 30],
        ['output-tokens-flex', 700, 250],
      ],
      principal: `${sts(data, 'BatchRole')}/nightly`,
      more: second === undefined ? {} : { principalTeam: second.id },
      share: 1,
    },
    {
      account: data,
      model: 'USE1-openai.gpt-oss-120b-mantle',
      kinds: [['input-tokens-standard', 300, 150]],
      principal: `arn:aws:iam::${data.id}:user/BedrockAPIKey-234s`,
      more: {},
      share: 1,
    },
  ];
}

/** What the company's programs and people did through Bedrock on a day, and what AWS's Marketplace sells it of Claude. */
export function bedrockOn(world: World, day: number): readonly Charge[] {
  const { seed, developers } = world.setting;
  const random = new Random(fingerprint(seed, 'bedrock', day));
  const size = (developers / 60) * (isWeekend(day) ? 0.3 : 1) * random.spread(0.2);
  const tokens = callers(world).flatMap(({ account, model, kinds, principal, more, share }) =>
    kinds.map(([end, thousands, price]): Charge => {
      const quantity = Math.round(thousands * size * share * 1000) / 1000;
      return {
        kind: 'usage',
        day: dayText(day),
        account,
        service: 'bedrock',
        usageType: `${model}-${end}`,
        operation: 'InvokeModelInference',
        description: `$${price / 1_000_000} per 1K tokens`,
        unit: '1K tokens',
        quantity,
        cost: Math.round(quantity * price),
        principal,
        ...more,
      };
    }),
  );
  const marketplace = {
    kind: 'usage',
    day: dayText(day),
    account: ACCOUNTS.data,
    operation: 'MeterUsage',
    unit: 'Units',
    ...(world.teams[1] === undefined ? {} : { costCenter: 'CC-400' }),
  } as const;
  const millions = Math.round(8 * size * 1000) / 1000;
  const consumed = Math.round(420 * size);
  return [
    ...tokens,
    {
      ...marketplace,
      service: 'opus',
      usageType: 'USE1-MP:USE1_InputTokenCount-Units',
      description: 'AWS Marketplace software usage|us-east-1|Million Input Tokens',
      quantity: millions,
      cost: Math.round(millions * 500_000),
    },
    {
      ...marketplace,
      service: 'platform',
      usageType: 'USE1-MP:ClaudeConsumptionUnits-Units',
      description: 'AWS Marketplace software usage|us-east-1|Claude Consumption Units',
      quantity: consumed,
      cost: consumed * 10_000,
    },
  ];
}
