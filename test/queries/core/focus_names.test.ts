import { describe, expect, it } from 'vitest';
import { loadQueries } from '../../../local/queries.ts';
import { VENDORS } from '../../../shared/sources/index.ts';

/** The names that a query's `case` gives to vendors, by vendor. */
function names(query: string, column: string): Readonly<Record<string, string>> {
  const sql = loadQueries().get(query)?.sql ?? '';
  const before = sql.slice(0, sql.indexOf(`end as ${column}`));
  const one = before.slice(before.lastIndexOf('case'));
  return Object.fromEntries(
    [...one.matchAll(/when \w+\.provider = '(\w+)' then '([^']+)'/g)].map(([, id, name]) => [id, name]),
  );
}

// Its pull requests cost nothing; GitHub's bill is Copilot's.
const billing = VENDORS.map(({ id }) => id).filter((id) => id !== 'github');

describe('what FOCUS calls the vendors that are asked', () => {
  it.each(['provider_name', 'service_name'])('has a %s for each', (column) => {
    expect(Object.keys(names('focus_rows', column)).toSorted()).toEqual(billing.toSorted());
  });

  it('calls a service the same beside the cloud', () => {
    expect(names('ai_and_cloud_cost', 'service_name')).toEqual(names('focus_rows', 'service_name'));
  });
});
