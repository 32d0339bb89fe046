import { describe, expect, it } from 'vitest';
import { csvText } from '../../../../local/vendors/company/csv.ts';
import { referenceFiles } from '../../../../local/vendors/company/reference.ts';
import { makeWorld } from '../../../../local/vendors/company/world.ts';
import { providerOf } from '../../../../shared/reference/merchants.ts';
import { checkReference } from '../../../../shared/reference/push.ts';

const files = referenceFiles(makeWorld({ seed: 1, end: '2026-11-24', days: 120, developers: 60 }));
const table = (name: string): readonly (readonly string[])[] =>
  (files[name] ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
const column = (name: string, title: string): readonly string[] => {
  const [header = [], ...rows] = table(name);
  return rows.map((row) => row[header.indexOf(title)] ?? '');
};

describe('the reference files', () => {
  it.each([
    ['people.csv', 'email,name,other_emails,logins,team,started_on,left_on,valid_from,valid_to'],
    ['teams.csv', 'team,name,parent,cost_center,owner,time_zone,channel'],
    [
      'rules.csv',
      'rule,priority,provider,connection,workspace,credential,principal,model,team,cost_center,project,application,split,split_to,valid_from,valid_to',
    ],
    ['budgets.csv', 'budget,scope_kind,scope,monthly_amount,currency,valid_from,valid_to'],
    [
      'contracts.csv',
      'contract,provider,connection,product,kind,term,quantity,unit_price,amount,rate,currency,billed_through,owner,note,valid_from,valid_to',
    ],
    ['expenses.csv', 'day,merchant,amount,currency,person,provider,note'],
    ['planned_events.csv', 'event,scope_kind,scope,kind,starts_on,ends_on,factor,note'],
  ])('%s has the columns of its format', (name, header) => {
    expect(files[name]?.split('\n')[0]).toBe(header);
  });

  it('name only teams that exist, in a tree with one top', () => {
    const teams = column('teams.csv', 'team');
    const named = [...column('people.csv', 'team'), ...column('teams.csv', 'parent'), ...column('rules.csv', 'team')];
    expect(named.filter((team) => team !== '' && !teams.includes(team))).toEqual([]);
    expect(column('teams.csv', 'parent').filter((parent) => parent === '')).toHaveLength(1);
    expect(new Set(teams).size).toBe(teams.length);
  });

  it('give every team an owner who stands in the list of people', () => {
    const people = column('people.csv', 'email').map((email) => email.toLowerCase());
    expect(column('teams.csv', 'owner').filter((owner) => !people.includes(owner))).toEqual([]);
  });

  it('have people who joined, left and changed team, and some without a login', () => {
    expect(column('people.csv', 'left_on').filter((day) => day !== '').length).toBeGreaterThan(0);
    expect(column('people.csv', 'valid_from').filter((day) => day !== '').length).toBeGreaterThan(1);
    const emails = column('people.csv', 'email');
    expect(emails.length - new Set(emails).size).toBeGreaterThan(0);
    expect(column('people.csv', 'logins').filter((logins) => logins === '').length).toBeGreaterThan(1);
  });

  it('are taken in by the product, at every size', () => {
    const counts = [3, 30, 60].map((developers) => {
      const small = referenceFiles(makeWorld({ seed: 7, end: '2026-11-24', days: 60, developers }));
      return checkReference(small)['contracts.csv'].length;
    });
    expect(counts).toEqual([13, 13, 13]);
  });

  it('have card expenses of tools known and unknown, in two currencies, and one that came back', () => {
    const { 'expenses.csv': expenses } = checkReference(files);
    expect(new Set(expenses.map(({ currency }) => currency))).toEqual(new Set(['USD', 'EUR']));
    expect(expenses.filter(({ amount }) => amount.startsWith('-'))).toHaveLength(1);
    expect(new Set(expenses.map(({ merchant, provider }) => provider ?? providerOf(merchant))).has(null)).toBe(true);
    expect(expenses.length).toBeGreaterThan(20);
    expect(expenses.length).toBeLessThan(120);
  });

  it('name each rule once', () => {
    const rules = column('rules.csv', 'rule');
    expect(new Set(rules).size).toBe(rules.length);
  });
});

describe('CSV text', () => {
  it('quotes what would break a row', () => {
    expect(
      csvText(
        ['a', 'b'],
        [
          ['x, y', 'say "so"'],
          [null, 1],
        ],
      ),
    ).toBe('a,b\n"x, y","say ""so"""\n,1\n');
  });
});
