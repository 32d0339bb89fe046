import { scaled } from '../../money.ts';
import type { Line, Lines } from '../files.ts';
import type { Problem } from '../problem.ts';
import { backwards, overlaps } from './dated.ts';
import { problem, unknownPerson } from './said.ts';

type Contract = Line<'contracts.csv'>;
type Kind = Contract['kind'];
type Figure = 'quantity' | 'unit_price' | 'amount' | 'rate';
type Needed = Figure | 'product' | 'billed_through';

const FIGURES: readonly Figure[] = ['quantity', 'unit_price', 'amount', 'rate'];

/** What a line of each kind must give, in words, and which other figure it may give. Any other figure would be ignored, and is refused. */
const KINDS: Readonly<
  Record<Kind, { readonly needs: Readonly<Partial<Record<Needed, string>>>; readonly may?: Figure }>
> = {
  seats: { needs: { unit_price: 'the price of one seat a term, such as 19' }, may: 'quantity' },
  commitment: { needs: { amount: 'what is owed each term, whether used or not, such as 5000' } },
  prepaid: { needs: { amount: 'what was paid before, such as 10000' } },
  discount: { needs: { rate: 'the share taken off, such as 0.15' } },
  tax: { needs: { rate: 'the share put on, such as 0.19' } },
  credit_price: {
    needs: {
      unit_price: 'the price of one credit, such as 0.04',
      product: 'whose credits they are, such as codex or devin',
    },
  },
  biller: { needs: { billed_through: 'who bills it, such as aws_marketplace or the connection openrouter.main' } },
};

/** contracts.csv: each line gives what its kind needs and nothing it would ignore, and says one thing a day. */
export function contractsOf(lines: Lines): Problem[] {
  const contracts = lines['contracts.csv'];
  return [
    ...contracts.flatMap((contract) => [
      ...figuresOf(contract),
      ...scopeOf(contract),
      ...unknownPerson(lines, 'contracts.csv', contract.line, 'owner', contract.owner),
      ...backwards('contracts.csv', contract),
    ]),
    ...overlaps('contracts.csv', contracts, ({ contract }) => contract, 'a contract line says one thing a day'),
  ];
}

const wrong = ({ line }: Contract, column: keyof Contract, value: string | null, says: string): Problem =>
  problem('contracts.csv', line, column, value, says);

function figuresOf(contract: Contract): Problem[] {
  const { kind } = contract;
  const { needs, may } = KINDS[kind];
  const missing = (Object.entries(needs) as [Needed, string][])
    .filter(([column]) => contract[column] === null)
    .map(([column, what]) => wrong(contract, column, null, `must be given for ${kind}: ${what}`));
  const surplus = FIGURES.filter((column) => contract[column] !== null && !(column in needs) && column !== may).map(
    (column) => wrong(contract, column, contract[column], `must be empty for ${kind}, which has no such figure`),
  );
  return [...missing, ...surplus, ...sizesOf(contract)];
}

/** A commitment of nothing, a discount of more than everything, and a price of nothing for something bought are slips of the pen. */
function sizesOf(contract: Contract): Problem[] {
  const { kind, amount, rate, quantity, unit_price } = contract;
  const problems: Problem[] = [];
  if (amount !== null && isZero(amount, 10)) problems.push(wrong(contract, 'amount', amount, 'must be above 0'));
  if (rate !== null && (isZero(rate, 10) || scaled(rate, 10) > 10_000_000_000n))
    problems.push(wrong(contract, 'rate', rate, `must be above 0 and at most 1: a ${kind} of 15 % is 0.15`));
  if (quantity !== null && isZero(quantity, 6))
    problems.push(
      wrong(contract, 'quantity', quantity, 'must be above 0, or empty for as many seats as the vendor says are held'),
    );
  if (kind === 'credit_price' && unit_price !== null && isZero(unit_price, 14))
    problems.push(wrong(contract, 'unit_price', unit_price, 'must be above 0'));
  return problems;
}

function scopeOf(contract: Contract): Problem[] {
  const { connection, provider } = contract;
  return connection === null || connection.startsWith(`${provider}.`)
    ? []
    : [wrong(contract, 'connection', connection, `must be a connection of the provider, such as ${provider}.main`)];
}

// The file's reader has made sure that a figure is a decimal of so many places.
const isZero = (value: string, places: number): boolean => scaled(value, places) === 0n;
