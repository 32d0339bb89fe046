import { writeAddress } from '../address.ts';
import { budgetOf } from '../data/budgets.ts';
import type { Inside } from '../data/teams.ts';
import { html, type Markup } from '../html.ts';
import { dollars, percent, ratio } from '../numbers.ts';
import { amount, type Column, head, row, table } from '../pieces.ts';
import { name, teamName, type View } from '../view.ts';
import { teamsInfo } from './teams-info.ts';

const LONGEST = 15;

/** One team: its people by handle, and what reached it without a person. */
export function inside(view: View, csv: string): Markup {
  const { filters, lake, inside, budgets } = view.data;
  const team = teamName(view, filters.team);
  if (inside === null) return html``;
  const budget = budgetOf(budgets, filters.team);
  const held =
    budget === null
      ? ''
      : ` ${percent(budget.share)} of its budget of ${dollars(budget.amount, lake.currency)} is spent.`;
  const top = inside.people[0];
  const share = top === undefined ? null : ratio(top.total, inside.total.total);
  const most =
    share === null
      ? 'No single person is known for this spend.'
      : `One person is ${percent(share)} of the team’s spend.`;
  return html`${head(teamsInfo, csv, [], null, `Inside ${team}`)}<p class="finding">${most}${held} <a href="./${writeAddress(filters, lake, { team: null })}#teams" data-key="team-all">Back to all teams</a></p><div class="lead">${people(view, inside)}<div>${rest(view, inside)}<p class="note">People are shown by handle; a setting hides them.</p></div></div>`;
}

function people(view: View, inside: Inside): Markup {
  const { currency } = view.data.lake;
  const columns: Column[] = [{ head: 'Person' }, { head: 'Spend', kind: 'num' }, { head: 'Share', kind: 'num' }];
  const foot = row(columns, [
    'People',
    amount(inside.peopleTotal.total, inside.peopleTotal.estimated, currency),
    percent(ratio(inside.peopleTotal.total, inside.total.total) ?? 0),
  ]);
  if (!view.showPeople) return table('People of the team', columns, [], [foot]);
  const body = inside.people
    .slice(0, LONGEST)
    .map(({ id, total, estimated }) =>
      row(columns, [
        html`<code>${id === null ? '–' : name(view, 'person', id)}</code>`,
        amount(total, estimated, currency),
        percent(ratio(total, inside.total.total) ?? 0),
      ]),
    );
  const more = inside.people.length - LONGEST;
  return html`${table('People of the team', columns, body, [foot])}${more > 0 && html`<p class="note">and ${more} more, each with less</p>`}`;
}

const WORDS: Readonly<Record<string, string>> = {
  direct: 'billed to a key of the team',
  derived: 'spread by priced usage of a key',
  shared: 'split by a rule',
  unattributed: 'no key and no person named',
};

function rest(view: View, inside: Inside): Markup {
  const { currency } = view.data.lake;
  const columns: Column[] = [
    { head: 'Without a person' },
    { head: 'How', kind: 'opt' },
    { head: 'Spend', kind: 'num' },
  ];
  const body = inside.rest
    .slice(0, LONGEST)
    .map(({ id, basis, credential, total, estimated }) =>
      row(columns, [
        credential === null
          ? id === null
            ? 'no key named'
            : html`rule <code>${id}</code>`
          : html`key <code>${name(view, 'credential', credential)}</code>`,
        WORDS[basis] ?? basis,
        amount(total, estimated, currency),
      ]),
    );
  const more = inside.rest.length - LONGEST;
  return table(
    'Spend of the team without a person',
    columns,
    more > 0 ? [...body, row(columns, [`${more} more, each with less`, '', ''])] : body,
    [
      row(columns, ['Without a person', '', amount(inside.restTotal.total, inside.restTotal.estimated, currency)]),
      row(columns, [
        'Team, equals its row among all teams',
        '',
        amount(inside.total.total, inside.total.estimated, currency),
      ]),
    ],
  );
}
