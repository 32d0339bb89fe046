import { OTHERWISE } from '../../../shared/alerts/words.ts';
import { addDays, daysBetween } from '../../../shared/time.ts';
import { type Incident, isLive } from '../data/incidents.ts';
import { dayRange, shortDay, weekday } from '../dates.ts';
import { html, type Markup } from '../html.ts';
import { shownFrom } from '../lake.ts';
import { incidentTitle, kindWords, ownerName, scopeName, severityOf } from '../needs.ts';
import { cents, dollars, signed } from '../numbers.ts';
import { ignored } from '../panel-info.ts';
import { type Column, head, key, picture, row, severityIcon, table, tag, time, twin } from '../pieces.ts';
import { teamName, type View } from '../view.ts';
import { incidentsInfo } from './incidents-info.ts';

const CARDS = 6;
const SPANS = 12;

/** Incidents over time, the live ones and the latest as cards, all as a table. */
export function incidents(view: View, csv: string): Markup {
  const { incidents, filters, stamp } = view.data;
  const top = head(incidentsInfo, csv, ignored(incidentsInfo, filters));
  if (stamp.asking) return html`${top}<p class="finding">The detectors are still going through the days.</p>`;
  if (incidents.rows.length === 0) {
    return html`${top}<p class="finding">None. The detectors went through every day the lake holds and found nothing above its bound.</p>`;
  }
  return html`${top}<p class="finding">${finding(view)}</p>${timeline(view)}<ul class="key-line">${key('running', 'still running')}${key('over', 'over')}${key('expected', 'was expected')}</ul><div class="cards">${incidents.rows
    .slice(0, CARDS)
    .map((incident) => card(view, incident))}</div>${allTable(view)}`;
}

function finding({ data: { incidents, lake } }: View): string {
  const live = incidents.rows.filter(isLive).length;
  const expected = incidents.rows.filter(({ state }) => state === 'expected').length;
  const open =
    live === 0
      ? 'None is open.'
      : `${live} ${live === 1 ? 'is' : 'are'} open, together ${dollars(incidents.liveExcess, lake.currency)} above normal so far.`;
  return `${open} ${incidents.rows.length} in all${expected > 0 ? `, ${expected} of them expected` : ''}.`;
}

function timeline(view: View): Markup {
  const { incidents, lake } = view.data;
  const from = shownFrom(lake);
  const length = daysBetween(from, lake.end) + 1;
  const shown = incidents.rows.filter(({ last_day }) => last_day >= from).slice(0, SPANS);
  const mondays = Array.from({ length }, (_, i) => i).filter((i) => weekday(addDays(from, i)) === 1);
  return picture(
    {
      form: 'spans',
      input: {
        length,
        marks: mondays.filter((_, i) => i % 2 === 0).map((day) => ({ day, name: shortDay(addDays(from, day)) })),
        rows: shown.map((incident) => ({
          name: incidentTitle(view, incident),
          short: kindWords(incident.kind),
          from: daysBetween(from, incident.opened_day),
          to: isLive(incident) && incident.last_day >= lake.end ? null : daysBetween(from, incident.last_day) + 1,
          state: incident.state,
          amount: signed(incident.excess_cost, lake.currency),
        })),
      },
    },
    1200,
  );
}

const pair = (term: string, words: Markup | string): Markup => html`<dt>${term}</dt><dd>${words}</dd>`;

function card(view: View, incident: Incident): Markup {
  const { currency } = view.data.lake;
  const severity = severityOf(incident);
  const owner = incident.owner_id === null ? 'nobody yet' : html`<code>${ownerName(view, incident.owner_id)}</code>`;
  return html`<article id="${incident.incident_id}" class="card ${incident.state}" tabindex="-1"><header><span class="sev ${severity}">${severityIcon(severity)}<span class="sr">${severity}: </span></span><h3>${kindWords(incident.kind)}</h3>${tag(incident.state, incident.state)}<b class="num">${signed(incident.excess_cost, currency)}</b></header><dl>${pair(
    'Where',
    `${scopeName(view, incident)}${incident.team_id !== null && incident.scope_kind !== 'team' ? `, ${teamName(view, incident.team_id)}` : ''}`,
  )}${pair('When', dayRange(incident.opened_day, incident.last_day))}${pair('Against', incident.baseline)}${incident.cause !== null && pair('Cause', incident.cause)}${pair('Next', html`<b>${incident.next_step}</b>`)}${pair('Owner', owner)}${
    incident.note !== null && pair('Note', incident.note)
  }</dl><p class="cmd">${
    isLive(incident)
      ? html`Was it planned? <code>npm run incident -- expect ${incident.incident_id}</code>, or ${OTHERWISE}`
      : 'Opens again if the vendor restates these days.'
  }</p></article>`;
}

function allTable(view: View): Markup {
  const { incidents, lake } = view.data;
  const columns: Column[] = [
    { head: 'Incident' },
    { head: 'State' },
    { head: 'First day', kind: 'num' },
    { head: 'Last day', kind: 'num' },
    { head: 'Cost', kind: 'num' },
    { head: 'Usual', kind: 'num' },
    { head: 'Above', kind: 'num' },
    { head: 'Owner' },
  ];
  const rows = incidents.rows.map((incident) =>
    row(columns, [
      incidentTitle(view, incident),
      tag(incident.state, incident.state),
      time(incident.opened_day),
      time(incident.last_day),
      cents(incident.actual_cost, lake.currency),
      cents(incident.expected_cost, lake.currency),
      cents(incident.excess_cost, lake.currency),
      ownerName(view, incident.owner_id),
    ]),
  );
  return twin('incidents', `Table: ${rows.length} incidents`, table('All incidents', columns, rows));
}
