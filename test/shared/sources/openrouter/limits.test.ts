import { expect, it } from 'vitest';
import { openrouterLimits } from '../../../../shared/sources/openrouter/limits.ts';
import { conversationOf } from '../conversations.ts';
import { converse } from '../recorded.ts';

const { where, vendor } = conversationOf('openrouter_limits');

it('tells what is left of the credits, and the limits of keys that work', () => {
  const common = { day: '2026-11-24', unit: 'USD', enforced: 'yes' };
  expect(converse(openrouterLimits, where, vendor).rows).toEqual([
    {
      ...common,
      kind: 'prepaid_balance',
      scope_kind: 'organization',
      scope_id: null,
      period: null,
      amount: '317.5597790000',
      used_amount: '182.4402210000',
    },
    {
      ...common,
      kind: 'spend_limit',
      scope_kind: 'credential',
      scope_id: 'f01d52606dc8f0a8303a7b5cc3fa07109c2e346cec7c0a16b40de462992ce943',
      period: 'monthly',
      amount: '50.0000000000',
      used_amount: '23.6000000000',
    },
  ]);
});
