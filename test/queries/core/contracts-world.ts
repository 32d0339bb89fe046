import type { AnyRow } from '../../../shared/table.ts';
import type { Given } from '../lake.ts';
import { calendarOf, METER_ROWS } from '../rows.ts';

/** Cursor, whose usage records are its bill. */
export const cursor = { source: 'cursor_events', connection_id: 'cursor.main', provider: 'cursor' };

/** Days of November up to this one, asked for and whole. */
export const asked = (connection_id: string, through = 30): AnyRow[] =>
  Array.from({ length: through }, (_, index) => {
    const [provider = ''] = connection_id.split('.');
    const day = `2026-11-${String(index + 1).padStart(2, '0')}`;
    return ['usage', 'costs'].map((target) => ({
      ...{ source: `${provider}_${target}`, provider, connection_id, target, day },
      complete_through: new Date(Date.parse(day) + 86_400_000).toISOString(),
    }));
  }).flat();

/** A contract line that holds since ever unless it says otherwise. */
export const contract = (kind: string, more: AnyRow): AnyRow => ({
  ...{ contract_id: kind, provider: 'cursor', kind },
  ...more,
});

/** Prices, meters and days that every world of contracts has. */
export const STANDING: Given = {
  calendar: calendarOf('2026-11', 30),
  meters: METER_ROWS,
  prices: ['cursor', 'anthropic'].map((provider) => ({
    ...{ provider, model: 'sonnet', meter: 'input_tokens', unit_price: '0.000003' },
  })),
};
