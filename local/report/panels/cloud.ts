import type { Cloud, Doors } from '../data/cloud.ts';
import { dayRange, monthName, shortDay, shortMonth } from '../dates.ts';
import { html, type Markup, type Piece } from '../html.ts';
import { cents, dollars, percent, ratio, signOf } from '../numbers.ts';
import { ignored } from '../panel-info.ts';
import { amount, type Column, head, isSome, key, picture, row, severityIcon, table, twin } from '../pieces.ts';
import { spoken, teamName, type View } from '../view.ts';
import { cloudInfo } from './cloud-info.ts';

/** AI spend beside the AWS bill: by day, by month, by team, and what of it comes through the bill. */
export function cloud(view: View, csv: string): Markup {
  const { cloud, filters } = view.data;
  const top = head(cloudInfo, csv, ignored(cloudInfo, filters));
  if (cloud === null) {
    return html`${top}<p class="finding">No bill of a cloud is read here, so AI stands alone. <code>cloudBill</code> in outlay.config.ts names one; docs/cloud-bill.md says how, step by step.</p>${unclear(view)}`;
  }
  if (cloud.days === null) {
    return html`${top}<p class="finding">The AWS bill tells of ${dayRange(cloud.bill.from, cloud.bill.to)} and of no day of ${filters.period.name}: not compared.</p>`;
  }
  return html`${top}<p class="finding">${finding(view, cloud)}</p>${drawn(view, cloud)}<ul class="key-line"><li><i class="sw s-ink"></i>AI, through its vendors</li><li><i class="sw s-bedrock"></i>AI through the AWS bill</li><li><i class="sw s-other"></i>the rest of the AWS bill</li>${key('estimated', 'estimated from usage at list price, until the bill comes')}<li class="muted">commitments cost by the day they are used</li></ul>${dayTable(view, cloud)}<div class="lead"><div>${teamTable(view, cloud)}</div><div>${services(view, cloud)}</div></div>${table(
    'AI and cloud by month',
    columnsOf('Month'),
    cloud.months.map((one) => row(columnsOf('Month'), [monthCell(one.month, cloud), ...cells(view, one)])),
  )}${unclear(view)}`;
}

/** How much of AI and cloud together is AI, as a sentence of the headline; empty where that is not known or a choice cuts it. */
export function aiShareWords({ data: { cloud, filters } }: View): string {
  if (filters.team !== null || filters.vendor !== null || filters.model !== null) return '';
  const share = cloud === null ? null : ratio(cloud.all.ai, cloud.all.all);
  return share === null ? '' : ` AI is ${percent(share, 1)} of the cloud and AI bill together.`;
}

function finding(view: View, { all, days, outside }: Cloud): string {
  const { lake, filters } = view.data;
  const share = ratio(all.ai, all.all);
  const whose = filters.team === null ? '' : ` of ${teamName(view, filters.team)}`;
  const first =
    share === null
      ? `AI and cloud${whose} cost nothing in these days.`
      : `AI is ${percent(share, 1)} of what AI and cloud${whose} cost together: ${isSome(all.estimated) ? '≈' : ''}${dollars(all.vendors, lake.currency)} through its vendors, ${dollars(all.aws, lake.currency)} through the AWS bill.`;
  const { from, to } = filters.period;
  const isCut = days !== null && (days.from !== from || days.to !== to);
  return isCut
    ? `${first} Compared are ${dayRange(days.from, days.to)}, which the AWS bill tells; ${cents(outside, lake.currency)} of vendors on other days is not.`
    : first;
}

const columnsOf = (first: string): Column[] => [
  { head: first },
  { head: 'AI, its vendors', kind: 'num' },
  { head: 'AI in the AWS bill', kind: 'num' },
  { head: 'Cloud', kind: 'num' },
  { head: 'Together', kind: 'num' },
  { head: 'AI share', kind: 'num' },
];

function cells({ data: { lake } }: View, one: Doors): Piece[] {
  const share = ratio(one.ai, one.all);
  return [
    amount(one.vendors, one.estimated, lake.currency),
    cents(one.aws, lake.currency),
    cents(one.cloud, lake.currency),
    amount(one.all, one.estimated, lake.currency),
    share === null ? html`<span class="muted">–</span>` : percent(share, 1),
  ];
}

/** A month, with the days of it where the bill has not all that lie before its end. */
function monthCell(month: string, { byDay }: Cloud): Markup {
  const days = byDay.filter(({ day }) => day.startsWith(month)).map(({ day }) => day);
  const [from = '', to = ''] = [days[0], days.at(-1)];
  return html`${monthName(month)} ${month.slice(0, 4)} <span class="muted">${dayRange(from, to)}</span>`;
}

function teamTable(view: View, cloud: Cloud): Markup {
  const columns = columnsOf('Team');
  return table(
    'AI and cloud by team',
    columns,
    cloud.teams.map((one) =>
      row(columns, [teamName(view, one.id), ...cells(view, one)], one.id === null ? 'loose' : ''),
    ),
    [row(columns, ['All, each dollar once', ...cells(view, cloud.all)])],
  );
}

function services(view: View, { services, all }: Cloud): Markup {
  const { lake } = view.data;
  const columns: Column[] = [
    { head: 'AI in the AWS bill' },
    { head: 'Billed by', kind: 'opt' },
    { head: 'Cost', kind: 'num' },
  ];
  if (services.length === 0) return html`<p class="empty">The AWS bill has no AI in these days.</p>`;
  return html`${table(
    'AI in the AWS bill by service',
    columns,
    services.map(({ name, biller, cost }) => row(columns, [name, biller ?? '–', cents(cost, lake.currency)])),
    [row(columns, ['All of it', '', cents(all.aws, lake.currency)])],
  )}<p class="note">What AWS bills stands here alone; a contract of kind <code>biller</code> takes the same dollar out of its vendor’s ledger.</p>`;
}

/** Who bills what both could bill, where nobody has said; and what a biller bills whose bill is not read. */
const unclear = (view: View): Markup =>
  html`${view.data.stamp.findings
    .filter(({ name }) => name === 'unclear_biller' || name === 'unread_biller')
    .flatMap(({ says }) => says)
    .map((says) => html`<p class="found">${severityIcon('medium')}<span>${spoken(view, says)}</span></p>`)}`;

const toNumber = (amount: string): number => Math.round(Number(amount) * 100) / 100;

function drawn(view: View, { byDay }: Cloud): Markup {
  const { filters, lake } = view.data;
  const { from, to } = filters.period;
  const values = (of: (one: Doors) => string): number[] => byDay.map((one) => toNumber(of(one)));
  const series = (id: string, name: string, color: string, billed: number[], estimated: number[] = []) => ({
    id,
    name,
    color,
    billed: billed.map((all, i) => toNumber(String(all - (estimated[i] ?? 0)))),
    estimated: estimated.flatMap((cost, i) => (cost === 0 ? [] : [[i, cost] as const])),
    late: [],
  });
  return picture(
    {
      form: 'stack',
      input: {
        days: byDay.map(({ day }) => ({
          month: day.endsWith('-01') ? shortMonth(day) : null,
          focus: day >= from && day <= to,
        })),
        totals: values(({ all }) => all),
        series: [
          series(
            'vendors',
            'AI, its vendors',
            'ink',
            values((one) => one.vendors),
            values((one) => one.estimated),
          ),
          series(
            'aws',
            'AI in the AWS bill',
            'bedrock',
            values((one) => one.aws),
          ),
          series(
            'cloud',
            'Cloud',
            'other',
            values((one) => one.cloud),
          ),
        ],
        flags: [],
        sign: signOf(lake.currency),
      },
    },
    1200,
  );
}

function dayTable(view: View, { byDay, days, all }: Cloud): Markup {
  const columns = columnsOf('Day');
  const shown = byDay.filter(({ day }) => days !== null && day >= days.from && day <= days.to).toReversed();
  return twin(
    'cloud',
    `Table: ${shown.length} ${shown.length === 1 ? 'day' : 'days'}`,
    table(
      'AI and cloud by day',
      columns,
      shown.map((one) => row(columns, [shortDay(one.day), ...cells(view, one)])),
      [row(columns, ['All, each dollar once', ...cells(view, all)])],
    ),
  );
}
