import { expect, it } from 'vitest';
import { mistakesIn } from '../mistakes.ts';

const HEADER =
  'rule,priority,provider,connection,workspace,credential,principal,model,team,cost_center,project,application,split,split_to,valid_from,valid_to\n';
const mistakes = (line: string) => mistakesIn({ 'rules.csv': HEADER + line });

it('lets a rule for the AWS bill name account and caller', () => {
  expect(mistakes('shared-account,10,aws,,111122223333,,role/Builder,,search,,,,,,,')).toEqual([]);
});

it.each([
  ['connection', 'shared,10,aws,aws.main,,,,,search,,,,,,,', 'aws.main'],
  ['credential', 'shared,10,aws,,,key_1,,,search,,,,,,,', 'key_1'],
  ['model', 'shared,10,aws,,,,,claude-opus-5-5,search,,,,,,,', 'claude-opus-5-5'],
])('refuses a rule for the AWS bill that names a %s, which it would ignore', (column, line, value) => {
  expect(mistakes(line)).toEqual([
    `rules.csv, line 2, ${column} ('${value}'): must be empty for provider aws, whose bill has none: name the account as workspace, the caller as principal`,
  ]);
});

it('lets a rule for any other vendor name them', () => {
  expect(mistakes('ci,10,openai,openai.main,,key_1,,gpt-6.1-sol,search,,,,,,,')).toEqual([]);
});
