import { parseArgs } from 'node:util';
import { keyedCrypto } from '../functions/lib/crypto.ts';
import { awsPlatform } from '../functions/lib/platform.ts';
import { type Config, connectionsOf } from '../shared/config.ts';
import type { Platform } from '../shared/platform.ts';
import { type Connection, isWanted } from '../shared/source.ts';
import { SOURCES, VENDORS } from '../shared/sources/index.ts';
import { bill, total } from './cost/bill.ts';
import { examine, type Finding } from './doctor/examine.ts';
import { realClock } from './platform/clock.ts';
import { environmentSecrets, readConfig } from './real-world.ts';

const HELP = `npm run doctor -- [options]   does each key work, whose is it, is it stronger than needed, is everything there

  --config FILE   the settings (outlay.config.ts)
  --aws           keys from Secrets Manager instead of the environment, and the deployed tables, with this shell's
                  AWS credentials
`;

const MARK = { ok: 'ok   ', look: 'look ', wrong: 'WRONG' } as const;

/** `npm run doctor`: a line for each thing looked at, 1 when one is wrong. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      config: { type: 'string', default: 'outlay.config.ts' },
      aws: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const config = await readConfig(values.config);
  const connections = connectionsOf(config, VENDORS);
  const ports = await portsFor(values.aws, config, connections);
  const findings: Finding[] = [];
  const tell = (finding: Finding): void => {
    findings.push(finding);
    process.stdout.write(`${MARK[finding.state]}  ${finding.of.padEnd(32)}  ${finding.says}\n`);
  };
  tell({ state: 'ok', of: values.config, says: `${config.company}, ${connections.length} connections` });
  for (const connection of connections) {
    const vendor = VENDORS.find(({ id }) => id === connection.vendor);
    const sources = SOURCES.filter((source) => isWanted(source, connection));
    if (vendor !== undefined)
      for (const finding of await examine(ports, { vendor, connection, sources })) tell(finding);
  }
  if (values.aws) tell(await lake(ports));
  tell(cost(config, connections));
  return findings.some(({ state }) => state === 'wrong') ? 1 : 0;
}

async function portsFor(isAws: boolean, { aws }: Config, connections: readonly Connection[]): Promise<Platform> {
  // The bucket's name is only needed to place months, which the doctor does not.
  const platform = await awsPlatform(
    isAws ? { ATHENA_WORKGROUP: aws.name, GLUE_DATABASE: aws.name, LAKE_BUCKET: 'unknown' } : {},
  );
  if (isAws) return platform;
  const secrets = environmentSecrets(connections, process.env);
  return { ...platform, secrets, clock: realClock, crypto: keyedCrypto(null) };
}

/** Whether the deployed lake answers, and whether every source is on time there. */
async function lake({ warehouse }: Pick<Platform, 'warehouse'>): Promise<Finding> {
  try {
    const late: string[] = [];
    let count = 0;
    for await (const { source, connection_id, state } of warehouse.rows(
      'select source, connection_id, state from data_freshness',
    )) {
      count += 1;
      if (state !== 'on_time') late.push(`${source} of ${connection_id} is ${state}`);
    }
    if (late.length > 0) return { state: 'look', of: 'lake', says: `${late.join('; ')}; collection_status says why` };
    return { state: 'ok', of: 'lake', says: `answers, ${count} sources on time` };
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    return { state: 'wrong', of: 'lake', says: `${told}; deploy first, or look at credentials and region` };
  }
}

function cost({ alerts, aws }: Config, connections: readonly Connection[]): Finding {
  const lines = bill({
    developers: 100,
    connections: connections.length,
    vendors: new Set(connections.map(({ vendor }) => vendor)).size,
    slack: alerts.slack,
    ownKey: aws.existing.key !== undefined,
    freeTier: true,
  });
  return {
    state: 'ok',
    of: 'cost',
    says: `about ${total(lines).toFixed(2)} USD a month on AWS ('npm run cost' shows how)`,
  };
}
