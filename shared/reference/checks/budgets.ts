import type { Lines } from '../files.ts';
import type { Problem } from '../problem.ts';
import { backwards, overlaps } from './dated.ts';
import { problem, unknownTeam } from './said.ts';

/** budgets.csv: one amount a day for each budget, of a scope that is there. */
export function budgetsOf(lines: Lines): Problem[] {
  const centers = new Set([...lines['teams.csv'], ...lines['rules.csv']].map(({ cost_center }) => cost_center));
  const budgets = lines['budgets.csv'];
  return [
    ...overlaps('budgets.csv', budgets, ({ budget }) => budget, 'a budget has one amount a day'),
    ...budgets.flatMap((budget) => {
      const { line, scope_kind, scope } = budget;
      const problems = backwards('budgets.csv', budget);
      if (scope_kind === 'company' && scope !== null)
        problems.push(problem('budgets.csv', line, 'scope', scope, 'must be empty for the company'));
      if (scope_kind === 'team') problems.push(...unknownTeam(lines, 'budgets.csv', line, 'scope', scope ?? ''));
      if (scope_kind === 'cost_center' && !centers.has(scope))
        problems.push(problem('budgets.csv', line, 'scope', scope, 'must be a cost centre of teams.csv or rules.csv'));
      return problems;
    }),
  ];
}
