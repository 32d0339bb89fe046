import { createHash } from 'node:crypto';
import { shippedRows } from '../shared/reference/shipped-rows.ts';

const { prices, meters } = shippedRows([], { from: '2026-01-01', to: '2026-01-01' });

/** Changes with any list price or meter: what makes a deployment renew those of its lake. */
export const PRICES_HASH: string = createHash('sha256')
  .update(JSON.stringify([prices, meters]))
  .digest('hex');
