import type { PanelInfo } from '../panel-info.ts';

/** What the panel “Cache” is, and the rows that its CSV gives. */
export const cacheInfo = {
  id: 'cache',
  title: 'Cache',
  question: 'Is context read from the cache or paid in full?',
  group: 'Value',
  view: 'cache_efficiency',
  columns: [
    'team_id',
    'week',
    'provider',
    'model',
    'read_tokens',
    'write_tokens',
    'input_tokens',
    'read_share',
    'baseline_share',
    'waste_cost',
  ],
  form: 'table with dumbbells',
  filters: { team: 'team_id', vendor: 'provider', model: 'model' },
} as const satisfies PanelInfo;
