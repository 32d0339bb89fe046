import { bullet } from '../charts/bullet.ts';
import { type Contract, isEnding } from '../data/contracts.ts';
import { html, type Markup, type Piece, raw } from '../html.ts';
import { ownerName } from '../needs.ts';
import { cents, percent } from '../numbers.ts';
import { ignored } from '../panel-info.ts';
import { type Column, head, key, row, severityIcon, table, tag, time } from '../pieces.ts';
import { capitalised, name, type View } from '../view.ts';
import { contractsInfo } from './contracts-info.ts';

const columns: readonly Column[] = [
  { head: 'Contract' },
  { head: 'Amount of the term', kind: 'num' },
  { head: 'Used', kind: 'num' },
  { head: 'Used of it' },
  { head: 'Left', kind: 'num opt' },
  { head: 'Term ends', kind: 'num opt' },
  { head: 'Runs out', kind: 'num' },
  { head: 'State' },
  { head: 'Ask', kind: 'opt' },
];

const STATES: Readonly<Record<string, readonly [kind: string, words: string]>> = {
  runs_out: ['late', 'runs out'],
  used_up: ['late', 'used up'],
  exceeded: ['late', 'exceeded'],
  unused: ['late', 'not used up'],
  on_track: ['fine', 'on track'],
  expired: ['', 'expired'],
};

const KINDS: Readonly<Record<string, string>> = { seats: 'seats', commitment: 'commitment', prepaid: 'prepaid' };

/** Contracts, commitments and prepaid balances: how much of each is used, and whether it lasts. */
export function contracts(view: View, csv: string): Markup {
  const { contracts, filters } = view.data;
  const tags = ignored(contractsInfo, filters).map((words) => (words === 'all teams' ? 'amounts of all teams' : words));
  const top = head(contractsInfo, csv, tags);
  if (contracts.length === 0) {
    const none =
      filters.team !== null || filters.vendor !== null
        ? 'No contract that is known covers this choice of team and vendor.'
        : 'No contract is known. Seats, commitments and prepaid balances of contracts.csv stand here.';
    return html`${top}<p class="finding">${none}</p>${loose(view)}`;
  }
  return html`${top}<p class="finding">${finding(view)}</p>${table(
    'Contracts and balances',
    columns,
    contracts.map((one) => row(columns, cells(view, one))),
  )}<ul class="key-line">${key('billed', 'used of the term’s amount, with marks at 50 and 80 %')}${key('limit', 'the whole amount')}<li class="muted">“Runs out” is at the rate of the last four weeks; each amount stands in its own currency and none are added up</li></ul>${loose(view)}`;
}

/** Balances that no contract names: nobody is there to ask until one does. */
const loose = ({ data: { looseBalances } }: View): Markup =>
  html`${looseBalances.map(({ says, next }) => html`<p class="found">${severityIcon('medium')}<span>${capitalised(says)}. No contract names it, so nobody is known to ask: a line of kind <code>prepaid</code> in contracts.csv does. Until then: ${next}.</span></p>`)}`;

function finding({ data: { contracts } }: View): string {
  const of = (state: string): Contract[] => contracts.filter((one) => one.state === state);
  const [out, unused] = [contracts.filter(isEnding), of('unused')];
  const first = out.toSorted((a, b) => ((a.runOutOn ?? '') < (b.runOutOn ?? '') ? -1 : 1))[0];
  const ends =
    first === undefined
      ? 'No balance runs out before its end.'
      : `${out.length} ${out.length === 1 ? 'balance or commitment runs' : 'balances or commitments run'} out early, ${first.id} first${first.state === 'runs_out' ? `, with ${cents(first.left, first.currency)} left` : `, ${STATES[first.state]?.[1]} since ${first.runOutOn}`}.`;
  return `${ends}${unused.length > 0 ? ` ${unused.length} will not be used up: ${unused.map(({ id }) => id).join(', ')}.` : ''}`;
}

function cells(view: View, one: Contract): Piece[] {
  const [kind, words] = STATES[one.state] ?? ['', one.state];
  const about = [name(view, 'provider', one.provider), one.product, KINDS[one.kind] ?? one.kind];
  return [
    html`<code>${one.id}</code> <span class="muted">${about.filter((part) => part !== null && part !== one.provider).join(' · ')}</span>`,
    cents(one.amount, one.currency),
    cents(one.used, one.currency),
    one.share === null
      ? html`<span class="muted">no amount agreed</span>`
      : html`<span class="with">${raw(bullet({ width: 110, spent: Number(one.used), estimated: 0, limit: Number(one.amount) }))}<span class="num">${percent(one.share)}</span></span>`,
    cents(one.left, one.currency),
    one.termTo >= '9999' ? html`<span class="muted">no end</span>` : day(one.termTo),
    one.runOutOn === null ? html`<span class="muted">not before the end</span>` : day(one.runOutOn),
    tag(kind, words),
    ownerName(view, one.owner),
  ];
}

/** A day with its year: terms are long. */
const day = (iso: string): Markup => html`${time(iso)} ${iso.slice(0, 4)}`;
