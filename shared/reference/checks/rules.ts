import { scaled } from '../../money.ts';
import type { Lines } from '../files.ts';
import type { Problem } from '../problem.ts';
import { backwards, overlaps } from './dated.ts';
import { problem, unknownTeam } from './said.ts';

/** What a rule for the AWS bill may not name: nothing of the bill has it, so that the rule would give more than it says. */
const NOT_OF_A_BILL = ['connection', 'credential', 'model'] as const;

/** rules.csv: each rule gives or splits, and fixed shares sum to 1. */
export function rulesOf(lines: Lines): Problem[] {
  const rules = lines['rules.csv'];
  const problems = overlaps('rules.csv', rules, ({ rule }) => rule, 'a rule says one thing a day');
  for (const rule of rules) {
    const { line, team, split, split_to } = rule;
    problems.push(...backwards('rules.csv', rule));
    if (team !== null) problems.push(...unknownTeam(lines, 'rules.csv', line, 'team', team));
    for (const part of split_to)
      problems.push(...unknownTeam(lines, 'rules.csv', line, 'split_to', part.split(':')[0] ?? ''));
    if (rule.provider === 'aws')
      for (const column of NOT_OF_A_BILL)
        if (rule[column] !== null)
          problems.push(
            problem(
              'rules.csv',
              line,
              column,
              rule[column],
              'must be empty for provider aws, whose bill has none: name the account as workspace, the caller as principal',
            ),
          );
    if (team !== null && split !== null)
      problems.push(
        problem('rules.csv', line, 'split', split, 'must be empty where a team is named: a rule gives or splits'),
      );
    if (split === null && split_to.length > 0)
      problems.push(problem('rules.csv', line, 'split_to', split_to.join(';'), 'must be empty without a split'));
    if (split === null && [team, rule.cost_center, rule.project, rule.application].every((given) => given === null)) {
      problems.push(
        problem('rules.csv', line, 'team', null, 'must name a team, cost centre, project or application, or a split'),
      );
    }
    if (split !== null && new Set(split_to.map((part) => part.split(':')[0])).size < split_to.length) {
      problems.push(problem('rules.csv', line, 'split_to', split_to.join(';'), 'must name each team once'));
    }
    if (split === 'fixed') problems.push(...sharesOf(line, split_to));
    else if (split_to.some((part) => part.includes(':')))
      problems.push(
        problem(
          'rules.csv',
          line,
          'split_to',
          split_to.join(';'),
          `must name teams without shares: ${split} works them out`,
        ),
      );
  }
  return problems;
}

function sharesOf(line: number, split: readonly string[]): Problem[] {
  const value = split.join(';');
  if (split.length === 0 || split.some((part) => !part.includes(':')))
    return [problem('rules.csv', line, 'split_to', value, 'must be team:share for each team')];
  const total = split.reduce((sum, part) => sum + scaled(part.split(':')[1] ?? '0', 10), 0n);
  return total === 10_000_000_000n
    ? []
    : [problem('rules.csv', line, 'split_to', value, 'must have shares that sum to 1')];
}
