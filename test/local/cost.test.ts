import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bill, total } from '../../local/cost/bill.ts';
import { table, USUAL } from '../../local/cost.ts';

describe('npm run cost', () => {
  it('gives the table that docs/cost.md shows', () => {
    expect(readFileSync('docs/cost.md', 'utf8')).toContain(table(bill(USUAL)));
  });

  it('charges what is above the free amount, and all of it where the account has used that up', () => {
    const of = (freeTier: boolean) => bill({ ...USUAL, freeTier }).find(({ service }) => service === 'SQS (FIFO)');
    expect([of(true)?.cost.toFixed(2), of(false)?.cost.toFixed(2)]).toEqual(['1.15', '1.65']);
  });

  it('grows by a secret and its requests with each connection, not by a fifth', () => {
    const more = total(bill({ ...USUAL, connections: 6 })) - total(bill(USUAL));
    expect(more).toBeGreaterThan(0.4);
    expect(more).toBeLessThan(0.7);
  });
});
