import { scaled } from '../../money.ts';
import type { Lines } from '../files.ts';
import type { Problem } from '../problem.ts';
import { problem } from './said.ts';

/** expenses.csv: something was paid or came back, and whoever paid is a person of ours, by any of their addresses. */
export function expensesOf(lines: Lines): Problem[] {
  const known = new Set(lines['people.csv'].flatMap(({ email, other_emails }) => [email, ...other_emails]));
  return lines['expenses.csv'].flatMap(({ line, amount, person }) => [
    ...(scaled(amount, 10) === 0n
      ? [problem('expenses.csv', line, 'amount', amount, 'must not be 0: nothing was paid and nothing came back')]
      : []),
    ...(person === null || known.has(person)
      ? []
      : [problem('expenses.csv', line, 'person', person, 'must be an address of a person of people.csv, or empty')]),
  ]);
}
