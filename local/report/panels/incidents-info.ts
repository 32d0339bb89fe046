import type { PanelInfo } from '../panel-info.ts';

/** What the panel “Incidents” is, and the rows that its CSV gives. */
export const incidentsInfo = {
  id: 'incidents',
  title: 'Incidents',
  question: 'What went wrong, whose is it, what next?',
  group: 'Attention',
  view: 'incidents',
  columns: [
    'incident_id',
    'kind',
    'scope_kind',
    'scope_id',
    'team_id',
    'provider',
    'severity',
    'state',
    'opened_day',
    'last_day',
    'actual_cost',
    'expected_cost',
    'excess_cost',
    'baseline',
    'cause',
    'next_step',
    'note',
  ],
  form: 'spans and cards',
  filters: { team: 'team_id', vendor: 'provider' },
} as const satisfies PanelInfo;
