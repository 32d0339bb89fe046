import { budgetsOf } from './checks/budgets.ts';
import { contractsOf } from './checks/contracts.ts';
import { expensesOf } from './checks/expenses.ts';
import { fxOf } from './checks/fx.ts';
import { peopleOf } from './checks/people.ts';
import { plannedEventsOf } from './checks/planned-events.ts';
import { pricesOf } from './checks/prices.ts';
import { rulesOf } from './checks/rules.ts';
import { teamsOf } from './checks/teams.ts';
import type { Lines } from './files.ts';
import type { Problem } from './problem.ts';

/** Checks the files against each other: what one names the other must have, and no two lines may say different things of the same day. */
export function checkTogether(lines: Lines): Problem[] {
  return [
    ...teamsOf(lines),
    ...peopleOf(lines),
    ...rulesOf(lines),
    ...budgetsOf(lines),
    ...contractsOf(lines),
    ...expensesOf(lines),
    ...fxOf(lines),
    ...plannedEventsOf(lines),
    ...pricesOf(lines),
  ];
}
