import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../shared/config.ts';
import { functionsIn, synthesise, templatesIn } from './deploy/assembly.ts';
import { cfnLint } from './engines/cfn-lint.ts';
import { startRuntime } from './engines/runtime-api.ts';

/** Every resource that a setting can bring: each vendor, two connections of one, Slack, tags, e-mail. */
const EVERYTHING: ConfigInput = {
  company: 'Example',
  connections: [
    { id: 'anthropic.main' },
    { id: 'anthropic.research' },
    { id: 'openai.main' },
    { id: 'github.main', settings: { organization: 'example' } },
  ],
  alerts: { slack: true },
  aws: { tags: { owner: 'finops' }, alarmEmails: ['ops@example.com'] },
};

let home: string;
let everything: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'outlay-bundles-'));
  everything = join(home, 'everything');
  const config = join(home, 'config.mjs');
  await writeFile(config, `export default ${JSON.stringify(EVERYTHING)}`);
  await synthesise(everything, { config, bundled: true });
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

describe('the templates', () => {
  it('pass cfn-lint with everything that a setting can bring', async () => {
    const templates = await templatesIn(everything);
    expect(templates).toHaveLength(3);
    expect(await cfnLint(templates)).toEqual([]);
  });

  it('pass cfn-lint under the settings as shipped', async () => {
    const folder = join(home, 'shipped');
    await synthesise(folder, { bundled: false });
    expect(await cfnLint(await templatesIn(folder))).toEqual([]);
  });
});

/** Bytes of a mebibyte: what a function may load when it has no native part. */
const MOST = 1024 * 1024;

describe("each function's bundle, as it is deployed", () => {
  /** A part of the logical id finds the function. */
  const bundleOf = async (name: string) => {
    const found = (await functionsIn(everything)).find(({ logicalId }) => logicalId.startsWith(name));
    return found ?? expect.fail(`no function of the templates is called ${name}`);
  };
  const FUNCTIONS = [
    ['Plan', 'LAKE_BUCKET', { scheduledAt: '2026-11-25T10:07:00Z' }],
    ['Publish', 'LAKE_BUCKET', {}],
    ['MaterialiseFunction', 'LAKE_BUCKET', {}],
    ['DetectFunction', 'LAKE_BUCKET', {}],
    ['Notify', 'SLACK_SECRET', { Records: [{ Sns: { MessageId: 'm', Message: '{}' } }] }],
  ] as const;
  const WORKERS = [['anthropicCollect'], ['openaiCollect'], ['githubCollect']];
  const ALL = [...FUNCTIONS.map(([name]) => [name]), ...WORKERS];

  it('is all that the templates hold', async () => {
    const ids = (await functionsIn(everything)).map(({ logicalId }) => logicalId.replace(/[0-9A-F]{8}$/, ''));
    expect(ids.sort()).toEqual(ALL.flat().sort());
  });

  it.each(ALL)('%s is small enough', async (name) => {
    const { bundle } = await bundleOf(name);
    expect((await stat(join(bundle, 'index.mjs'))).size).toBeLessThan(MOST);
  });

  it.each(ALL)("%s loads in AWS's runtime client and refuses a wrong event in words", async (name) => {
    const { bundle, handler } = await bundleOf(name);
    const runtime = await startRuntime({ bundle, handler });
    expect(await runtime.invoke('wrong')).toMatchObject({
      ok: false,
      error: { errorType: 'Error', errorMessage: expect.stringMatching(/^the event is not as expected: event: /) },
    });
    await runtime.stop();
  });

  it.each(FUNCTIONS)(
    '%s says which setting is missing, and logs it as a line of JSON',
    async (name, setting, event) => {
      const { bundle, handler } = await bundleOf(name);
      const runtime = await startRuntime({ bundle, handler });
      expect(await runtime.invoke(event)).toMatchObject({
        ok: false,
        error: { errorType: 'Error', errorMessage: expect.stringContaining(`the environment is not as expected`) },
      });
      expect(runtime.log()).toMatch(new RegExp(`^\\{"level":"ERROR","message":"failed".*${setting}: `, 'm'));
      await runtime.stop();
    },
  );

  it.each(WORKERS)('%s tells the queue which message it could not do', async (name) => {
    const { bundle, handler } = await bundleOf(name);
    const runtime = await startRuntime({ bundle, handler });
    const record = {
      messageId: 'first',
      receiptHandle: 'handle',
      body: 'not JSON',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:collect.fifo',
      attributes: { MessageGroupId: 'group', ApproximateReceiveCount: '1' },
    };
    expect(await runtime.invoke({ Records: [record] })).toMatchObject({
      ok: true,
      response: { batchItemFailures: [{ itemIdentifier: 'first' }] },
    });
    await runtime.stop();
  });
});
