import type { Unassigned } from '../data/unassigned.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { cents, percent } from '../numbers.ts';
import { ignored } from '../panel-info.ts';
import { amount, type Column, head, isSome, row, table, time } from '../pieces.ts';
import { NOBODY, name, teamName, type View } from '../view.ts';
import { unassignedInfo } from './unassigned-info.ts';

const LONGEST = 25;

const columns: readonly Column[] = [
  { head: 'What' },
  { head: 'Name' },
  { head: 'Vendor', kind: 'opt' },
  { head: 'Spend', kind: 'num' },
  { head: 'First seen', kind: 'num opt' },
  { head: 'Last seen', kind: 'num opt' },
  { head: 'Last near it', kind: 'opt2' },
  { head: 'Likely team' },
  { head: 'Next step', kind: 'opt' },
];

/** What nobody owns, each with a next step; its foot is the row of the teams table. */
export function unassigned(view: View, csv: string): Markup {
  const { unassigned, filters, lake } = view.data;
  const top = head(
    unassignedInfo,
    csv,
    ignored(unassignedInfo, filters).filter((words) => words !== 'own period'),
  );
  if (unassigned.rows.length === 0)
    return html`${top}<p class="finding">Everything that spent ${filters.period.inside} has an owner.</p>`;
  const things = unassigned.rows.filter(({ kind }) => kind !== 'model').length;
  const shown = unassigned.rows.slice(0, LONGEST);
  const more = unassigned.rows.length - shown.length;
  return html`${top}<p class="finding">${things} ${things === 1 ? 'thing' : 'things'} without an owner, and what no vendor put a name to, spent ${isSome(unassigned.estimated) && '≈'}${cents(unassigned.total, lake.currency)} ${filters.period.inside}. A likely team is a suggestion: it never counts until somebody confirms it.</p>${table(
    'Spend without an owner',
    columns,
    [
      ...shown.map((one) => row(columns, cells(view, one))),
      ...(more > 0 ? [row(columns, [`and ${more} more, each with less`])] : []),
    ],
    [
      row(columns, [
        html`Equals the row “${NOBODY}”`,
        '',
        '',
        amount(unassigned.total, unassigned.estimated, lake.currency),
        '',
        '',
        '',
        '',
        '',
      ]),
    ],
  )}`;
}

const WORDS: Readonly<Record<string, string>> = {
  key: 'Key',
  person: 'Person, not in the directory',
  workspace: 'Workspace or project',
  model: 'Billed without key or person',
};
const LABELLED = { key: 'credential', person: 'person', workspace: 'workspace' } as const;

function cells(view: View, one: Unassigned): Piece[] {
  const { currency } = view.data.lake;
  const kind = one.kind === 'key' || one.kind === 'person' || one.kind === 'workspace' ? LABELLED[one.kind] : null;
  return [
    WORDS[one.kind] ?? one.kind,
    one.id === null || kind === null
      ? html`<span class="muted">–</span>`
      : html`<code>${name(view, kind, one.id)}</code>`,
    name(view, 'provider', one.provider),
    amount(one.total, one.estimated, currency),
    time(one.first),
    time(one.last),
    one.near === null ? html`<span class="muted">–</span>` : html`<code>${name(view, 'person', one.near)}</code>`,
    one.likelyTeam === null
      ? html`<span class="muted">no suggestion</span>`
      : html`${teamName(view, one.likelyTeam)}${one.likelihood !== null && html` <span class="muted">${percent(one.likelihood)}</span>`}`,
    one.nextStep ?? (one.id === null ? 'The vendor names no key' : 'Give it a team, or a rule'),
  ];
}
