import { describe, expect, it } from 'vitest';
import { notify } from '../../../shared/alerts/notify.ts';
import { notificationOf } from '../../../shared/alerts/sns.ts';
import { bytesIn } from '../../../shared/bytes.ts';
import { pseudonyms } from '../../../shared/pseudonym.ts';
import { pushReference } from '../../../shared/reference/push.ts';
import { identities, teams } from '../../../shared/tables/index.ts';
import { testPlatform } from '../../platform/index.ts';
import { aMessage } from './a-message.ts';

const HOOK = 'https://hooks.slack.test/services/T0/B0/secret';
const TOLD = { webhook: HOOK, showPeople: true };
const { body } = notificationOf(aMessage());

/** A webhook that answers these in turn, then `ok`. */
function slack(...answers: (() => Response | Promise<Response>)[]) {
  const posted: string[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    posted.push(String(init?.body));
    return (answers.shift() ?? (() => new Response('ok')))();
  };
  return { fetch, posted };
}

const refuse =
  (status: number, text: string, headers: Record<string, string> = {}) =>
  () =>
    new Response(text, { status, headers });

it('posts an alert once, however often it is delivered', async () => {
  const { fetch, posted } = slack();
  const { platform } = testPlatform({ fetch });
  expect([await notify(platform, body, TOLD), await notify(platform, body, TOLD)]).toEqual([true, false]);
  expect(posted).toHaveLength(1);
});

it('puts labels on at the last moment, the directory of the company before the vendors', async () => {
  const { fetch, posted } = slack();
  const { platform } = testPlatform({ fetch });
  const person = { id: 'p_0123456789abcdef', kind: 'person', email: null, login: null, label: null };
  const vendor = { ...person, source: 'anthropic_users', connection_id: 'anthropic.main', name: 'dlindqvist' };
  const own = { ...person, source: 'people', connection_id: 'people', name: 'Dana Lindqvist' };
  const put = async (key: string, file: AsyncIterable<Uint8Array>) =>
    platform.objects.put(key, await bytesIn(file), { when: 'any' });
  await put('identities/identities/people.parquet', platform.codec.writeParquet(identities, [own]));
  await put('identities/identities/z.parquet', platform.codec.writeParquet(identities, [vendor]));
  const team = {
    team_id: 'search',
    team_name: 'Search & Ranking',
    parent_id: null,
    path: 'search/',
    cost_center: 'CC-1',
  };
  const rest = { owner_id: null, time_zone: 'UTC', channel: null };
  await put('reference/teams/data.parquet', platform.codec.writeParquet(teams, [{ ...team, ...rest }]));

  await notify(platform, body, TOLD);
  expect(posted[0]).toContain('"Spend spike · Dana Lindqvist · +$290.25"');
  expect(posted[0]).toContain('team Search &amp; Ranking');
});

it('names teams and no person where people are not to be shown', async () => {
  const { fetch, posted } = slack();
  const { platform } = testPlatform({ fetch });
  await pushReference(
    platform,
    {
      'people.csv': `email,name,other_emails,logins,team,started_on,left_on,valid_from,valid_to
dana@larkspur.test,Dana Lindqvist,,,search,,,,
`,
      'teams.csv': `team,name,parent,cost_center,owner,time_zone,channel
search,Search,,CC-1,,,
`,
    },
    { from: '2026-11-01', to: '2026-12-01' },
  );
  const dana = pseudonyms(platform.crypto).email('dana@larkspur.test');
  const about = aMessage({ scope: { kind: 'person', id: dana }, owner_id: dana });

  await notify(platform, notificationOf(about).body, { webhook: HOOK, showPeople: false });
  expect(posted[0]).toContain(`"Spend spike · person ${dana.slice(0, 10)} · +$290.25"`);
  expect(posted[0]).toContain('team Search');
  expect(posted[0]).not.toContain('Dana');
});

it('falls back to short plain text when the blocks are refused', async () => {
  const { fetch, posted } = slack(refuse(400, 'invalid_blocks'));
  const { platform } = testPlatform({ fetch });
  expect(await notify(platform, body, TOLD)).toBe(true);
  expect(posted.map((text) => Object.keys(JSON.parse(text)))).toEqual([['text', 'blocks'], ['text']]);
});

describe('a channel that does not take it', () => {
  it.each([
    [
      'limits',
      [refuse(429, 'rate_limited', { 'retry-after': '30' })],
      'Slack answered 429 (rate_limited), and asks to wait 30 s',
    ],
    ['fails', [refuse(503, '<html>')], 'Slack answered 503 ( html )'],
    ['is gone', [refuse(404, 'no_service')], 'Slack answered 404 (no_service)'],
    ['refuses both forms', [refuse(400, 'invalid_blocks'), refuse(400, 'no_text')], 'Slack answered 400 (no_text)'],
    [
      'cannot be reached',
      [() => Promise.reject(new TypeError(`fetch ${HOOK} failed`))],
      'Slack could not be reached (TypeError)',
    ],
  ])('because it %s makes the delivery fail, and the next one posts', async (_, answers, says) => {
    const { fetch, posted } = slack(...answers);
    const { platform } = testPlatform({ fetch });
    const failed = await notify(platform, body, TOLD).catch((error: unknown) => error);
    expect(String(failed)).toContain(says);
    expect(String(failed)).not.toContain('secret');
    expect(await notify(platform, body, TOLD)).toBe(true);
    expect(posted.length).toBe(answers.length + 1);
  });
});

it('refuses what is no notification of ours', async () => {
  await expect(notify(testPlatform().platform, '{"message":{"id":"x"}}', TOLD)).rejects.toThrow('incident_id');
});
