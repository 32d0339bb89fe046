import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { GetTableCommand, GlueClient, UpdateTableCommand } from '@aws-sdk/client-glue';
import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { codec } from '../../functions/lib/codec.ts';
import { connectionsEnv } from '../../functions/lib/connections.ts';
import { queuesEnv } from '../../functions/lib/env.ts';
import { openInbox, putIn } from '../../functions/lib/inbox.ts';
import { sqsQueue } from '../../functions/lib/queue.ts';
import { VIEWS } from '../../infra/sql.ts';
import { bytesIn } from '../../shared/bytes.ts';
import { BILL_FORMS } from '../../shared/cloud-bill/bill.ts';
import { factKey } from '../../shared/collect/store.ts';
import { type CollectMessage, type Connection, isWanted } from '../../shared/source.ts';
import { SOURCES, VENDORS } from '../../shared/sources/index.ts';
import { prefixOf } from '../../shared/table.ts';
import { costs, outputs, prices } from '../../shared/tables/index.ts';
import { MATERIALISED } from '../../shared/tables/materialised.ts';
import { addDays, type Day, dayOf, days, startOf } from '../../shared/time.ts';
import { billedHere } from './deploy/bills.ts';
import { COMPANY, type Deployed, deployed, HISTORY_DAYS, KEYLESS, VENDORS_AT } from './deploy/deployed.ts';
import { factsIn } from './deploy/facts.ts';
import { laptopLake } from './deploy/laptop.ts';
import { operatorsCommands } from './deploy/operator.ts';
import { onlyTheBill } from './deploy/own-bill.ts';
import { onlyItsOwnSecret } from './deploy/own-secret.ts';
import { putSpend } from './deploy/spend.ts';
import { until } from './deploy/until.ts';

let at: Deployed;

beforeAll(async () => {
  at = await deployed();
});
afterAll(async () => {
  await at?.stop();
});

/** The newest day that the vendors know. */
const LAST = COMPANY.end;
const collectorOf = (vendor: string) => at.account.fn(`${vendor}Collect`);

/** Address of a queue that a function writes to. */
async function queueOf(logicalId: string, name: string): Promise<string> {
  const { QUEUES } = queuesEnv.parse((await at.account.fn(logicalId)).environment);
  return QUEUES[name] ?? expect.fail(`${logicalId} has no queue ${name}`);
}

/** Every queue of work. */
const queues = (): Promise<string[]> => Promise.all(VENDORS.map(({ id }) => queueOf(`${id}Collect`, `collect.${id}`)));

/** Whether nothing waits in the state for a schedule to look; what is being done still waits. */
async function emptied(): Promise<boolean> {
  const waiting = await Promise.all(['materialise', 'detect'].map((name) => openInbox(at.state, name)));
  return waiting.every(({ items }) => items.length === 0);
}

const idle = async (urls: readonly string[]): Promise<boolean> => {
  const seen = await Promise.all(urls.map((url) => at.account.waiting(url)));
  return seen.every(({ waiting, inFlight }) => waiting + inFlight === 0);
};

/** How long the whole history of every vendor, and the months made of it, may take on a busy machine, in milliseconds. */
const PATIENT = 600_000;

/** Waits until nothing waits or is worked on, and stays so: a message done may have sent another. */
async function quiet(urls?: readonly string[]): Promise<void> {
  const all = urls ?? (await queues());
  let calm = 0;
  const look = async (): Promise<number> => {
    calm = (await idle(all)) && (urls !== undefined || (await emptied())) ? calm + 1 : 0;
    return calm;
  };
  const seen = await until(look, (of) => of > 3, PATIENT);
  // What the functions said of it is of more use than a number.
  expect(seen > 3 ? 'quiet' : await said()).toBe('quiet');
}

/** The last words of the functions that make months and judge days, and of whatever failed. */
async function said(): Promise<string> {
  const waiting = await Promise.all(['materialise', 'detect'].map((name) => openInbox(at.state, name)));
  const lines = (await at.account.log()).filter((line) => /"message":"failed"|"messages":|timed out/.test(line));
  return [`waiting ${waiting.map(({ items }) => items.length)}`, ...lines.slice(-6)].join('\n');
}

const question = (
  of: Partial<CollectMessage> & Pick<CollectMessage, 'source' | 'connection' | 'due'>,
): CollectMessage => ({
  ...{ from: LAST, to: addDays(LAST, 1), mode: 'live', window: 'day', part: 0, force: false, ...of },
});

/** A collector's event with one message. */
const delivered = (body: CollectMessage) => ({
  Records: [
    {
      ...{ messageId: body.due, receiptHandle: 'none', body: JSON.stringify(body) },
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:none.fifo',
      attributes: { MessageGroupId: body.connection, ApproximateReceiveCount: '1' },
    },
  ],
});

/** Generation under which a day of costs stands. */
async function generationOf(source: string, connection: string, day: Day): Promise<string> {
  const found = await at.objects.head(factKey(costs, source, connection, day));
  return found?.metadata.generation ?? expect.fail(`no ${source} of ${day}`);
}

/** Every version of every fact. */
async function versions(): Promise<string[]> {
  const asked = new ListObjectVersionsCommand({ Bucket: at.bucket, Prefix: 'facts/', MaxKeys: 1000 });
  const { Versions = [], IsTruncated } = await new S3Client(at.emulator.client).send(asked);
  expect(IsTruncated ?? false).toBe(false);
  return Versions.map(({ Key, VersionId }) => `${Key} ${VersionId}`).sort();
}

const rows = async (sql: string) => (await at.trino.query(sql, { schema: 'outlay' })).rows;

/** Lets the months of these days be made anew, as a collector does. */
async function changed(of: readonly Day[], id: string): Promise<void> {
  const { QUEUES } = queuesEnv.parse((await collectorOf('anthropic')).environment);
  const queue = sqsQueue(new SQSClient(at.emulator.client), QUEUES, at.state);
  await queue.send([{ queue: 'materialise', group: id, id, body: { days: of, mode: 'live' } }]);
}

describe('the first run', () => {
  it(
    'starts at once, and stores what a laptop stores, row by row, under the same keys',
    async () => {
      await quiet(await queues());
      const facts = await factsIn(at.objects);
      const functions = await Promise.all(VENDORS.map(({ id }) => collectorOf(id)));
      const connections: Connection[] = functions.flatMap(
        ({ environment }) => connectionsEnv.parse(environment).CONNECTIONS,
      );
      const planned = [...facts.keys()].find((key) => key.includes('anthropic_principals.main.')) ?? '';
      const day = planned.slice(-'2026-11-25.parquet'.length, -'.parquet'.length);
      const laptop = await laptopLake(await mkdtemp(join(at.emulator.home, 'laptop-')), {
        vendors: COMPANY,
        vendorsAt: VENDORS_AT,
        // At midnight the day of the plan counts, not that of this line.
        plannedAt: Math.min(Date.now(), startOf(addDays(day, 1)) - 1),
        historyDays: HISTORY_DAYS,
        connections: connections.filter(({ id }) => id !== KEYLESS),
        pseudonymKey: await secret(at.pseudonymSecret),
      });
      const theirs = await factsIn(laptop);
      expect([...facts.keys()].sort()).toEqual([...theirs.keys()].sort());
      expect(Object.fromEntries(facts)).toEqual(Object.fromEntries(theirs));
      const sources = new Set(
        [...facts.keys()].map((key) =>
          key
            .split('/')
            .at(-1)
            ?.replace(/\.[^.]+\.parquet$/, ''),
        ),
      );
      const asked = SOURCES.filter((source) =>
        connections.some((one) => one.id.endsWith('.main') && isWanted(source, one)),
      );
      expect([...sources].sort()).toEqual(asked.map(({ id }) => `${id}.main`).sort());
    },
    2 * PATIENT,
  );

  it('goes on without a key that is missing, and says so', async () => {
    const item = await at.state.get({ group: 'status#anthropic_usage#anthropic.research', key: LAST });
    expect(item?.data).toMatchObject({
      outcome: 'failed',
      message:
        'read secret outlay/anthropic#research: it has no value yet; put one with npm run secret -- put CONNECTION',
    });
  });

  it(
    'makes the months, points the catalogue at files, and its sums tie out',
    async () => {
      await quiet();
      const pathOf = async (table: string): Promise<string> => {
        const [[path] = []] = await rows(`select max("$path") from ${table} where day = date '${LAST}'`);
        return (path ?? '').replace(/^.*(?=\/marts\/)/, '').replace(/[0-9a-f]{32}\/\d+\/[^/]+$/, 'HASH/ATTEMPT/FILE');
      };
      const names = MATERIALISED.map(({ name }) => name);
      expect(await Promise.all(names.map(pathOf))).toEqual(
        names.map((name) => `/marts/${name}/billing_period=${LAST.slice(0, 7)}/HASH/ATTEMPT/FILE`),
      );
      expect(await rows('select says from totals_tie_out union all select says from spread_sums_to_ledger')).toEqual(
        [],
      );
      const [[spent] = []] = await rows(`select sum(billed_cost) from allocated_cost where day = date '${LAST}'`);
      // Some vendors have a ledger, others bill by their records of use.
      const [[ledger] = []] = await rows(
        `select sum(told) from (select billed_cost as told from costs where day = date '${LAST}' union all select claimed_cost from usage where day = date '${LAST}' and claim = 'billed') as doors`,
      );
      expect(spent).toBe(ledger);
      expect(Number(spent)).toBeGreaterThan(1);
    },
    2 * PATIENT,
  );

  it('reads the AWS bill in each of its forms, and lets it stand beside AI spend', async () => {
    const here = await Promise.all(at.bills.map(async (bill) => [bill.form, ...(await billedHere(bill))]));
    expect(here.map(([form]) => form)).toEqual(BILL_FORMS);
    const made = await rows(
      'select form, cast(sum(line_count) as varchar), cast(sum(billed_cost) as varchar) from cloud_bill_daily group by form',
    );
    expect(made.toSorted()).toEqual(here.toSorted());
    const shown = await rows('select door, sum(billed_cost) from ai_and_cloud_cost group by door order by door');
    const entered = await rows(
      "select 'aws_bill', sum(billed_cost) from cloud_bill_daily union all select 'ledger', sum(billed_cost) from allocated_cost order by 1",
    );
    expect(shown).toEqual(entered);
    expect(await rows('select says from each_dollar_once')).toEqual([]);
  });

  it('has published every view', async () => {
    const tables = (await rows('show tables')).flat();
    expect(tables).toEqual(expect.arrayContaining([...VIEWS]));
  });

  it('was refused nothing, and left no dead letter', async () => {
    expect((await at.account.log()).filter((line) => line.includes('AccessDenied'))).toEqual([]);
    const letters = await Promise.all((await queues()).map((url) => at.account.deadLettersOf(url)));
    expect(await idle(letters)).toBe(true);
    expect(at.slack.taken).toEqual([]);
  });
});

describe('a message', () => {
  it('that cannot be done goes to the dead letters; its neighbour is stored', async () => {
    const url = await queueOf('openaiCollect', 'collect.openai');
    const due = `${dayOf(Date.now())}T00:00:00.500Z`;
    await at.account.send(url, 'poison', 'poison', {
      ...question({ source: 'openai_costs', connection: 'openai.gone', due }),
    });
    await at.account.send(
      url,
      'neighbour',
      'neighbour',
      question({ source: 'openai_costs', connection: 'openai.main', due, force: true }),
    );
    expect(
      await until(
        () => generationOf('openai_costs', 'openai.main', LAST),
        (seen) => seen === due,
        30_000,
      ),
    ).toBe(due);
  });

  it('that comes three times changes nothing', async () => {
    const url = await queueOf('anthropicCollect', 'collect.anthropic');
    const of = { source: 'anthropic_costs', connection: 'anthropic.main' };
    const body = question({ ...of, due: await generationOf(of.source, of.connection, LAST) });
    const before = await versions();
    const since = Date.now();
    for (const copy of [1, 2, 3]) await at.account.send(url, 'again', `again ${copy}`.replace(' ', '-'), body);
    const done = async () => (await at.account.log(since)).filter((line) => line.includes('"outcomes":"unchanged"'));
    expect(await until(done, (lines) => lines.length >= 3, 30_000)).toHaveLength(3);
    expect(await versions()).toEqual(before);
  });

  it('of an older generation never stands over a newer one, also when both race', async () => {
    const of = { source: 'anthropic_costs', connection: 'anthropic.main' };
    const { name } = await collectorOf('anthropic');
    const dues = ['00:00:00.002', '00:00:00.001'].map((time) => `${addDays(LAST, 3)}T${time}Z`);
    const bodies = dues.map((due) => delivered(question({ ...of, due })));
    expect(await Promise.all(bodies.map((event) => at.account.invoke(name, event)))).toEqual([
      { error: null },
      { error: null },
    ]);
    expect(await generationOf(of.source, of.connection, LAST)).toBe(dues[0]);
    await at.account.invoke(name, bodies[1]);
    expect(await generationOf(of.source, of.connection, LAST)).toBe(dues[0]);
  });

  it('whose collector is slower than its time limit comes again', async () => {
    const { name } = await collectorOf('github');
    const url = await queueOf('githubCollect', 'collect.github');
    const due = `${addDays(LAST, 3)}T00:00:00.000Z`;
    const key = factKey(outputs, 'github_pull_requests', 'github.main', LAST);
    // Minutes as deployed, held by the template; here seconds.
    await at.account.limit(name, 4);
    const visible = { QueueUrl: url, Attributes: { VisibilityTimeout: '6' } };
    await new SQSClient(at.emulator.client).send(new SetQueueAttributesCommand(visible));
    at.gate.shut();
    await at.account.send(
      url,
      'slow',
      'slow',
      question({ source: 'github_pull_requests', connection: 'github.main', due }),
    );
    expect(
      await until(
        async () => at.gate.held,
        (held) => held > 0,
        30_000,
      ),
    ).toBeGreaterThan(0);
    const cut = async () => (await at.account.log()).filter((line) => line.includes('timed out after'));
    expect(await until(cut, (lines) => lines.length > 0, 30_000)).not.toEqual([]);
    at.gate.open();
    await at.account.limit(name, 300);
    const stored = async () => (await at.objects.head(key))?.metadata.generation;
    expect(await until(stored, (seen) => seen === due, 60_000)).toBe(due);
  });
});

describe('publishing', () => {
  it('a view that fails leaves the former ones, and puts none', async () => {
    const glue = new GlueClient(at.emulator.client);
    const of = { DatabaseName: 'outlay', Name: 'costs' };
    const { Table } = await glue.send(new GetTableCommand(of));
    const { TableType, Parameters, PartitionKeys, StorageDescriptor } = Table ?? {};
    const put = (Columns: NonNullable<typeof StorageDescriptor>['Columns']) =>
      glue.send(
        new UpdateTableCommand({
          DatabaseName: 'outlay',
          TableInput: {
            Name: 'costs',
            TableType,
            Parameters,
            PartitionKeys,
            StorageDescriptor: { ...StorageDescriptor, Columns },
          },
        }),
      );
    const columns = StorageDescriptor?.Columns;
    const { name } = await at.account.fn('Publish');
    const before = await rows('select count(*) from daily_cost');
    const asked = at.athena.queries.length;
    await put(columns?.filter(({ Name }) => Name !== 'billed_cost'));
    const { error } = await at.account.invoke(name, { RequestType: 'Create' });
    await put(columns);
    expect(error).toMatch(
      /^view stg_costs cannot be published, the former views stay: .*Column 'billed_cost' cannot be resolved$/,
    );
    expect(at.athena.queries.slice(asked).filter((sql) => /^create/i.test(sql))).toEqual([]);
    expect(await at.account.invoke(name, {})).toEqual({ error: null });
    expect(await rows('select count(*) from daily_cost')).toEqual(before);
  });

  it('gives the lake its prices in place of those of an older one, and has months made anew', async () => {
    const key = `${prefixOf(prices)}data.parquet`;
    const known = async () => {
      const stored = await at.objects.get(key);
      return stored === null ? [] : codec.readParquet(prices, stored.body);
    };
    const whole = await known();
    const older = await bytesIn(codec.writeParquet(prices, whole.slice(1)));
    await at.objects.put(key, older, { when: 'any' });
    const { name } = await at.account.fn('Publish');
    expect(await at.account.invoke(name, {})).toEqual({ error: null });
    expect(whole.length).toBeGreaterThan(1);
    expect(await known()).toEqual(whole);
    expect((await openInbox(at.state, 'materialise')).items.map(({ key: id }) => id)).toContainEqual(
      expect.stringMatching(/^reference\.[0-9a-f]{16}$/),
    );
    await quiet();
  });
});

describe('a spike of a key', () => {
  const today = dayOf(Date.now());
  const former = [...days(addDays(today, -29), addDays(today, 0))];
  const spike = addDays(today, -1);

  it(
    'comes to the channel, once',
    async () => {
      for (const day of former) await putSpend(at.objects, day, day === spike ? '400' : '5');
      // A lake that holds older months than this deployment asked for: they are registered.
      const { name } = await at.account.fn('Plan');
      expect(await at.account.invoke(name, { RequestType: 'Update' })).toEqual({ error: null });
      await changed(former, 'spike');
      expect(
        await until(
          async () => at.slack.taken,
          (taken) => taken.length > 0,
          PATIENT,
        ),
      ).toHaveLength(1);
      expect(JSON.parse(at.slack.taken[0] ?? '')).toMatchObject({ text: expect.stringMatching(/spike/i) });
    },
    2 * PATIENT,
  );

  it(
    'is not told again when its days are looked at again',
    async () => {
      await putIn(at.state, 'detect', 'detect-again', { days: [spike], mode: 'live' });
      await quiet();
      expect(at.slack.taken).toHaveLength(1);
    },
    2 * PATIENT,
  );

  it(
    'is told once more when the ledger is corrected',
    async () => {
      await putSpend(at.objects, spike, '5');
      await changed([spike], 'corrected');
      expect(
        await until(
          async () => at.slack.taken,
          (taken) => taken.length > 1,
          PATIENT,
        ),
      ).toHaveLength(2);
      await quiet();
      expect(at.slack.taken).toHaveLength(2);
    },
    2 * PATIENT,
  );
});

operatorsCommands(() => at);

describe('what an operator began', () => {
  it(
    'is done, and every month is made of it',
    async () => {
      await quiet();
      expect(await rows('select says from totals_tie_out union all select says from spread_sums_to_ledger')).toEqual(
        [],
      );
      const people = await rows('select count(*) from people');
      expect(Number(people[0]?.[0])).toBeGreaterThan(0);
    },
    2 * PATIENT,
  );
});

describe('rights', () => {
  onlyItsOwnSecret(() => at);
  onlyTheBill(() => at);

  it('that are taken away are missed at once', async () => {
    const { name, role } = await collectorOf('anthropic');
    const putBack = await at.account.strip(role);
    const since = Date.now();
    const body = question({
      source: 'anthropic_costs',
      connection: 'anthropic.main',
      due: `${addDays(LAST, 4)}T00:00:00.000Z`,
    });
    await at.account.invoke(name, delivered(body));
    const denied = async () => (await at.account.log(since)).filter((line) => line.includes('AccessDenied'));
    expect(await until(denied, (lines) => lines.length > 0, 20_000)).not.toEqual([]);
    await putBack();
    expect(await at.account.invoke(name, delivered(body))).toEqual({ error: null });
    expect(await generationOf('anthropic_costs', 'anthropic.main', LAST)).toBe(body.due);
  });
});

describe('in the end', () => {
  it('the schedule calls the plan, with its time', async () => {
    const putBack = await at.account.everyMinute();
    const planned = async () => (await at.account.log()).filter((line) => /"scheduledAt":"\d{4}-/.test(line));
    expect(await until(planned, (lines) => lines.length > 0, 90_000)).not.toEqual([]);
    await putBack();
  });

  it('the message that could not be done lies among the dead letters, alone', async () => {
    const all = await Promise.all((await queues()).map((url) => at.account.deadLettersOf(url)));
    const letters = await at.account.deadLettersOf(await queueOf('openaiCollect', 'collect.openai'));
    const seen = await until(
      () => at.account.waiting(letters),
      ({ waiting }) => waiting > 0,
      300_000,
    );
    expect(seen).toEqual({ waiting: 1, inFlight: 0 });
    expect(await idle(all.filter((url) => url !== letters))).toBe(true);
  });

  it('deploying again would change nothing', async () => {
    expect(await at.app.differs()).toBe(false);
  });

  it('destroying takes the functions away and leaves the lake', async () => {
    const before = await versions();
    const pseudonymKey = await secret(at.pseudonymSecret);
    await at.app.destroy();
    expect((await at.account.functions()).filter(({ name }) => name.startsWith('Outlay'))).toEqual([]);
    expect(await versions()).toEqual(before);
    expect((await at.state.get({ group: 'status#anthropic_usage#anthropic.research', key: LAST }))?.key).toBe(LAST);
    expect(await secret(at.pseudonymSecret)).toBe(pseudonymKey);
  });
});

/** Value of a secret, by the root's hand. */
async function secret(SecretId: string): Promise<string> {
  const client = new SecretsManagerClient(at.emulator.client);
  return z.string().parse((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString);
}
