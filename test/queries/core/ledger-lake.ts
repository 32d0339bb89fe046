import { expect } from 'vitest';
import type { AnyRow } from '../../../shared/table.ts';
import { type Given, lakeOf } from '../lake.ts';
import { cursor, STANDING } from './contracts-world.ts';

/** Checks that hold in every world of a ledger. */
const CHECKS = ['totals_tie_out', 'spread_sums_to_ledger', 'ledger_has_every_line', 'focus_rules', 'one_biller'];

async function settled(given: Given) {
  const lake = await lakeOf({ ...STANDING, ...given });
  const says = await Promise.all(CHECKS.map((check) => lake.rows(`select says from ${check}`)));
  expect(says.flat()).toEqual([]);
  return lake;
}

/** Charges of a lake that no check speaks of. */
export async function charged(
  given: Given,
  columns = 'principal_id, meter, list_cost, billed_cost, effective_cost, basis, reason, status',
) {
  const lake = await settled(given);
  return lake.rows(
    `select ${columns} from charges order by day, principal_id, meter, charge_category, list_cost, workspace_id nulls first`,
  );
}

/** What is billed and spent of a lake that no check speaks of, by some columns of its charges. */
export async function summed(given: Given, by: string) {
  const lake = await settled(given);
  return lake.rows(
    `select ${by}, sum(billed_cost) as billed, sum(effective_cost) as effective from charges group by ${by} order by ${by}`,
  );
}

/** A use at Cursor as its events tell it: tokens, and the money on the requests. */
export const events = (
  principal_id: string | null,
  claim: string,
  tokens: string,
  requests: string,
  cost: string | null,
): AnyRow[] => [
  { ...cursor, principal_id, claim, model: 'sonnet', meter: 'input_tokens', quantity: tokens },
  { ...cursor, principal_id, claim, model: 'sonnet', meter: 'requests', quantity: requests, claimed_cost: cost },
];
