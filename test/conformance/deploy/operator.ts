import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { codec } from '../../../functions/lib/codec.ts';
import { company } from '../../../local/vendors/index.ts';
import { factKey } from '../../../shared/collect/store.ts';
import { isWanted } from '../../../shared/source.ts';
import { SOURCES } from '../../../shared/sources/index.ts';
import { type AnyRow, prefixOf } from '../../../shared/table.ts';
import { costs, identities } from '../../../shared/tables/index.ts';
import { addDays, billingPeriodOf, type Day, nextMonth } from '../../../shared/time.ts';
import { csvOf, ROW } from '../../shared/focus/files.ts';
import { type Shell, shellAs } from './command.ts';
import { COMPANY, type Deployed, KEYLESS } from './deployed.ts';
import { until } from './until.ts';

/** How long a collector may take on a busy machine, in milliseconds. */
const PATIENT = 240_000;

/** The commands that work on a deployment, each in a shell with the role that docs/runbook.md names for it and no other right. */
export function operatorsCommands(at: () => Deployed): void {
  let operator: Shell;
  let registrar: Shell;
  let importer: Shell;
  let root: Shell;
  let aws: readonly string[];
  beforeAll(async () => {
    const { account, emulator, athena, roles, config } = at();
    const shell = (client: Parameters<typeof shellAs>[0]) => shellAs(client, athena.url, emulator.home);
    operator = shell(await account.as(roles.operator));
    registrar = shell(await account.as(roles.registrar));
    importer = shell(await account.as(roles.importer));
    root = shell(emulator.client);
    aws = ['--aws', '--config', config];
  });

  describe('an operator', () => {
    it('asks the deployed lake', async () => {
      const day = ['--from', COMPANY.end, '--to', COMPANY.end];
      const { status, out, err } = await operator.run('query', ['allocated_cost', ...aws, ...day, '--format', 'json']);
      expect([status, err]).toEqual([0, '']);
      const sql = `select count(*), sum(billed_cost) from allocated_cost where day = date '${COMPANY.end}'`;
      const { rows } = await at().trino.query(sql, { schema: 'outlay' });
      const shown: { billed_cost: string }[] = JSON.parse(out);
      const tenths = shown.reduce((sum, row) => sum + BigInt(row.billed_cost.replace('.', '')), 0n);
      expect([[String(shown.length), String(tenths)]]).toEqual(rows.map(([n, sum]) => [n, sum?.replace('.', '')]));
    });

    it('answers an incident, and is told what an answer cannot do', async () => {
      const { status, out, err } = await operator.run('incident', ['list', ...aws]);
      expect([status, err]).toEqual([0, '']);
      const [id = ''] = /^inc-\d{8}-[0-9a-f]{6}(?= {2}closed {2}spend_spike {2})/m.exec(out) ?? [];
      expect(await operator.run('incident', ['expect', id, '--note', 'a trial', ...aws])).toMatchObject({ status: 0 });
      expect((await operator.run('incident', ['list', ...aws])).out).toMatch(new RegExp(`^${id}  expected `, 'm'));
      expect(await operator.run('incident', ['snooze', id, ...aws])).toMatchObject({
        status: 1,
        err: expect.stringContaining(`${id} is expected: nothing more is told of it anyway`),
      });
    });

    it('puts a key that was missing, and what is due for it is collected', async () => {
      const { status, out } = await operator.run(
        'secret',
        ['put', KEYLESS, '--config', at().config],
        at().keys[KEYLESS],
      );
      expect(out).toMatch(
        /^The key of anthropic\.research is stored as outlay\/anthropic#research; .* \d+ days of its sources are queued\.$/m,
      );
      expect(status).toBe(0);
      const key = factKey(costs, 'anthropic_costs', KEYLESS, COMPANY.end);
      const stored = await until(
        () => at().objects.head(key),
        (found) => found !== null,
        PATIENT,
      );
      expect(stored).not.toBeNull();
    });

    it('asks for a day again', async () => {
      const key = factKey(costs, 'openai_costs', 'openai.main', COMPANY.end);
      const generation = async () => (await at().objects.head(key))?.metadata.generation;
      const former = await generation();
      const { status, out } = await operator.run('collect', ['--force', 'openai_costs.main', COMPANY.end, ...aws]);
      expect([status, out]).toEqual([
        0,
        `openai_costs.main ${COMPANY.end} is queued; collection_status says what came of it.\n`,
      ]);
      expect(await until(generation, (seen) => seen !== former, PATIENT)).not.toBe(former);
    });

    it('may not push reference files, and is told who may', async () => {
      const pushed = await operator.run('reference', ['push', await companyFiles(at()), ...aws]);
      expect(pushed).toMatchObject({ status: 1, err: expect.stringMatching(/^AWS refused: .*docs\/runbook\.md/) });
    });
  });

  describe('a registrar', () => {
    it('pushes reference files', async () => {
      const { status, out, err } = await registrar.run('reference', ['push', await companyFiles(at()), ...aws]);
      expect([status, err]).toEqual([0, '']);
      expect(out).toMatch(
        /^Version [0-9a-f]+ is in; .*people.* changed\. What they touch is made anew within minutes\.\n$/,
      );
    });

    it('erases a name', async () => {
      const named = async (): Promise<AnyRow[]> => (await names(at())).filter(({ email }) => email === someone);
      const [, line = ''] = (company(COMPANY).reference()['people.csv'] ?? '').split('\n');
      const [someone = ''] = line.split(',');
      expect(await named()).not.toEqual([]);
      const { status, out, err } = await registrar.run('forget', [someone, ...aws]);
      expect([status, err]).toEqual([0, '']);
      expect(out).toMatch(
        /^[1-9]\d* rows? with names (?:is|are) gone; .* Former versions of the objects go within a day\.\n$/,
      );
      expect(await named()).toEqual([]);
    });
  });

  describe('an importer', () => {
    it('takes a bill in, and its month is made anew', async () => {
      const day = { ChargePeriodStart: midnight(COMPANY.end), ChargePeriodEnd: midnight(addDays(COMPANY.end, 1)) };
      const [from, to] = [`${billingPeriodOf(COMPANY.end)}-01`, nextMonth(billingPeriodOf(COMPANY.end))];
      const month = { BillingPeriodStart: midnight(from), BillingPeriodEnd: midnight(to) };
      const { status, out, err } = await importer.run('focus', [
        'push',
        await csvOf([{ ...ROW, ...month, ...day }]),
        ...aws,
      ]);
      expect([status, err]).toEqual([0, '']);
      expect(out).toMatch(
        /^bill\.csv: 1 row of FOCUS 1\.2 taken in as import\.azure-acct-7-\w+\nThe months .* within minutes\.\n$/,
      );
      const spent = async () =>
        (
          await at().trino.query(`select billed_cost from allocated_cost where provider = 'Azure'`, {
            schema: 'outlay',
          })
        ).rows;
      expect(await until(spent, ({ length }) => length > 0, PATIENT)).toEqual([['3.2500000000']]);
    });

    it('may not read who is who, and is told who may', async () => {
      const forgotten = await importer.run('forget', ['somebody@halden.example', ...aws]);
      expect(forgotten).toMatchObject({ status: 1, err: expect.stringMatching(/^AWS refused: .*docs\/runbook\.md/) });
    });
  });

  it('whoever may read the keys is told by the doctor that each of them serves', async () => {
    const { status, out, err } = await root.run('doctor', aws);
    expect([status, err]).toEqual([0, '']);
    const asked = at().connections.flatMap((connection) =>
      SOURCES.filter((source) => isWanted(source, connection)).map(({ id }) => `${connection.id} ${id}`),
    );
    const told = [...out.matchAll(/^(?:ok|look) +(\S+ \S+) +/gm)].map(([, of]) => of);
    expect(told).toEqual(expect.arrayContaining(asked));
    expect(out).toMatch(/^(?:ok|look) +lake /m);
  });
}

const midnight = (day: Day): string => `${day}T00:00:00Z`;

/** The made-up company's reference files, in a folder. */
async function companyFiles({ emulator }: Deployed): Promise<string> {
  const folder = join(emulator.home, 'reference');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(company(COMPANY).reference())) await writeFile(join(folder, name), text);
  return folder;
}

/** Every row with a name. */
async function names({ objects }: Deployed): Promise<AnyRow[]> {
  const found: AnyRow[] = [];
  for await (const { key } of objects.list(prefixOf(identities))) {
    const stored = await objects.get(key);
    if (stored !== null) found.push(...(await codec.readParquet(identities, stored.body)));
  }
  return found;
}
