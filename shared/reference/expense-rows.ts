import { scaled, unscaled } from '../money.ts';
import type { Crypto } from '../platform.ts';
import type { Pseudonyms } from '../pseudonym.ts';
import type { Row } from '../table.ts';
import type { expenses } from '../tables/reference/agreements.ts';
import type { Lines } from './files.ts';
import { providerOf } from './merchants.ts';

/**
 * Card expenses as rows. The file is the truth: two equal lines are two payments, told apart by which of the equal
 * lines they are, so that an id stays the same when other lines come or go, or when a note or provider is mended.
 */
export function expenseRows(
  lines: Lines,
  names: Pseudonyms,
  digest: Crypto['digest'],
): readonly Row<typeof expenses>[] {
  // A card may know somebody by another of their addresses.
  const main = new Map(
    lines['people.csv'].flatMap(({ email, other_emails }) => other_emails.map((other) => [other, email] as const)),
  );
  const seen = new Map<string, number>();
  return lines['expenses.csv'].map(({ day, merchant, amount, currency, person, provider, note }) => {
    const billed = unscaled(scaled(amount, 10), 10);
    const person_id = person === null ? null : names.email(main.get(person) ?? person);
    const content = JSON.stringify([day, merchant, billed, currency, person_id]);
    const occurrence = (seen.get(content) ?? 0) + 1;
    seen.set(content, occurrence);
    return {
      expense_id: `x_${digest(`${content} ${occurrence}`).slice(0, 24)}`,
      day,
      merchant,
      provider: provider ?? providerOf(merchant),
      person_id,
      billed_cost: billed,
      billing_currency: currency,
      note,
    };
  });
}
