import { describe, expect, it } from 'vitest';
import type { AnyRow } from '../../../shared/table.ts';
import { asked, contract } from './contracts-world.ts';
import { events, summed } from './ledger-lake.ts';

describe('seats', () => {
  const seat = (day: string, principal_id: string | null) => ({ day, principal_id, assigned_at: null });
  const bought = (more: AnyRow) => [contract('seats', { unit_price: '40', ...more })];

  it('cost their holders by the day, sum to the month, and unused ones are nobody’s', async () => {
    expect(
      await summed(
        {
          collection_status: asked('cursor.main'),
          contracts: bought({ quantity: '5' }),
          seats: [seat('2026-11-01', 'p_ana'), seat('2026-11-01', 'p_ben'), seat('2026-11-16', 'p_ana')],
        },
        'principal_id, basis, reason, charge_category, charge_frequency',
      ),
    ).toEqual(
      [
        { principal_id: 'p_ana', basis: 'direct', reason: null, cost: '40.0000000000' },
        { principal_id: 'p_ben', basis: 'direct', reason: null, cost: '19.9999999995' },
        { principal_id: null, basis: 'unattributed', reason: 'unused_seats', cost: '140.0000000005' },
      ].map(({ cost, ...row }) => ({
        ...row,
        ...{ charge_category: 'Purchase', charge_frequency: 'Recurring', billed: cost, effective: cost },
      })),
    );
  });

  it('are as many as the directory says where the contract counts none, up to the last day asked for', async () => {
    expect(
      await summed(
        {
          collection_status: asked('cursor.main', 15),
          contracts: bought({}),
          seats: [seat('2026-11-01', 'p_ana'), seat('2026-11-10', 'p_ana'), seat('2026-11-10', null)],
        },
        'principal_id, reason',
      ),
    ).toEqual([
      { principal_id: 'p_ana', reason: null, billed: '19.9999999995', effective: '19.9999999995' },
      { principal_id: null, reason: 'unused_seats', billed: '7.9999999998', effective: '7.9999999998' },
    ]);
  });

  it('are spread over who uses what they cover where no directory tells the holders', async () => {
    expect(
      await summed(
        {
          collection_status: asked('cursor.main'),
          contracts: bought({ quantity: '3', connection_id: 'cursor.main' }),
          usage: [
            ...events('p_ana', 'covered', '3000000', '1', '0'),
            ...events('p_ben', 'covered', '1000000', '9', '0'),
          ],
        },
        'principal_id, charge_category, basis',
      ),
    ).toEqual([
      {
        principal_id: 'p_ana',
        charge_category: 'Purchase',
        basis: 'derived',
        billed: '89.9999999993',
        effective: '89.9999999993',
      },
      {
        principal_id: 'p_ana',
        charge_category: 'Usage',
        basis: 'covered',
        billed: '0.0000000000',
        effective: '0.0000000000',
      },
      {
        principal_id: 'p_ben',
        charge_category: 'Purchase',
        basis: 'derived',
        billed: '30.0000000007',
        effective: '30.0000000007',
      },
      {
        principal_id: 'p_ben',
        charge_category: 'Usage',
        basis: 'covered',
        billed: '0.0000000000',
        effective: '0.0000000000',
      },
    ]);
  });

  it('stay whole where nobody is known to hold or use one', async () => {
    expect(
      await summed({ collection_status: asked('cursor.main'), contracts: bought({ quantity: '1' }) }, 'basis, reason'),
    ).toEqual([
      { basis: 'unattributed', reason: 'no_seat_holder', billed: '40.0000000000', effective: '40.0000000000' },
    ]);
  });

  it('of a year are billed on its first day and spent day by day', async () => {
    expect(
      await summed(
        {
          collection_status: asked('cursor.main'),
          contracts: bought({ term: 'year', unit_price: '1200', valid_from: '2025-11-10' }),
          seats: [seat('2026-11-01', 'p_ana')],
        },
        'principal_id, reason, charge_description',
      ),
    ).toEqual([
      {
        ...{ principal_id: 'p_ana', reason: null, charge_description: 'Seats' },
        ...{ billed: '0.0000000000', effective: '100.0000000000' },
      },
      {
        ...{ principal_id: null, reason: 'paid_ahead', charge_description: 'Seats, paid ahead' },
        ...{ billed: '1200.0000000000', effective: '0.0000000000' },
      },
    ]);
  });

  it('that the ledger bills go to the holders of the day', async () => {
    const of = { connection_id: 'copilot.main', provider: 'copilot' };
    expect(
      await summed(
        {
          costs: [
            {
              ...{ ...of, source: 'copilot_costs', product: 'copilot', meter: 'seat_months', quantity: '0.1' },
              ...{ charge_category: 'Purchase', charge_frequency: 'Recurring', billed_cost: '1.9' },
            },
          ],
          seats: ['u_ana', 'u_ben', null].map((principal_id) => ({
            ...{ ...of, source: 'copilot_seats', product: 'copilot', day: '2026-11-20', principal_id },
          })),
        },
        'principal_id, basis, reason',
      ),
    ).toEqual([
      { principal_id: 'u_ana', basis: 'derived', reason: null, billed: '0.6333333334', effective: '0.6333333334' },
      { principal_id: 'u_ben', basis: 'derived', reason: null, billed: '0.6333333333', effective: '0.6333333333' },
      {
        principal_id: null,
        basis: 'unattributed',
        reason: 'unused_seats',
        billed: '0.6333333333',
        effective: '0.6333333333',
      },
    ]);
  });
});
