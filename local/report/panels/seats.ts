import type { SeatFinding, SeatProduct } from '../data/seats.ts';
import { monthName } from '../dates.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { ownerName } from '../needs.ts';
import { bare, cents, count } from '../numbers.ts';
import { ignored } from '../panel-info.ts';
import { type Column, head, row, table } from '../pieces.ts';
import { name, spoken, teamName, type View } from '../view.ts';
import { seatsInfo } from './seats-info.ts';

const LONGEST = 15;

const columns: readonly Column[] = [
  { head: 'Product' },
  { head: 'Held', kind: 'num' },
  { head: 'Idle', kind: 'num' },
  { head: 'Not told', kind: 'num opt' },
  { head: 'Seats cost', kind: 'num' },
  { head: 'of it idle', kind: 'num' },
  { head: 'Value used, at list', kind: 'num' },
];

const WORDS = { idle_seats: 'Idle seat', duplicate_tools: 'Two tools', shadow_ai: 'Paid by card' } as const;

const findingColumns: readonly Column[] = [
  { head: 'What' },
  { head: 'Says' },
  { head: 'Team', kind: 'opt' },
  { head: 'A month', kind: 'num' },
  { head: 'Ask', kind: 'opt' },
  { head: 'Next step', kind: 'opt' },
];

/** Seats held and idle with their cost and the value used, and which to ask about. */
export function seats(view: View, csv: string): Markup {
  const { seats, filters } = view.data;
  const top = head(seatsInfo, csv, ignored(seatsInfo, filters));
  if (seats.products.length === 0 && seats.findings.length === 0) {
    const whose = filters.team === null ? 'Nobody' : 'Nobody of this team';
    return html`${top}<p class="finding">${whose} holds a paid seat that is known in ${monthName(seats.month)}: no vendor told of one, and no contract names any.</p>`;
  }
  return html`${top}<p class="finding">${finding(view)}</p>${
    seats.products.length > 0 &&
    table(
      `Seats in ${monthName(seats.month)}`,
      columns,
      seats.products.map((one) => row(columns, cells(view, one))),
    )
  }${asks(view)}<p class="note">Cost is what ${monthName(seats.month)} was charged so far, each product in its own currency; value is what the holders used, at list price in US dollars, and no money by itself.</p>`;
}

function finding({ data: { seats } }: View): string {
  const held = seats.products.reduce((sum, one) => sum + one.held, 0);
  const idle = seats.products.reduce((sum, one) => sum + one.idle, 0);
  const state =
    held === 0
      ? `No seat is held in ${monthName(seats.month)}.`
      : `${count(held)} ${held === 1 ? 'seat is' : 'seats are'} held in ${monthName(seats.month)}, ${idle === 0 ? 'none of them idle' : `${count(idle)} of them without any use so far`}.`;
  const asking = seats.findings.length;
  return `${state} ${asking === 0 ? 'Nothing about them needs a decision.' : `${asking} ${asking === 1 ? 'thing needs' : 'things need'} a decision.`}`;
}

/** Money in its currency, bare where several are mixed, or that nobody knows. */
const money = (amount: string | null, currency: string | null): Piece => {
  if (amount === null) return html`<span class="muted">not known</span>`;
  return currency === null ? html`${bare(amount)} <span class="muted">mixed</span>` : cents(amount, currency);
};

function cells(view: View, one: SeatProduct): Piece[] {
  return [
    html`${name(view, 'provider', one.provider)} <span class="muted">${one.product === one.provider || one.product === '' ? one.connection_id : `${one.product} · ${one.connection_id}`}</span>`,
    count(one.held),
    count(one.idle),
    count(one.unknown),
    money(one.cost, one.currency),
    one.idle === 0 ? html`<span class="muted">–</span>` : money(one.idleCost, one.currency),
    one.usedValue === null ? html`<span class="muted">no use told</span>` : cents(one.usedValue, 'USD'),
  ];
}

function asks(view: View): Markup | false {
  const { findings } = view.data.seats;
  if (findings.length === 0) return false;
  // The dearest of each kind: none of them crowds out the others.
  const ranked = findings
    .map((one, i) => ({ one, rank: findings.slice(0, i).filter(({ finding }) => finding === one.finding).length }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, LONGEST)
    .map(({ one }) => one);
  const more = findings.length - ranked.length;
  return table('Seats and tools to ask about', findingColumns, [
    ...ranked
      .toSorted((a, b) => (a.finding < b.finding ? -1 : a.finding > b.finding ? 1 : 0))
      .map((one) => row(findingColumns, asked(view, one))),
    ...(more > 0 ? [row(findingColumns, [`and ${more} more, each with less`])] : []),
  ]);
}

function asked(view: View, one: SeatFinding): Piece[] {
  return [
    WORDS[one.finding],
    html`<span class="says">${spoken(view, one.says)}</span>`,
    one.team === null ? html`<span class="muted">–</span>` : teamName(view, one.team),
    one.monthly === null
      ? html`<span class="muted">not known</span>`
      : one.currency === null
        ? bare(one.monthly)
        : cents(one.monthly, one.currency),
    html`<code>${one.person === null ? ownerName(view, one.owner) : name(view, 'person', one.person)}</code>`,
    one.next,
  ];
}
