import type { Crypto } from '../platform.ts';
import type { Pseudonyms } from '../pseudonym.ts';
import type { Row } from '../table.ts';
import type {
  budgets,
  calendar,
  contracts,
  expenses,
  fx,
  identities,
  meters,
  people,
  personHints,
  plannedEvents,
  prices,
  rules,
  teams,
} from '../tables/index.ts';
import type { Day } from '../time.ts';
import { expenseRows } from './expense-rows.ts';
import type { Lines } from './files.ts';
import { OWN_PRICES, shippedRows } from './shipped-rows.ts';

/** Reference data as rows of tables: names are gone from all but `identities`. */
export interface ReferenceRows {
  readonly people: readonly Row<typeof people>[];
  readonly person_hints: readonly Row<typeof personHints>[];
  readonly teams: readonly Row<typeof teams>[];
  readonly rules: readonly Row<typeof rules>[];
  readonly budgets: readonly Row<typeof budgets>[];
  readonly contracts: readonly Row<typeof contracts>[];
  readonly expenses: readonly Row<typeof expenses>[];
  readonly fx: readonly Row<typeof fx>[];
  readonly planned_events: readonly Row<typeof plannedEvents>[];
  readonly prices: readonly Row<typeof prices>[];
  readonly meters: readonly Row<typeof meters>[];
  readonly calendar: readonly Row<typeof calendar>[];
  readonly identities: readonly Row<typeof identities>[];
}

/** Turns checked lines into rows. `range` is the calendar's, last day exclusive. */
export function rowsOf(
  lines: Lines,
  { names, digest }: { readonly names: Pseudonyms; readonly digest: Crypto['digest'] },
  range: { readonly from: Day; readonly to: Day },
): ReferenceRows {
  return {
    ...peopleRows(lines, names),
    teams: teamRows(lines, names),
    rules: ruleRows(lines),
    budgets: lines['budgets.csv'].map(
      ({ budget, scope_kind, scope, monthly_amount, currency, valid_from, valid_to }) => ({
        budget_id: budget,
        scope_kind,
        scope_id: scope ?? 'company',
        monthly_amount,
        billing_currency: currency,
        valid_from,
        valid_to,
      }),
    ),
    contracts: lines['contracts.csv'].map(({ line: _line, contract, connection, currency, owner, ...said }) => ({
      contract_id: contract,
      connection_id: connection,
      billing_currency: currency,
      owner_id: owner === null ? null : names.email(owner),
      ...said,
    })),
    expenses: expenseRows(lines, names, digest),
    fx: lines['fx.csv'].map(({ line: _line, ...rate }) => rate),
    planned_events: lines['planned_events.csv'].map(
      ({ event, scope_kind, scope, kind, starts_on, ends_on, factor, note }) => ({
        event_id: event,
        scope_kind,
        scope_id: scope_kind === 'person' ? names.email(scope ?? '') : (scope ?? 'company'),
        kind,
        starts_on,
        ends_on,
        factor,
        note,
      }),
    ),
    ...shippedRows(
      lines['prices.csv'].map(({ line: _line, ...price }) => ({ ...price, origin: OWN_PRICES })),
      range,
    ),
  };
}

function peopleRows(lines: Lines, names: Pseudonyms): Pick<ReferenceRows, 'people' | 'person_hints' | 'identities'> {
  const hints = new Map<string, string>();
  const known = new Map<string, ReferenceRows['identities'][number]>();
  const stays = lines['people.csv'].map(
    ({ email, name, other_emails, logins, team, started_on, left_on, valid_from, valid_to }) => {
      const person = names.email(email);
      const accounts = logins.map((login) => ({
        vendor: login.slice(0, login.indexOf(':')),
        at: login.slice(login.indexOf(':') + 1),
      }));
      for (const address of [email, ...other_emails]) hints.set(names.email(address), person);
      // A login and a vendor's own user id are both written here; either may be what an answer carries.
      for (const { vendor, at } of accounts)
        hints.set(names.login(vendor, at), person).set(names.user(vendor, at), person);
      known.set(person, {
        id: person,
        kind: 'person',
        source: 'people',
        connection_id: 'people',
        email,
        login: accounts[0]?.at ?? null,
        name,
        label: null,
      });
      return { person_id: person, team_id: team, started_on, left_on, valid_from, valid_to };
    },
  );
  return {
    people: stays,
    person_hints: [...hints].map(([hint, person_id]) => ({ hint, person_id })),
    identities: [...known.values()],
  };
}

function teamRows(lines: Lines, names: Pseudonyms): ReferenceRows['teams'] {
  const byId = new Map(lines['teams.csv'].map((team) => [team.team, team]));
  return lines['teams.csv'].map((team) => {
    const above: (typeof team)[] = [];
    for (let at: typeof team | undefined = team; at !== undefined; at = byId.get(at.parent ?? '')) above.push(at);
    return {
      team_id: team.team,
      team_name: team.name,
      parent_id: team.parent,
      path: above
        .map(({ team: id }) => `${id}/`)
        .reverse()
        .join(''),
      cost_center: above.find(({ cost_center }) => cost_center !== null)?.cost_center ?? '',
      owner_id: team.owner === null ? null : names.email(team.owner),
      time_zone: team.time_zone,
      channel: team.channel,
    };
  });
}

function ruleRows(lines: Lines): ReferenceRows['rules'] {
  const teamIds = lines['teams.csv'].map(({ team }) => team);
  // People give equal priorities; SQL needs one order.
  const ranked = lines['rules.csv'].toSorted(
    (a, b) =>
      a.priority - b.priority || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.valid_from < b.valid_from ? -1 : 1),
  );
  return ranked.flatMap((rule, rank): ReferenceRows['rules'] => {
    const given = {
      rule_id: rule.rule,
      priority: rank + 1,
      provider: rule.provider,
      connection_id: rule.connection,
      workspace_id: rule.workspace,
      credential_id: rule.credential,
      principal_id: rule.principal,
      model: rule.model,
      cost_center: rule.cost_center,
      project: rule.project,
      application: rule.application,
      valid_from: rule.valid_from,
      valid_to: rule.valid_to,
    };
    const { split } = rule;
    if (split === null) return [{ ...given, method: 'assign', team_id: rule.team, share: null }];
    return (rule.split_to.length > 0 ? rule.split_to : teamIds).map((part) => {
      const [to = '', share = null] = part.split(':');
      return { ...given, method: split, team_id: to, share };
    });
  });
}
