import { codec } from '../../../functions/lib/codec.ts';
import { factKey } from '../../../shared/collect/store.ts';
import type { Objects } from '../../../shared/platform.ts';
import { anthropicCosts } from '../../../shared/sources/anthropic/costs.ts';
import type { Row } from '../../../shared/table.ts';
import { costs } from '../../../shared/tables/index.ts';
import type { Day } from '../../../shared/time.ts';

/** A connection that no function asks: what a former deployment left in the lake. */
const OLD = 'anthropic.old';
/** The one key that its ledger names. */
const KEY = 'apikey_nightly';

/** Puts a day of the old connection's ledger: one line, of one key. */
export async function putSpend(objects: Objects, day: Day, cost: string): Promise<void> {
  const line: Row<typeof costs> = {
    ...{ day, source: anthropicCosts.id, connection_id: OLD, provider: 'anthropic', account_id: null },
    ...{ workspace_id: null, credential_id: KEY, principal_id: null, product: null, model: 'claude-haiku-5-5' },
    ...{ service_tier: 'standard', speed: null, context_window: null, region: null, meter: null, quantity: null },
    ...{ charge_category: 'Usage', charge_frequency: 'Usage-Based', charge_class: null, charge_description: null },
    ...{ billed_cost: cost, list_cost: null, contracted_cost: null, effective_cost: cost, billing_currency: 'USD' },
    ...{ invoice_id: null, sku_id: null },
  };
  const key = factKey(costs, anthropicCosts.id, OLD, day);
  await objects.put(key, codec.writeParquet(costs, [line]), { when: 'any' });
}
