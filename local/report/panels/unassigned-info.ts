import type { PanelInfo } from '../panel-info.ts';

/** What the panel “No owner yet” is, and the rows that its CSV gives. */
export const unassignedInfo = {
  id: 'unassigned',
  title: 'No owner yet',
  question: 'Which keys, people and workspaces does nobody claim?',
  group: 'Attention',
  view: 'unassigned',
  columns: [
    'kind',
    'id',
    'provider',
    'connection_id',
    'allocated_cost',
    'first_day',
    'last_day',
    'last_principal_id',
    'likely_team_id',
    'likelihood',
    'next_step',
  ],
  form: 'table',
  filters: { vendor: 'provider' },
} as const satisfies PanelInfo;
