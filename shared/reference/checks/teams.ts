import type { Lines } from '../files.ts';
import type { Problem } from '../problem.ts';
import { problem, unknownPerson, unknownTeam } from './said.ts';

/** teams.csv: a tree of teams, each once, each with a cost centre of its own or from above. */
export function teamsOf(lines: Lines): Problem[] {
  const teams = lines['teams.csv'];
  const byId = new Map(teams.map((team) => [team.team, team]));
  return teams.flatMap((team, i) => {
    const problems: Problem[] = [];
    const first = teams.findIndex((other) => other.team === team.team);
    if (first < i)
      problems.push(problem('teams.csv', team.line, 'team', team.team, `stands on line ${teams[first]?.line} already`));
    if (team.parent !== null) problems.push(...unknownTeam(lines, 'teams.csv', team.line, 'parent', team.parent));
    problems.push(...unknownPerson(lines, 'teams.csv', team.line, 'owner', team.owner));
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
