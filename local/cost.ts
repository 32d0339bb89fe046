import { parseArgs } from 'node:util';
import { bill, type Line, type Scenario, total } from './cost/bill.ts';

const HELP = `npm run cost -- [options]     what Outlay itself costs on AWS in a month

  --developers N    (100)
  --connections N   (5)
  --vendors N       (3)
  --no-slack        without a Slack webhook
  --own-key         a KMS key of the company's own (aws.existing.key)
  --no-free-tier    as if the account had used up AWS's always-free amounts elsewhere
`;

/** The scenario that docs/cost.md shows. */
export const USUAL: Scenario = {
  developers: 100,
  connections: 5,
  vendors: 3,
  slack: true,
  ownKey: false,
  freeTier: true,
};

/** A bill as a table in Markdown. */
export function table(lines: readonly Line[]): string {
  const number = (value: number): string =>
    value >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
  const rows = lines.map(
    ({ service, count, unit, free, cost, because }) =>
      `| ${service} | ${number(count)} ${unit}${free > 0 ? `, ${number(free)} free` : ''} | ${because} | ${cost.toFixed(2)} |`,
  );
  return [
    '| service | a month | because | USD |',
    '| --- | --- | --- | ---: |',
    ...rows,
    `| **total** | | | **${total(lines).toFixed(2)}** |`,
  ].join('\n');
}

/** `npm run cost`. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      developers: { type: 'string', default: '100' },
      connections: { type: 'string', default: '5' },
      vendors: { type: 'string', default: '3' },
      'no-slack': { type: 'boolean', default: false },
      'own-key': { type: 'boolean', default: false },
      'no-free-tier': { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const scenario: Scenario = {
    developers: whole('--developers', values.developers),
    connections: whole('--connections', values.connections),
    vendors: whole('--vendors', values.vendors),
    slack: !values['no-slack'],
    ownKey: values['own-key'],
    freeTier: !values['no-free-tier'],
  };
  process.stdout.write(`${table(bill(scenario))}\n`);
  return 0;
}

function whole(option: string, text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new Error(`${option} ${text}: must be a whole number.`);
}
