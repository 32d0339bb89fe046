import { dayText, isHoliday } from '../calendar.ts';
import { contractsFile, expensesFile } from './agreements.ts';
import { type Cell, csvText } from './csv.ts';
import { ids } from './ids.ts';
import { type Person, teamOn } from './people.ts';
import type { PlacedService } from './placed-services.ts';
import type { Team } from './teams.ts';
import type { World } from './world.ts';

const HEAD = { name: 'Ingrid Halden', email: 'ingrid.halden@halden.example' } as const;
const BUDGET_A_PERSON = 240;

/** The company's reference files by name, as its FinOps people would keep them. */
export function referenceFiles(world: World): Readonly<Record<string, string>> {
  return {
    'people.csv': peopleFile(world),
    'teams.csv': teamsFile(world),
    'rules.csv': rulesFile(world),
    'budgets.csv': budgetsFile(world),
    'contracts.csv': contractsFile(world, HEAD.email),
    'expenses.csv': expensesFile(world),
    'planned_events.csv': plannedEventsFile(world),
  };
}

const text = (day: number | null): string | null => (day === null ? null : dayText(day));

function peopleFile({ people, setting }: World): string {
  const header = ['email', 'name', 'other_emails', 'logins', 'team', 'started_on', 'left_on', 'valid_from', 'valid_to'];
  const head: Cell[] = [HEAD.email, HEAD.name, null, null, 'engineering', '2019-03-01', null, null, null];
  const rows = people.flatMap((person) =>
    person.stays.map(({ team, from, to }): Cell[] => [
      // The directory's spelling of an address is whatever somebody typed.
      person.index % 17 === 4 ? person.email.replace(/^./, (letter) => letter.toUpperCase()) : person.email,
      person.name,
      person.otherEmails.join(';'),
      loginsOf(setting.seed, person).join(';'),
      team,
      dayText(person.startedOn),
      text(person.leftOn),
      text(from),
      text(to),
    ]),
  );
  return csvText(header, [head, ...rows]);
}

function loginsOf(seed: number, person: Person): readonly string[] {
  const github = person.loginIsListed ? [`github:${person.githubLogin}`] : [];
  return person.index % 10 === 3 ? [...github, `openai:${ids.openaiUser(seed, person.index)}`] : github;
}

function teamsFile(world: World): string {
  const header = ['team', 'name', 'parent', 'cost_center', 'owner', 'time_zone', 'channel'];
  const rows = world.teams.map((team): Cell[] => [
    team.id,
    team.name,
    team.parent,
    team.costCenter,
    ownerOf(world, team),
    team.site.zone,
    team.channel,
  ]);
  return csvText(header, rows);
}

/** A leaf team is led by its first member, a group by the lead of its first team, the whole by its head. */
function ownerOf({ people, teams, last }: World, team: Team): string {
  if (team.parent === null) return HEAD.email;
  const leaf = team.isLeaf ? team : teams.find(({ isLeaf, parent }) => isLeaf && parent === team.id);
  const lead = people.find(
    (person) => leaf !== undefined && person.leftOn === null && teamOn(person, last) === leaf.id,
  );
  return lead?.email ?? HEAD.email;
}

function rulesFile(world: World): string {
  const header = [
    'rule',
    'priority',
    'provider',
    'connection',
    'workspace',
    'credential',
    'principal',
    'model',
    'team',
  ];
  const outcome = ['cost_center', 'project', 'application', 'split', 'split_to', 'valid_from', 'valid_to'];
  const rows: Cell[][] = [];
  const given = new Set<string>();
  for (const service of world.services) {
    const place = `${service.connection} ${service.place}`;
    const isTagged = service.id.endsWith('-api') && service.connection === 'anthropic.main';
    const matcher = [
      service.connection.split('.')[0] ?? null,
      service.connection,
      placeId(world, service),
      null,
      null,
      null,
    ];
    if (service.place === 'ci' && !given.has(place)) {
      rows.push(['ci-for-everybody', 50, ...matcher, null, null, 'ci', null, 'headcount', null, null, null]);
    } else if (service.team !== null && !isTagged && !given.has(place)) {
      const application = service.id === service.place ? service.id : null;
      rows.push([
        `place-${service.place}-${matcher[0]}`,
        100,
        ...matcher,
        service.team,
        null,
        service.place,
        application,
        null,
        null,
        null,
        null,
      ]);
    } else {
      continue;
    }
    given.add(place);
  }
  return csvText([...header, ...outcome], rows);
}

function placeId({ setting }: World, { connection, place }: PlacedService): string {
  const [vendor, alias] = connection.split('.');
  return vendor === 'openai'
    ? ids.openaiProject(setting.seed, place)
    : ids.anthropicWorkspace(setting.seed, alias ?? '', place);
}

function budgetsFile({ people, teams, first, last }: World): string {
  const header = ['budget', 'scope_kind', 'scope', 'monthly_amount', 'currency', 'valid_from', 'valid_to'];
  const begins = `${dayText(first).slice(0, 7)}-01`;
  const rounded = (amount: number): string => `${Math.max(100, Math.round(amount / 50) * 50)}`;
  const whole: Cell[] = ['ai-company', 'company', null, rounded(people.length * BUDGET_A_PERSON), 'USD', begins, null];
  const members = Map.groupBy(people, (person) => teamOn(person, last));
  const ofTeams = teams
    .filter(({ isLeaf }) => isLeaf)
    .map(({ id }): Cell[] => {
      const size = members.get(id)?.length ?? 0;
      return [`ai-${id}`, 'team', id, rounded(size * BUDGET_A_PERSON * 0.9), 'USD', begins, null];
    });
  return csvText(header, [whole, ...ofTeams]);
}

const COMPANY_HOLIDAY_AT_LEAST = 2;
const countries = ['US', 'DE', 'GB', 'IN'] as const;

function plannedEventsFile({ teams, first, last }: World): string {
  const header = ['event', 'scope_kind', 'scope', 'kind', 'starts_on', 'ends_on', 'factor', 'note'];
  const rows: Cell[][] = [];
  for (let day = first; day <= last + 45; day += 1) {
    const free = countries.filter((country) => isHoliday(country, day));
    if (free.length < COMPANY_HOLIDAY_AT_LEAST) continue;
    rows.push([
      `holiday-${dayText(day)}`,
      'company',
      null,
      'holiday',
      dayText(day),
      dayText(day + 1),
      '0.5',
      `public holiday in ${free.join(', ')}`,
    ]);
  }
  const launching = teams.filter(({ isLeaf }) => isLeaf)[1];
  if (launching !== undefined)
    rows.push([
      'autumn-launch',
      'team',
      launching.id,
      'launch',
      dayText(last - 34),
      dayText(last - 29),
      '1.8',
      'load tests before the launch',
    ]);
  return csvText(header, rows);
}
