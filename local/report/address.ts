import type { Lake } from './lake.ts';
import { type Period, periodIds, periodOf } from './period.ts';

/** How the spend picture is split. */
export const SPLITS = ['vendor', 'model', 'basis'] as const;

/** What is chosen; null is all. Ids, never names. */
export interface Filters {
  readonly period: Period;
  readonly team: string | null;
  readonly vendor: string | null;
  readonly model: string | null;
  readonly by: (typeof SPLITS)[number];
}

/** Something in the address that means nothing here; the sentence says what would. */
export class AddressError extends Error {}

const NAMES = ['period', 'team', 'vendor', 'model', 'by'] as const;
const SHOWN = 30;

const listed = (values: readonly string[]): string =>
  values.length <= SHOWN ? values.join(', ') : `${values.slice(0, SHOWN).join(', ')} and ${values.length - SHOWN} more`;

function known(name: string, value: string | null, valid: readonly string[]): string | null {
  if (value === null || value === '') return null;
  if (valid.includes(value)) return value;
  throw new AddressError(`There is no ${name} “${value.slice(0, 80)}” here. Valid: ${listed(valid)}.`);
}

/** Reads the address; whatever is left out is the default. @throws AddressError for a name or value that is not known. */
export function readAddress(search: URLSearchParams, lake: Lake): Filters {
  for (const name of new Set(search.keys())) {
    if (!NAMES.some((valid) => valid === name)) {
      throw new AddressError(`There is no filter “${name.slice(0, 80)}”. Valid: ${NAMES.join(', ')}.`);
    }
    if (search.getAll(name).length > 1)
      throw new AddressError(`The filter “${name}” stands twice in the address; keep one.`);
  }
  const ids = periodIds(lake);
  const asked = search.get('period') || (ids[0] ?? '');
  const period = periodOf(asked, lake);
  if (period === null) {
    throw new AddressError(
      `There is no period “${asked.slice(0, 80)}” here. Valid: ${listed(ids)}, or days such as ${lake.first}..${lake.end}.`,
    );
  }
  const vendor = known('vendor', search.get('vendor'), lake.vendors);
  const model = known('model', search.get('model'), [...new Set(lake.models.map(({ model }) => model))].toSorted());
  const by = known('split', search.get('by'), SPLITS);
  return {
    period,
    team: known('team', search.get('team'), lake.teams),
    vendor,
    // A model of another vendor would leave nothing; choosing the vendor wins.
    model: vendor !== null && !lake.models.some((one) => one.model === model && one.provider === vendor) ? null : model,
    by: SPLITS.find((split) => split === by) ?? 'vendor',
  };
}

/** The address of these filters with some changed: fixed order, defaults left out; `./` when nothing is chosen. */
export function writeAddress(
  filters: Filters,
  lake: Lake,
  changed: Partial<Record<(typeof NAMES)[number], string | null>> = {},
): string {
  const now = { ...filters, period: filters.period.id, ...changed };
  const search = new URLSearchParams();
  for (const name of NAMES) {
    const value = now[name];
    const isDefault = (name === 'period' && value === periodIds(lake)[0]) || (name === 'by' && value === 'vendor');
    if (value !== null && !isDefault) search.set(name, value);
  }
  return search.size === 0 ? '' : `?${search}`;
}
