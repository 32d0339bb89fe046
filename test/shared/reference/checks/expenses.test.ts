import { expect, it } from 'vitest';
import { mistakesIn } from '../mistakes.ts';

const mistakes = (line: string) =>
  mistakesIn({ 'expenses.csv': `day,merchant,amount,currency,person,provider,note\n${line}\n` });

it.each([
  ['a payment', '2026-11-03,OPENAI,20.00,USD,ada@larkspur.test,,'],
  ['a refund', '2026-11-03,OPENAI,-20.00,USD,ada@larkspur.test,,'],
  ['another address of a person, in other letters', '2026-11-03,OPENAI,20,EUR,Ada@HOME.test,openai,for a talk'],
  ['a payment of nobody knows whom', '2026-11-03,OPENAI,20,USD,,,'],
])('takes %s', (_name, line) => {
  expect(mistakes(line)).toEqual([]);
});

it.each([
  [
    'nothing paid',
    '2026-11-03,OPENAI,0.00,USD,,,',
    "amount ('0.00'): must not be 0: nothing was paid and nothing came back",
  ],
  [
    'somebody nobody knows',
    '2026-11-03,OPENAI,20,USD,eve@larkspur.test,,',
    "person ('eve@larkspur.test'): must be an address of a person of people.csv, or empty",
  ],
  [
    'a thousands separator',
    '2026-11-03,OPENAI,"1,200.00",USD,,,',
    "amount ('1,200.00'): must be an amount such as 20.00, without a thousands separator; minus for a refund",
  ],
  [
    'no amount, which is not 0',
    '2026-11-03,OPENAI,,USD,,,',
    "amount (''): must be an amount such as 20.00, without a thousands separator; minus for a refund",
  ],
  ['no merchant', '2026-11-03,,20,USD,,,', "merchant (''): must not be empty"],
  ['a currency sign', '2026-11-03,OPENAI,20,$,,,', "currency ('$'): must be a currency code such as USD"],
  ['a day that does not exist', '2026-11-31,OPENAI,20,USD,,,', "day ('2026-11-31'): must be a day such as 2026-11-24"],
])('refuses %s', (_name, line, says) => {
  expect(mistakes(line)).toEqual([`expenses.csv, line 2, ${says}`]);
});
