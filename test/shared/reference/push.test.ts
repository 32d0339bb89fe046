import { describe, expect, it } from 'vitest';
import { bytesIn } from '../../../shared/bytes.ts';
import type { Platform } from '../../../shared/platform.ts';
import { pseudonyms } from '../../../shared/pseudonym.ts';
import { ReferenceRefused } from '../../../shared/reference/problem.ts';
import { checkReference, pushReference } from '../../../shared/reference/push.ts';
import type { AnyRow, Table } from '../../../shared/table.ts';
import { identities, people, personHints, rules, teams } from '../../../shared/tables/index.ts';
import { testPlatform } from '../../platform/index.ts';

const good = {
  'people.csv': `email,name,other_emails,logins,team,started_on,left_on,valid_from,valid_to
Ada@Larkspur.test,Ada Lovelace,ada@home.test,github:ada-l,search,,,,2026-10-01
ada@larkspur.test,Ada Lovelace,,,data,,,2026-10-01,
`,
  'teams.csv': `team,name,parent,cost_center,owner,time_zone,channel
engineering,Engineering,,CC-1,,,
search,Search,engineering,,ada@larkspur.test,Europe/Berlin,#search
data,"Data, and AI",engineering,CC-2,,,
`,
  'rules.csv': `rule,priority,provider,connection,workspace,credential,principal,model,team,cost_center,project,application,split,split_to,valid_from,valid_to
ci,10,anthropic,,wrkspc_1,,,,,,ci,,fixed,search:0.6;data:0.4,,
bot,20,,,,key_1,,,search,,,,,,,
`,
};
const range = { from: '2026-11-01', to: '2026-11-03' };
const rowsIn = async (platform: Platform, table: Table, key: string): Promise<AnyRow[]> => {
  const stored = await platform.objects.get(key);
  return stored === null ? [] : platform.codec.readParquet(table, stored.body);
};
const mistakes = (files: Record<string, string>): string[] => {
  try {
    checkReference({ ...good, ...files });
    return [];
  } catch (error) {
    return (error as ReferenceRefused).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
};

describe('pushReference', () => {
  it('takes names out: teams and hints by pseudonym, addresses in identities alone', async () => {
    const { platform, bucket } = testPlatform();
    await pushReference(platform, good, range);
    const names = pseudonyms(platform.crypto);
    const ada = names.email('ada@larkspur.test');
    expect(await rowsIn(platform, people, 'reference/people/data.parquet')).toEqual([
      {
        person_id: ada,
        team_id: 'search',
        started_on: null,
        left_on: null,
        valid_from: '0001-01-01',
        valid_to: '2026-10-01',
      },
      {
        person_id: ada,
        team_id: 'data',
        started_on: null,
        left_on: null,
        valid_from: '2026-10-01',
        valid_to: '9999-12-31',
      },
    ]);
    expect(
      (await rowsIn(platform, personHints, 'reference/person_hints/data.parquet')).map(({ hint }) => hint).sort(),
    ).toEqual(
      [ada, names.email('ada@home.test'), names.login('github', 'ada-l'), names.user('github', 'ada-l')].sort(),
    );
    expect(await rowsIn(platform, identities, 'identities/identities/people.parquet')).toMatchObject([
      { id: ada, email: 'ada@larkspur.test', name: 'Ada Lovelace' },
    ]);
    const elsewhere = await Promise.all(
      [...bucket.keys()]
        .filter((key) => !key.startsWith('identities/'))
        .map(async (key) => {
          const stored = await platform.objects.get(key);
          return stored === null ? '' : Buffer.from(await bytesIn(stored.body)).toString('latin1');
        }),
    );
    expect(elsewhere.filter((text) => /ada@|Lovelace/i.test(text))).toEqual([]);
  });

  it('flattens the tree of teams and unrolls splits', async () => {
    const { platform } = testPlatform();
    await pushReference(platform, good, range);
    expect(
      (await rowsIn(platform, teams, 'reference/teams/data.parquet')).map(
        ({ team_id, path, cost_center, time_zone }) => ({ team_id, path, cost_center, time_zone }),
      ),
    ).toEqual([
      { team_id: 'data', path: 'engineering/data/', cost_center: 'CC-2', time_zone: 'UTC' },
      { team_id: 'engineering', path: 'engineering/', cost_center: 'CC-1', time_zone: 'UTC' },
      { team_id: 'search', path: 'engineering/search/', cost_center: 'CC-1', time_zone: 'Europe/Berlin' },
    ]);
    expect(
      (await rowsIn(platform, rules, 'reference/rules/data.parquet')).map(({ rule_id, method, team_id, share }) => ({
        rule_id,
        method,
        team_id,
        share,
      })),
    ).toEqual([
      { rule_id: 'ci', method: 'fixed', team_id: 'data', share: '0.4000000000' },
      { rule_id: 'ci', method: 'fixed', team_id: 'search', share: '0.6000000000' },
      { rule_id: 'bot', method: 'assign', team_id: 'search', share: null },
    ]);
  });

  it('ranks rules of equal priority by id, so that one order holds', async () => {
    const { platform } = testPlatform();
    await pushReference(platform, { ...good, 'rules.csv': good['rules.csv'].replaceAll(/,(10|20),/g, ',50,') }, range);
    expect(
      (await rowsIn(platform, rules, 'reference/rules/data.parquet')).map(({ rule_id, priority }) => [
        rule_id,
        priority,
      ]),
    ).toEqual([
      ['bot', 1],
      ['ci', 2],
      ['ci', 2],
    ]);
  });

  it('changes nothing when the same files come again, and names the table that differs when one does', async () => {
    const { platform } = testPlatform();
    const first = await pushReference(platform, good, range);
    expect((await pushReference(platform, good, range)).changed).toEqual([]);
    const other = await pushReference(
      platform,
      { ...good, 'teams.csv': good['teams.csv'].replace('CC-2', 'CC-3') },
      range,
    );
    expect(other.changed).toEqual(['teams']);
    expect(other.version).not.toBe(first.version);
  });

  it('takes nothing in when one file is wrong', async () => {
    const { platform, bucket } = testPlatform();
    await expect(pushReference(platform, { ...good, 'teams.csv': 'team\nsearch\n' }, range)).rejects.toThrow(
      ReferenceRefused,
    );
    expect([...bucket.keys()]).toEqual([]);
  });

  it('leaves an erased person out of identities', async () => {
    const { platform } = testPlatform();
    await platform.state.update(
      { group: 'tombstone', key: pseudonyms(platform.crypto).email('ada@larkspur.test') },
      {},
      null,
    );
    await pushReference(platform, good, range);
    expect(await rowsIn(platform, identities, 'identities/identities/people.parquet')).toEqual([]);
  });
});

describe('checkReference', () => {
  const person = 'email,name,other_emails,logins,team,started_on,left_on,valid_from,valid_to\n';
  const team = 'team,name,parent,cost_center,owner,time_zone,channel\n';
  const rule =
    'rule,priority,provider,connection,workspace,credential,principal,model,team,cost_center,project,application,split,split_to,valid_from,valid_to\n';
  const budget = 'budget,scope_kind,scope,monthly_amount,currency,valid_from,valid_to\n';
  const event = 'event,scope_kind,scope,kind,starts_on,ends_on,factor,note\n';

  it.each([
    [
      'a team nobody has',
      { 'people.csv': `${person}a@x.test,A,,,nowhere,,,,\n` },
      "people.csv, line 2, team ('nowhere'): must be a team of teams.csv",
    ],
    [
      'a day that does not exist',
      { 'people.csv': `${person}a@x.test,A,,,search,,,2026-02-30,\n` },
      "people.csv, line 2, valid_from ('2026-02-30'): must be a day such as 2026-11-24",
    ],
    [
      'an address that is none',
      { 'people.csv': `${person}ada,A,,,search,,,,\n` },
      "people.csv, line 2, email ('ada'): must be an e-mail address",
    ],
    [
      'two teams on one day',
      { 'people.csv': `${person}a@x.test,A,,,search,,,2026-01-01,2026-06-01\na@x.test,A,,,data,,,2026-05-01,\n` },
      "people.csv, line 3, valid_from ('2026-05-01'): overlaps line 2 (2026-01-01 to 2026-06-01); a person is in one team a day",
    ],
    [
      'one login of two people',
      { 'people.csv': `${person}a@x.test,A,,github:m,search,,,,\nb@x.test,B,,github:M,data,,,,\n` },
      "people.csv, line 3, logins ('github:m'): belongs to another person on line 2",
    ],
    [
      'a circle of teams',
      { 'teams.csv': `${team}search,S,data,CC,,,\ndata,D,search,CC,,,\n` },
      "teams.csv, line 2, parent ('data'): leads back to the team itself; teams must be a tree",
    ],
    [
      'a zone that is none',
      { 'teams.csv': `${team}search,S,,CC,,Berlin,\ndata,D,,CC,,,\n` },
      "teams.csv, line 2, time_zone ('Berlin'): must be an IANA time zone such as Europe/Berlin",
    ],
    [
      'shares that are not whole',
      { 'rules.csv': `${rule}r,1,,,,,,,,,,,fixed,search:0.5;data:0.4,,\n` },
      "rules.csv, line 2, split_to ('search:0.5;data:0.4'): must have shares that sum to 1",
    ],
    [
      'a budget of nothing',
      { 'budgets.csv': `${budget}b,team,search,0,USD,,\n` },
      "budgets.csv, line 2, monthly_amount ('0'): must be an amount above 0",
    ],
    [
      'an event that ends before it starts',
      { 'planned_events.csv': `${event}e,company,,launch,2026-11-02,2026-11-02,,\n` },
      "planned_events.csv, line 2, ends_on ('2026-11-02'): must be after starts_on, 2026-11-02: it is the first day after",
    ],
    [
      'a missing column',
      { 'budgets.csv': 'budget,scope\nb,c\n' },
      'budgets.csv: lacks the columns scope_kind, monthly_amount, currency, valid_from, valid_to',
    ],
    [
      'a file nobody knows',
      { 'peeple.csv': 'a\n' },
      'peeple.csv: is not a reference file; there are people.csv, teams.csv, rules.csv, budgets.csv, contracts.csv, expenses.csv, fx.csv, planned_events.csv, prices.csv',
    ],
    [
      'a line too short',
      { 'budgets.csv': `${budget}b,team\n` },
      'budgets.csv, line 2: has 2 cells where the header has 7',
    ],
    [
      'a quote left open',
      { 'budgets.csv': `${budget}"b,team,search,1,USD,,\n` },
      'budgets.csv, line 2: has a quote that is never closed',
    ],
  ])('refuses %s', (_name, files, says) => {
    expect(mistakes(files)).toContain(says);
  });

  it('takes the good files', () => {
    expect(mistakes({})).toEqual([]);
  });
});
