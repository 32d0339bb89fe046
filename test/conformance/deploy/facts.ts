import { codec } from '../../../functions/lib/codec.ts';
import type { Objects } from '../../../shared/platform.ts';
import { type AnyRow, prefixOf } from '../../../shared/table.ts';
import { FACTS } from '../../../shared/tables/index.ts';

/** Every object of facts with its rows, by key. */
export async function factsIn(objects: Pick<Objects, 'list' | 'get'>): Promise<Map<string, readonly AnyRow[]>> {
  const found = new Map<string, readonly AnyRow[]>();
  for (const table of FACTS)
    for await (const { key } of objects.list(prefixOf(table))) {
      const object = await objects.get(key);
      if (object !== null) found.set(key, await codec.readParquet(table, object.body));
    }
  return found;
}
