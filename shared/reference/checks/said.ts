import type { FileName, Lines } from '../files.ts';
import type { Problem } from '../problem.ts';

/** What is wrong with a cell of a line. */
export const problem = (file: FileName, line: number, column: string, value: string | null, says: string): Problem => ({
  file,
  line,
  column,
  value,
  says,
});

/** What is wrong with a team that teams.csv does not have; nothing when it does. */
export function unknownTeam(lines: Lines, file: FileName, line: number, column: string, team: string): Problem[] {
  return lines['teams.csv'].some((known) => known.team === team)
    ? []
    : [problem(file, line, column, team, 'must be a team of teams.csv')];
}

/** What is wrong with the address of somebody whom people.csv does not have; nothing when it does, or when nobody is named. */
export function unknownPerson(
  lines: Lines,
  file: FileName,
  line: number,
  column: string,
  email: string | null,
  says = 'must be a person of people.csv',
): Problem[] {
  return email === null || lines['people.csv'].some((known) => known.email === email)
    ? []
    : [problem(file, line, column, email, says)];
}
