import { METERS } from '../meters.ts';
import { scaled } from '../money.ts';
import type { FileName, Lines } from './files.ts';
import type { Problem } from './problem.ts';

/** Checks the files against each other: what one names the other must have, and no two lines may say different things of the same day. */
export function checkTogether(lines: Lines): Problem[] {
  return [
    ...teamsOf(lines),
    ...peopleOf(lines),
    ...rulesOf(lines),
    ...budgetsOf(lines),
    ...eventsOf(lines),
    ...pricesOf(lines),
  ];
}

const problem = (file: FileName, line: number, column: string, value: string | null, says: string): Problem => ({
  file,
  line,
  column,
  value,
  says,
});

function unknownTeam(lines: Lines, file: FileName, line: number, column: string, team: string): Problem[] {
  return lines['teams.csv'].some((known) => known.team === team)
    ? []
    : [problem(file, line, column, team, 'must be a team of teams.csv')];
}

function teamsOf(lines: Lines): Problem[] {
  const teams = lines['teams.csv'];
  const byId = new Map(teams.map((team) => [team.team, team]));
  const people = new Set(lines['people.csv'].map(({ email }) => email));
  return teams.flatMap((team, i) => {
    const problems: Problem[] = [];
    const first = teams.findIndex((other) => other.team === team.team);
    if (first < i)
      problems.push(problem('teams.csv', team.line, 'team', team.team, `stands on line ${teams[first]?.line} already`));
    if (team.parent !== null) problems.push(...unknownTeam(lines, 'teams.csv', team.line, 'parent', team.parent));
    if (team.owner !== null && !people.has(team.owner))
      problems.push(problem('teams.csv', team.line, 'owner', team.owner, 'must be a person of people.csv'));
    let above = team.parent;
    let costCenter = team.cost_center;
    for (let steps = 0; above !== null && byId.has(above); steps += 1) {
      if (above === team.team || steps > teams.length) {
        problems.push(
          problem('teams.csv', team.line, 'parent', team.parent, 'leads back to the team itself; teams must be a tree'),
        );
        break;
      }
      costCenter ??= byId.get(above)?.cost_center ?? null;
      above = byId.get(above)?.parent ?? null;
    }
    if (costCenter === null)
      problems.push(problem('teams.csv', team.line, 'cost_center', null, 'must be given here or for a team above'));
    return problems;
  });
}

function peopleOf(lines: Lines): Problem[] {
  const people = lines['people.csv'];
  const problems = people.flatMap((person) => [
    ...unknownTeam(lines, 'people.csv', person.line, 'team', person.team),
    ...backwards('people.csv', person),
    ...(person.started_on !== null && person.left_on !== null && person.left_on <= person.started_on
      ? [
          problem(
            'people.csv',
            person.line,
            'left_on',
            person.left_on,
            `must be after started_on, ${person.started_on}`,
          ),
        ]
      : []),
  ]);
  problems.push(...overlaps('people.csv', people, ({ email }) => email, 'a person is in one team a day'));
  const owners = new Map<string, { email: string; line: number }>();
  for (const { email, line, other_emails, logins } of people) {
    const claims = [
      [email, 'email'],
      ...other_emails.map((other) => [other, 'other_emails']),
      ...logins.map((login) => [login.toLowerCase(), 'logins']),
    ] as const;
    for (const [claim = '', column = ''] of claims) {
      const owner = owners.get(claim);
      if (owner !== undefined && owner.email !== email)
        problems.push(problem('people.csv', line, column, claim, `belongs to another person on line ${owner.line}`));
      else owners.set(claim, { email, line });
    }
  }
  return problems;
}

function rulesOf(lines: Lines): Problem[] {
  const rules = lines['rules.csv'];
  const problems = overlaps('rules.csv', rules, ({ rule }) => rule, 'a rule says one thing a day');
  for (const rule of rules) {
    const { line, team, split, split_to } = rule;
    problems.push(...backwards('rules.csv', rule));
    if (team !== null) problems.push(...unknownTeam(lines, 'rules.csv', line, 'team', team));
    for (const part of split_to)
      problems.push(...unknownTeam(lines, 'rules.csv', line, 'split_to', part.split(':')[0] ?? ''));
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

function budgetsOf(lines: Lines): Problem[] {
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

function eventsOf(lines: Lines): Problem[] {
  const people = new Set(lines['people.csv'].map(({ email }) => email));
  return lines['planned_events.csv'].flatMap(({ line, scope_kind, scope, starts_on, ends_on }) => {
    const problems: Problem[] = [];
    if (ends_on <= starts_on)
      problems.push(
        problem(
          'planned_events.csv',
          line,
          'ends_on',
          ends_on,
          `must be after starts_on, ${starts_on}: it is the first day after`,
        ),
      );
    if (scope_kind === 'company' ? scope !== null : scope === null)
      problems.push(
        problem(
          'planned_events.csv',
          line,
          'scope',
          scope,
          scope_kind === 'company' ? 'must be empty for the company' : `must name the ${scope_kind}`,
        ),
      );
    if (scope_kind === 'team') problems.push(...unknownTeam(lines, 'planned_events.csv', line, 'scope', scope ?? ''));
    if (scope_kind === 'person' && !people.has((scope ?? '').toLowerCase()))
      problems.push(
        problem('planned_events.csv', line, 'scope', scope, 'must be the address of a person of people.csv'),
      );
    return problems;
  });
}

function pricesOf(lines: Lines): Problem[] {
  const prices = lines['prices.csv'];
  const known = new Set<string>(METERS.filter(({ priced }) => priced).map(({ id }) => id));
  return [
    ...prices.flatMap((price) => [
      ...backwards('prices.csv', price),
      ...(known.has(price.meter)
        ? []
        : [problem('prices.csv', price.line, 'meter', price.meter, `must be one of ${[...known].join(', ')}`)]),
    ]),
    ...overlaps(
      'prices.csv',
      prices,
      (p) => [p.provider, p.model, p.meter, p.service_tier, p.speed, p.region, p.context_window].join(' '),
      'a use has one price a day',
    ),
  ];
}

interface Dated {
  readonly line: number;
  readonly valid_from: string;
  readonly valid_to: string;
}

const backwards = (file: FileName, { line, valid_from, valid_to }: Dated): Problem[] =>
  valid_to > valid_from
    ? []
    : [
        problem(
          file,
          line,
          'valid_to',
          valid_to,
          `must be after valid_from, ${valid_from}: it is the first day it no longer holds`,
        ),
      ];

function overlaps<T extends Dated>(
  file: FileName,
  all: readonly T[],
  keyOf: (of: T) => string,
  rule: string,
): Problem[] {
  return [...Map.groupBy(all, keyOf).values()].flatMap((group) => {
    const sorted = [...group].sort((a, b) =>
      a.valid_from < b.valid_from ? -1 : a.valid_from > b.valid_from ? 1 : a.line - b.line,
    );
    return sorted.flatMap((one, i) => {
      const before = sorted[i - 1];
      return before === undefined || before.valid_to <= one.valid_from
        ? []
        : [
            problem(
              file,
              one.line,
              'valid_from',
              one.valid_from,
              `overlaps line ${before.line} (${before.valid_from} to ${before.valid_to}); ${rule}`,
            ),
          ];
    });
  });
}
