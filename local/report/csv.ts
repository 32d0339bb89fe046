import type { Filters } from './address.ts';
import type { Lake } from './lake.ts';
import type { PanelInfo } from './panel-info.ts';
import { between, isIfSet, literal, named, select } from './select.ts';

/** The select behind a panel's CSV: its mart's rows under the same filters, in full precision, in a fixed order. */
export function csvSelect(panel: PanelInfo, filters: Filters, lake: Lake): { sql: string; columns: readonly string[] } {
  const { period, team, vendor, model } = filters;
  const from = team !== null && panel.viewOfTeam !== undefined ? panel.viewOfTeam : panel.view;
  const hasTeam = from === panel.viewOfTeam || panel.viewOfTeam === undefined;
  const columns = from === panel.viewOfTeam ? ['team_id', ...(panel.columnsOfTeam ?? panel.columns)] : panel.columns;
  const chosen = { team: hasTeam ? team : null, vendor, model };
  const where = (['team', 'vendor', 'model'] as const).map((name) => {
    const column = panel.filters[name];
    return column === undefined ? null : isIfSet(column, chosen[name]);
  });
  const days = panel.filters.period === undefined ? null : between(panel.filters.period, period.from, period.to);
  const isOneCurrency = panel.columns.includes('billing_currency') && panel.everyCurrency !== true;
  const currency = isOneCurrency ? `billing_currency = ${literal(lake.currency)}` : null;
  const ofTeam = team === null ? null : (panel.rowsOfTeam?.(team) ?? null);
  return {
    sql: select({ columns: named(...columns), from, where: [days, ...where, ofTeam, currency], order: columns }),
    columns,
  };
}
