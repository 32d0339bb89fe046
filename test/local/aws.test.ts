import { expect, it } from 'vitest';
import { onAws } from '../../local/aws.ts';
import { messagesFor } from '../../local/collect.ts';
import { pushDeployed } from '../../local/reference.ts';
import { startWith } from '../../local/secret.ts';
import { parseConfig } from '../../shared/config.ts';
import { calendarOf } from '../../shared/reference/calendar.ts';
import { testPlatform } from '../platform/index.ts';

const CONFIG = parseConfig({ company: 'Example', connections: [{ id: 'anthropic.main' }] });
const NEEDED = { vendors: [], pseudonyms: false };
const refusal = (name: string, message: string) => Object.assign(new Error(message), { name });
const refused = (error: Error) =>
  onAws(
    CONFIG,
    NEEDED,
    async () => 'done',
    async () => Promise.reject(error),
  );

it('finds the deployment by the name that the settings give it, and hands on what is needed', async () => {
  const { platform } = testPlatform();
  const asked: unknown[] = [];
  const find = async (of: unknown) => {
    asked.push(of);
    return platform;
  };
  expect(await onAws(CONFIG, { vendors: ['anthropic'], pseudonyms: true }, async () => 'done', find)).toBe('done');
  expect(asked).toEqual([{ name: 'outlay', vendors: ['anthropic'], pseudonyms: true }]);
});

it.each([
  [
    'a right that is missing',
    refusal('AccessDeniedException', 'User: arn:aws:iam::1:user/ana is not authorized to perform: glue:GetDatabase'),
    "AWS refused: User: arn:aws:iam::1:user/ana is not authorized to perform: glue:GetDatabase; docs/runbook.md, 'Rights of an operator', names the role that has it.",
  ],
  [
    'no credentials',
    refusal('CredentialsProviderError', 'Could not load credentials from any providers'),
    "There are no AWS credentials that serve (CredentialsProviderError): set AWS_PROFILE to a profile, or sign in again ('aws sso login').",
  ],
  ['no Region', new Error('Region is missing'), 'No Region is named: set AWS_REGION, or aws.region in the settings.'],
  [
    'a refusal inside another error',
    new Error('read secret key: no answer', {
      cause: refusal('AccessDenied', 'not authorized to perform: s3:GetObject.'),
    }),
    "AWS refused: not authorized to perform: s3:GetObject; docs/runbook.md, 'Rights of an operator', names the role that has it.",
  ],
  ['any other error', new Error('the lake is on fire'), 'the lake is on fire'],
])('says %s in a sentence', async (_, error, says) => {
  await expect(refused(error)).rejects.toThrow(says);
});

it('asks for a day of a deployed source as of now', () => {
  const asked = { source: 'anthropic_usage', connection: 'anthropic.main', from: '2026-11-22', to: '2026-11-23' };
  expect(messagesFor({ ...asked, force: true }, Date.parse('2026-11-25T06:00:00Z'))).toEqual([
    { ...asked, due: '2026-11-25T06:00:00.000Z', mode: 'live', window: 'day', part: 0, force: true },
  ]);
});

const FILES = {
  'people.csv':
    'email,name,other_emails,logins,team,started_on,left_on,valid_from,valid_to\nana@example.com,Ana,,,search,,,,\n',
  'teams.csv': 'team,name,parent,cost_center,owner,time_zone,channel\nsearch,Search,,CC,,,\n',
};

it('pushes reference files once, without shortening the calendar, and lets every month be made anew', async () => {
  const { platform, queued, bucket } = testPlatform();
  await platform.objects.put('facts/costs/billing_period=2025-03/a.main.2025-03-04.parquet', new Uint8Array(1), {
    when: 'any',
  });
  expect(await pushDeployed(platform, FILES, { historyDays: 90 })).toMatch(/^Version [0-9a-f]{16} is in; .*people/);
  const far = await calendarOf(platform, '2026-11-25', 1);
  expect(far).toEqual({ from: '2026-08-27', to: '2029-11-29' });
  expect(await pushDeployed(platform, FILES, { historyDays: 30 })).toMatch(/^Nothing differs/);
  expect(await calendarOf(platform, '2026-11-25', 1)).toEqual(far);
  expect(queued.map(({ queue, body }) => [queue, body])).toEqual([
    ['materialise', { mode: 'backfill', days: expect.arrayContaining(['2025-03-01', '2026-10-14', '2026-11-25']) }],
  ]);
  expect([...bucket.keys()].some((key) => key.startsWith('reference-versions/'))).toBe(true);
});

it('queues what is due for a connection whose key was just put, under ids that SQS has not seen', async () => {
  const { platform, queued } = testPlatform();
  const connection = {
    ...{
      id: 'anthropic.main',
      vendor: 'anthropic',
      baseUrl: 'https://api.anthropic.com',
      secret: 'outlay/anthropic#main',
    },
    ...{ accountId: null, settings: {} },
  };
  expect(await startWith(platform, connection, 2)).toMatch(/^\d+ days of its sources are queued\.$/);
  expect(new Set(queued.map(({ queue }) => queue))).toEqual(new Set(['collect.anthropic']));
  const suffix = `.key.${platform.clock.now()}`;
  expect(queued.filter(({ id }) => !id.endsWith(suffix))).toEqual([]);
});
