import type { Lines } from '../files.ts';
import type { Problem } from '../problem.ts';
import { backwards, overlaps } from './dated.ts';
import { problem, unknownTeam } from './said.ts';

/** people.csv: one team a day for each person, and no address or login of two people. */
export function peopleOf(lines: Lines): Problem[] {
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
