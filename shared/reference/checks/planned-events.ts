import type { Lines } from '../files.ts';
import type { Problem } from '../problem.ts';
import { problem, unknownPerson, unknownTeam } from './said.ts';

/** planned_events.csv: days in order, of a scope that is there. */
export function plannedEventsOf(lines: Lines): Problem[] {
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
    if (scope_kind === 'person') {
      const address = (scope ?? '').toLowerCase();
      const says = 'must be the address of a person of people.csv';
      problems.push(...unknownPerson(lines, 'planned_events.csv', line, 'scope', address, says));
    }
    return problems;
  });
}
