import type { Covered, Gap } from '../data/coverage.ts';
import { monthName } from '../dates.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { cents, percent, ratio } from '../numbers.ts';
import { ignored } from '../panel-info.ts';
import { type Column, head, row, table, twin } from '../pieces.ts';
import { name, type View } from '../view.ts';
import { coverageInfo } from './coverage-info.ts';

const WORDS: Readonly<Record<string, string>> = {
  other_currency: 'billed in another currency than list prices are in',
  no_model: 'the ledger names no model, and no usage is without one',
  no_usage: 'the vendor tells no usage of it',
  unpriced_usage: 'some of its usage has no list price',
};

/** How far usage at list price explains what the ledgers billed, by vendor; by model in the table behind. */
export function coverage(view: View, csv: string): Markup {
  const { coverage, filters } = view.data;
  const month = monthName(`${coverage.month}-01`);
  const tags = ignored(coverageInfo, filters).map((words) => (words === 'own period' ? month : words));
  const top = head(coverageInfo, csv, tags);
  if (coverage.vendors.length === 0) {
    return html`${top}<p class="finding">No ledger has billed use in ${month} for this choice, so there is nothing to explain.</p>`;
  }
  const columns = columnsOf([{ head: 'Vendor' }]);
  const byModel = columnsOf([{ head: 'Model' }, { head: 'Vendor', kind: 'opt' }]);
  return html`${top}<p class="finding">${finding(view, month)}</p>${table(
    'Ledger and list price by vendor',
    columns,
    coverage.vendors.map((one) =>
      row(columns, [
        name(view, 'provider', one.provider),
        ...cells(view, one),
        why(
          view,
          coverage.gaps.filter(({ provider }) => provider === one.provider),
        ),
      ]),
    ),
    [row(columns, ['All use that was billed', ...cells(view, coverage.all), ''])],
  )}${twin(
    'coverage',
    `Table: ${coverage.models.length} lines by model`,
    table(
      'Ledger and list price by model',
      byModel,
      coverage.models.map((one) =>
        row(byModel, [
          one.model ?? html`<span class="muted">no model named</span>`,
          name(view, 'provider', one.provider),
          ...cells(view, one),
          why(view, [one]),
        ]),
      ),
    ),
  )}<p class="note">Use alone: seats, taxes and what was paid ahead have no list price. A factor below 1 is a discount; one above it is use that no report tells, or a price of ours that is too low.</p>`;
}

const columnsOf = (first: readonly Column[]): Column[] => [
  ...first,
  { head: 'Ledger', kind: 'num' },
  { head: 'Explained', kind: 'num' },
  { head: 'Share', kind: 'num' },
  { head: 'Ledger ÷ list', kind: 'num' },
  { head: 'Not explained', kind: 'opt' },
];

function cells({ data: { lake } }: View, one: Covered): Piece[] {
  const share = ratio(one.explained, one.ledger);
  return [
    cents(one.ledger, lake.currency),
    cents(one.explained, lake.currency),
    share === null ? html`<span class="muted">–</span>` : percent(share, 1),
    one.factor === null ? html`<span class="muted">not known</span>` : Number(one.factor).toFixed(3),
  ];
}

/** What keeps the rest from being explained: each reason with its money. */
function why({ data: { lake } }: View, gaps: readonly Pick<Gap, 'reason' | 'rest'>[]): Markup {
  const said = gaps
    .filter(({ rest }) => Number(rest) >= 0.005)
    .map(({ reason, rest }) => `${cents(rest, lake.currency)} ${words(reason)}`);
  return said.length === 0 ? html`<span class="muted">–</span>` : html`${said.join('; ')}`;
}

const words = (reason: string | null): string =>
  reason === null ? 'usage at list price is less than the bill' : (WORDS[reason] ?? reason);

function finding(view: View, month: string): string {
  const { coverage, lake } = view.data;
  const { all, models } = coverage;
  const share = ratio(all.explained, all.ledger);
  const first =
    share === null
      ? `Ledgers billed no money for use in ${month}.`
      : `Usage at list price explains ${percent(share, 1)} of what ledgers billed for use in ${month}.`;
  const most = models.toSorted((a, b) => Number(b.rest) - Number(a.rest))[0];
  return most === undefined || Number(most.rest) < 0.005
    ? first
    : `${first} The largest part of the other ${cents(all.rest, lake.currency)} is ${most.model ?? `what ${name(view, 'provider', most.provider)} bills without a model`}.`;
}
