import { expect, it } from 'vitest';
import { mistakesIn } from '../mistakes.ts';

const HEADER =
  'contract,provider,connection,product,kind,term,quantity,unit_price,amount,rate,currency,billed_through,owner,note,valid_from,valid_to\n';
const mistakes = (...lines: readonly string[]) => mistakesIn({ 'contracts.csv': HEADER + lines.join('\n') });

it('takes a good line of every kind', () => {
  expect(
    mistakes(
      's1,cursor,cursor.main,cursor,seats,month,,40,,,USD,,ada@larkspur.test,,2026-01-01,2027-01-01',
      's2,openai,,chatgpt,seats,year,25,300,,,USD,,,,2026-01-01,',
      'c,anthropic,anthropic.main,,commitment,month,,,2000,,USD,,Ada@Larkspur.test,,2026-01-01,',
      'p,openai,,,prepaid,once,,,10000,,USD,,,,2026-01-01,2027-01-01',
      'd,anthropic,,,discount,,,,,0.08,USD,,,,,',
      't,anthropic,,,tax,,,,,1,USD,,,,,',
      'k,openai,,chatgpt,credit_price,,,0.04,,,USD,,,,,',
      'b,copilot,,,biller,,,,,,USD,azure,,,,',
    ),
  ).toEqual([]);
});

it('takes a price that changes, one time after the other', () => {
  expect(
    mistakes(
      's,cursor,,cursor,seats,,,32,,,USD,,,,2025-01-01,2026-01-01',
      's,cursor,,cursor,seats,,,40,,,USD,,,,2026-01-01,',
    ),
  ).toEqual([]);
});

it.each([
  [
    'seats without a price',
    's,cursor,,,seats,,10,,,,USD,,,,,',
    'line 2, unit_price: must be given for seats: the price of one seat a term, such as 19',
  ],
  [
    'a commitment without an amount',
    'c,anthropic,,,commitment,,,,,,USD,,,,,',
    'line 2, amount: must be given for commitment: what is owed each term, whether used or not, such as 5000',
  ],
  [
    'prepaid money without an amount',
    'p,openai,,,prepaid,once,,,,,USD,,,,,',
    'line 2, amount: must be given for prepaid: what was paid before, such as 10000',
  ],
  ['a commitment of nothing', 'c,anthropic,,,commitment,,,,0.00,,USD,,,,,', "line 2, amount ('0.00'): must be above 0"],
  [
    'a discount without a rate',
    'd,openai,,,discount,,,,,,USD,,,,,',
    'line 2, rate: must be given for discount: the share taken off, such as 0.15',
  ],
  [
    'a discount in per cent',
    'd,openai,,,discount,,,,,15,USD,,,,,',
    "line 2, rate ('15'): must be above 0 and at most 1: a discount of 15 % is 0.15",
  ],
  [
    'a tax of nothing',
    't,openai,,,tax,,,,,0,USD,,,,,',
    "line 2, rate ('0'): must be above 0 and at most 1: a tax of 15 % is 0.15",
  ],
  ['a negative rate', 't,openai,,,tax,,,,,-0.1,USD,,,,,', "line 2, rate ('-0.1'): must be a share such as 0.15"],
  [
    'a credit price without a product',
    'k,openai,,,credit_price,,,0.04,,,USD,,,,,',
    'line 2, product: must be given for credit_price: whose credits they are, such as codex or devin',
  ],
  [
    'a credit price without a price',
    'k,openai,,chatgpt,credit_price,,,,,,USD,,,,,',
    'line 2, unit_price: must be given for credit_price: the price of one credit, such as 0.04',
  ],
  ['credits for nothing', 'k,openai,,chatgpt,credit_price,,,0,,,USD,,,,,', "line 2, unit_price ('0'): must be above 0"],
  [
    'a biller that is nobody',
    'b,copilot,,,biller,,,,,,USD,,,,,',
    'line 2, billed_through: must be given for biller: who bills it, such as aws_marketplace or the connection openrouter.main',
  ],
  [
    'a figure that would be ignored',
    's,cursor,,,seats,,,40,400,,USD,,,,,',
    "line 2, amount ('400'): must be empty for seats, which has no such figure",
  ],
  [
    'no seats at all',
    's,cursor,,,seats,,0,40,,,USD,,,,,',
    "line 2, quantity ('0'): must be above 0, or empty for as many seats as the vendor says are held",
  ],
  [
    "another vendor's connection",
    's,cursor,openai.main,,seats,,,40,,,USD,,,,,',
    "line 2, connection ('openai.main'): must be a connection of the provider, such as cursor.main",
  ],
  [
    'an owner nobody knows',
    's,cursor,,,seats,,,40,,,USD,,eve@larkspur.test,,,',
    "line 2, owner ('eve@larkspur.test'): must be a person of people.csv",
  ],
  [
    'a time that ends before it begins',
    's,cursor,,,seats,,,40,,,USD,,,,2026-02-01,2026-02-01',
    "line 2, valid_to ('2026-02-01'): must be after valid_from, 2026-02-01: it is the first day it no longer holds",
  ],
  [
    'a currency in words',
    's,cursor,,,seats,,,40,,,dollars,,,,,',
    "line 2, currency ('dollars'): must be a currency code such as USD",
  ],
])('refuses %s', (_name, line, says) => {
  expect(mistakes(line)).toEqual([`contracts.csv, ${says}`]);
});

it('refuses two prices of one contract on one day', () => {
  expect(
    mistakes('s,cursor,,,seats,,,32,,,USD,,,,2025-01-01,2026-03-01', 's,cursor,,,seats,,,40,,,USD,,,,2026-01-01,'),
  ).toEqual([
    "contracts.csv, line 3, valid_from ('2026-01-01'): overlaps line 2 (2025-01-01 to 2026-03-01); a contract line says one thing a day",
  ]);
});
