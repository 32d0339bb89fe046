import { expect, it } from 'vitest';
import { devinUsage } from '../../../../shared/sources/devin/usage.ts';
import { conversationOf } from '../conversations.ts';
import { asking, converse, names, read, recorded } from '../recorded.ts';

const { where, vendor } = conversationOf('devin_usage');
const heard = converse(devinUsage, where, vendor);
const [ana, chi] = [names.user('devin', 'user_ana'), names.user('devin', 'user_chi')];
const placesOf = (urls: readonly { url: string }[]): string[] =>
  urls.map(({ url }) => url.replace('https://devin.test/v3/enterprise/', ''));

it('asks who there is, what each of them used and, last, what all used, by days of the vendor', () => {
  const days = 'time_after=1794902400&time_before=1795075200';
  expect(placesOf(heard.asks)).toEqual([
    'members/users?first=200',
    `consumption/daily/users/user_ana?${days}`,
    'members/users?first=200&after=eyJsYXN0X2lkIjoidXNlcl9hbmEifQ%3D%3D',
    `consumption/daily/users/user_ben?${days}`,
    'members/idp-users?first=200',
    `consumption/daily/users/user_chi?${days}`,
    'members/service-users?first=200',
    `consumption/daily/service-users/service-user-ci?${days}`,
    `consumption/daily?${days}`,
  ]);
});

it('says of each question that names a member that it does, and whom it means by pseudonym', () => {
  const named = heard.asks.filter(({ url }) => /daily\/(service-)?users\//.test(url));
  expect(named.map(({ namesPerson, about }) => [namesPerson, about?.member])).toEqual([
    [true, ana],
    [true, names.user('devin', 'user_ben')],
    [true, chi],
    [true, 'service-user-ci'],
  ]);
});

it('writes what members used, and what they lack of the whole for nobody', () => {
  expect(
    heard.rows.map(({ day, principal_id, product, quantity, cut }) => [day, principal_id, product, quantity, cut]),
  ).toEqual([
    ['2026-11-17', ana, 'devin', '8.250000', 'part'],
    ['2026-11-17', ana, 'cascade', '2.250000', 'part'],
    ['2026-11-18', ana, 'devin', '12.000000', 'part'],
    ['2026-11-17', chi, 'devin', '4.000000', 'part'],
    ['2026-11-18', 'service-user-ci', 'devin', '9.750000', 'part'],
    ['2026-11-17', null, 'devin', '3.750000', 'rest'],
    ['2026-11-18', null, 'devin', '1.500000', 'rest'],
  ]);
});

const whole = (change: (body: string) => string) => ({
  asked: heard.asks.at(-1) ?? { url: '' },
  page: read(devinUsage, change(recorded('devin/consumption_daily'))),
});

it('keeps what no product is told for apart, and what is beyond a millionth away', () => {
  const answer = whole((body) => body.replace('"acus": 23.25', '"acus": 24.000000000000004'));
  expect([...devinUsage.rows([answer], where)].map(({ product, quantity, cut }) => [product, quantity, cut])).toEqual([
    ['devin', '16.000000', 'rest'],
    ['cascade', '2.250000', 'rest'],
    ['devin', '23.250000', 'rest'],
    [null, '0.750000', 'rest'],
  ]);
});

it('leaves out a day that was not asked for', () => {
  const days = { ...where, ...asking(where.connection, '2026-11-17', '2026-11-18') };
  expect(new Set([...devinUsage.rows([whole((body) => body)], days)].map(({ day }) => day))).toEqual(
    new Set(['2026-11-17']),
  );
});

it('names the member that is missing in an answer', () => {
  const body = recorded('devin/consumption_daily').replaceAll('"acus":', '"units":');
  expect(() => read(devinUsage, body)).toThrow(/consumption_by_date.*0.*acus/s);
});

it('takes more pages without a cursor for a broken answer (case more-pages-but-no-cursor)', () => {
  const body = recorded('devin/members_users.page2').replace('"has_next_page": false', '"has_next_page": true');
  expect(() => read(devinUsage, body)).toThrow(/end_cursor disagree/);
});

it('begins the window anew when members hold more than the whole, and stores nothing of it', () => {
  const short = whole((body) => body.replaceAll('23.25', '3.25'));
  const soFar = [...heard.answers.slice(0, -1), short] as Parameters<typeof devinUsage.next>[0]['soFar'];
  expect(placesOf(devinUsage.next({ ...short, ...where, soFar }))).toEqual(['members/users?first=200']);
  expect(() => [...devinUsage.rows(soFar, where)]).toThrow('on 2026-11-18 the members hold more of devin');
});

it('reads the whole alone with a key that may not list members, and says so', () => {
  const [list = { url: '' }] = heard.asks;
  expect(devinUsage.refused?.({ ...where, asked: list, status: 403, body: '' })).toEqual([]);
  expect(devinUsage.note?.([whole((body) => body).asked], where)).toContain('ViewAccountMembership');
  expect(devinUsage.note?.(heard.asks, where)).toBeNull();
});

it('takes a refusal of the whole, or of one member for want of a right, as one', () => {
  const refused = (asked: { url: string } | undefined, status: number) =>
    devinUsage.refused?.({ ...where, asked: asked ?? { url: '' }, status, body: '' });
  expect([refused(heard.asks.at(-1), 403), refused(heard.asks.at(-1), 404), refused(heard.asks[1], 403)]).toEqual([
    null,
    null,
    null,
  ]);
  expect(refused(heard.asks[1], 404)).toEqual([]);
});

it('probes a run of days by the whole alone', () => {
  const { probe } = devinUsage;
  expect(placesOf(probe?.ask(where) ?? [])).toEqual(['consumption/daily?time_after=1794902400&time_before=1795075200']);
  expect([...(probe?.readings([whole((body) => body)] as never, where) ?? [])]).toEqual([
    { day: '2026-11-17', figure: '["devin","16.000000"]' },
    { day: '2026-11-17', figure: '["cascade","2.250000"]' },
    { day: '2026-11-18', figure: '["devin","23.250000"]' },
  ]);
});
