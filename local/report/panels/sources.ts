import { type Day, daysBetween } from '../../../shared/time.ts';
import { strip } from '../charts/strip.ts';
import type { Source } from '../data/sources.ts';
import { dayCount, shortDay } from '../dates.ts';
import { html, type Markup, type Piece, raw } from '../html.ts';
import { count } from '../numbers.ts';
import { ignored } from '../panel-info.ts';
import { type Column, head, row, severityIcon, table, tag, time } from '../pieces.ts';
import type { Spoken } from '../stamp.ts';
import { spoken, type View } from '../view.ts';
import { sourcesInfo } from './sources-info.ts';

const columns: readonly Column[] = [
  { head: 'Source' },
  { head: 'State' },
  { head: 'Last whole day', kind: 'num' },
  { head: '30 days', kind: 'opt' },
  { head: 'Restated', kind: 'num opt' },
  { head: 'Rows', kind: 'num opt2' },
];

/** How each source stands, and what checks and findings say. */
export function sources(view: View, csv: string): Markup {
  const { sources, filters, stamp, lake } = view.data;
  return html`${head(sourcesInfo, csv, ignored(sourcesInfo, filters))}<p class="finding">${finding(sources)}</p>${table(
    `Freshness of sources, 30 days to ${shortDay(lake.end)}`,
    columns,
    sources.map((source) => row(columns, cells(source, lake.end))),
  )}<ul class="key-line">${(
    [
      ['whole', 'whole'],
      ['partial', 'arrived in part'],
      ['notdue', 'not due yet'],
      ['late', 'late'],
      ['restated', 'restated by the vendor, day replaced'],
      ['none', 'not asked for'],
    ] as const
  ).map(
    ([kind, words]) => html`<li>${raw(strip([kind]))}${words}</li>`,
  )}</ul><div class="checks">${stamp.asking ? html`<p>Checks are still being asked; their answers will stand here.</p>` : checks(view, stamp.checks)}${findings(view, stamp.findings)}</div>`;
}

function finding(sources: readonly Source[]): string {
  const late = sources.filter(({ state }) => state !== 'on_time');
  if (late.length === 0) return `All ${sources.length} sources answered in time.`;
  return `${late.length} of ${sources.length} sources ${late.length === 1 ? 'is' : 'are'} late or refused. No answer is not no spend: those days are left open above.`;
}

const STATES: Readonly<Record<string, string>> = {
  late: 'late',
  refused: 'no access',
  failed: 'failed',
  shrunken: 'shrunken answer held back',
};

function cells(source: Source, end: Day): Piece[] {
  const since = source.lastWholeDay === null ? 0 : daysBetween(source.lastWholeDay, end);
  const late =
    since > 0 && source.state === 'late' ? `late ${dayCount(since)}` : (STATES[source.state] ?? source.state);
  return [
    html`<code>${source.source}</code> <span class="muted">${source.connection_id}</span>${source.message !== null && source.state !== 'on_time' && html`<span class="why">${source.message}</span>`}`,
    source.state === 'on_time' ? tag('fine', 'on time') : tag('late', late),
    source.lastWholeDay === null ? html`<span class="muted">none yet</span>` : time(source.lastWholeDay, true),
    html`<span role="img" aria-label="${stripWords(source)}">${raw(strip(source.strip))}</span>`,
    count(source.restated),
    source.rows === null ? '–' : count(source.rows),
  ];
}

const stripWords = ({ strip }: Source): string => {
  const of = (state: string): number => strip.filter((one) => one === state).length;
  return [
    `${of('whole') + of('restated')} of ${strip.length} days whole`,
    ...(of('late') > 0 ? [`${of('late')} late`] : []),
    ...(of('partial') > 0 ? [`${of('partial')} in part`] : []),
    ...(of('notdue') > 0 ? [`${of('notdue')} not due yet`] : []),
  ].join(', ');
};

const NAMED = 4;

function checks(view: View, all: readonly Spoken[]): Markup {
  const failed = all.filter(({ says }) => says.length > 0);
  const held = all.filter(({ says }) => says.length === 0);
  const names = held.slice(0, NAMED).map(({ name }, i) => html`${i > 0 && ', '}<code>${name}</code>`);
  return html`<p><b>${held.length} of ${all.length} checks hold</b>${held.length > 0 && html`: ${names}${held.length > NAMED && ` and ${held.length - NAMED} more`}`}.</p>${failed.map((one) => says(view, one, 'failed'))}`;
}

const findings = (view: View, all: readonly Spoken[]): Markup =>
  html`${all.filter(({ says }) => says.length > 0).map((one) => says(view, one, 'found'))}`;

const says = (view: View, { name, says }: Spoken, kind: string): Markup =>
  html`<p class="${kind}">${severityIcon(kind === 'failed' ? 'high' : 'medium')}<span><code>${name}</code> says: ${spoken(view, says[0] ?? '')}${says.length > 1 && ` And ${says.length - 1} more.`}</span></p>`;
