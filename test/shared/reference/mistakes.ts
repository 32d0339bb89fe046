import { ReferenceRefused } from '../../../shared/reference/problem.ts';
import { checkReference } from '../../../shared/reference/push.ts';

/** Two people in two teams: nothing is wrong with them. */
const GOOD = {
  'people.csv': `email,name,other_emails,logins,team,started_on,left_on,valid_from,valid_to
ada@larkspur.test,Ada Lovelace,ada@home.test,,search,,,,
bo@larkspur.test,Bo Lind,,,search,,,,
`,
  'teams.csv': 'team,name,parent,cost_center,owner,time_zone,channel\nsearch,Search,,CC-1,,,\n',
};

/** What is told to be wrong with files beside those of a small company; empty: nothing. */
export function mistakesIn(files: Readonly<Record<string, string>>): readonly string[] {
  try {
    checkReference({ ...GOOD, ...files });
    return [];
  } catch (error) {
    if (!(error instanceof ReferenceRefused)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
}
