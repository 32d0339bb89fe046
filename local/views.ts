import type { Queries } from '../shared/queries.ts';
import { readBills } from './cloud-bill/lake.ts';
import { type LakeWarehouse, openWarehouse } from './platform/warehouse.ts';
import { loadQueries } from './queries.ts';

/** A lake's tables and views, ready to be asked. */
export interface Views {
  readonly queries: Queries;
  readonly warehouse: LakeWarehouse;
  /** Column names of a table or view, in order. */
  readonly columns: (name: string) => Promise<readonly string[]>;
  readonly close: () => void;
}

/** Opens a lake and creates its views, in order of need. */
export async function openViews(root: string): Promise<Views> {
  const queries = loadQueries(readBills(root));
  const warehouse = await openWarehouse(root);
  await createViews(warehouse, queries);
  return {
    queries,
    warehouse,
    columns: async (name) => {
      const names: string[] = [];
      for await (const { column_name } of warehouse.rows(`select column_name from (describe ${name})`))
        names.push(column_name ?? '');
      return names;
    },
    close: warehouse.close,
  };
}

/** Creates every view that is not made a month at a time. */
export async function createViews({ view }: Pick<LakeWarehouse, 'view'>, queries: Queries): Promise<void> {
  for (const { name, sql, materialised } of queries.values()) if (!materialised) await view(name, sql);
}
