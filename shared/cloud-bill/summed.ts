import { columns, money } from './expressions.ts';
import { type Form, OWN_WORDS, WORDS } from './lines.ts';
import type { Grain } from './output.ts';

/** What is known of AI before its words are read. */
const AI = ['ai_product', 'ai_usage', 'block', 'is_used', 'inference_profile_id'] as const;

/** What of a row or of a sum passes as it is, besides what `summed` names for the steps above. */
export const keptOf = (grain: Grain): readonly string[] => [
  ...WORDS,
  'account_name',
  ...(grain === 'lines' ? OWN_WORDS : ['line_count', 'costless_count']),
];

/** Names by which the steps above know what is counted. */
export const COUNTED = [...AI, 'told_unit', 'used_quantity', 'token_quantity'] as const;

const quantity = (value: string): string => `cast(round(${value}, 6) as decimal(28,6))`;
const same = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]));

/**
 * Rows of a bill with exact money: each figure is rounded by itself, so that a sum is the same in whatever order. By
 * day, rows that are alike in all that decides what becomes of them are one.
 */
export function summed(grain: Grain, rows: string, { kinds, figures, needed }: Form): string {
  const alike = [...WORDS, ...Object.keys(kinds), ...AI];
  const figure = Object.keys(figures).map((name) => [name, money(name)] as const);
  const tokens = quantity('usage_amount * block');
  if (grain === 'lines')
    return `select\n${columns({
      ...same([...alike, 'account_name', ...OWN_WORDS]),
      told_unit: 'pricing_unit',
      used_quantity: quantity('usage_amount'),
      token_quantity: tokens,
      ...Object.fromEntries(figure),
    })}\nfrom (\n${rows}\n) as s`;
  const costless = needed.map((name) => `${name} is null`).join(' or ');
  const used = quantity('case when ai_product is not null then usage_amount end');
  return `select\n${columns({
    ...same(alike),
    told_unit: 'ai_unit',
    account_name: 'max(account_name)',
    used_quantity: `cast(sum(${used}) as decimal(28,6))`,
    token_quantity: `cast(sum(${tokens}) as decimal(28,6))`,
    ...Object.fromEntries(figure.map(([name, value]) => [name, `cast(sum(${value}) as decimal(28,10))`])),
    line_count: 'count(*)',
    costless_count: costless === '' ? 'cast(0 as bigint)' : `cast(count_if(${costless}) as bigint)`,
  })}\nfrom (\n${rows}\n) as s\ngroup by\n    ${[...alike, 'ai_unit'].join(',\n    ')}`;
}
