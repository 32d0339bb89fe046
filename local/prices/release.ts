import * as z from 'zod';

const amount = z.string().regex(/^\d+(\.\d+)?$/);
const tiered = z.object({
  type: z.literal('TieredPrices'),
  base: amount,
  tiers: z.array(z.object({ type: z.literal('Tier'), start: z.int().positive(), price: amount })).length(1),
});
const prices = z.object({ type: z.literal('ModelPrice') }).catchall(z.union([amount, tiered]));
const start = z.object({ type: z.literal('StartDateConstraint'), start_date: z.iso.date() });

/** How the package says which ids a price is for. */
export type Rule = z.infer<typeof single> | { type: 'ClauseOr'; or_: Rule[] } | { type: 'ClauseAnd'; and_: Rule[] };

const single = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ClauseEquals'), equals: z.string() }),
  z.object({ type: z.literal('ClauseStartsWith'), starts_with: z.string() }),
  z.object({ type: z.literal('ClauseEndsWith'), ends_with: z.string() }),
  z.object({ type: z.literal('ClauseContains'), contains: z.string() }),
  z.object({ type: z.literal('ClauseRegex'), regex: z.string() }),
]);
const rule: z.ZodType<Rule> = z.union([
  single,
  z.object({ type: z.literal('ClauseOr'), or_: z.array(z.lazy(() => rule)) }),
  z.object({ type: z.literal('ClauseAnd'), and_: z.array(z.lazy(() => rule)) }),
]);

const model = z.object({
  id: z.string(),
  match: rule,
  context_window: z.int().optional(),
  prices: z.union([
    prices.transform((all) => [{ from: null, prices: all }]),
    z.array(
      z
        .object({ prices, constraint: start.nullish() })
        .transform((period) => ({ from: period.constraint?.start_date ?? null, prices: period.prices })),
    ),
  ]),
  price_variants: z
    .array(z.object({ when: z.record(z.string(), z.string()), prices, constraint: start.nullish() }))
    .default([]),
});

/** What `read_release.py` prints of a release. */
export const release = z.object({
  license: z.string().min(1),
  providers: z.array(z.object({ id: z.string(), pricing_urls: z.array(z.url()), models: z.array(model) })),
});

/** A model of the release: its rule, dated prices, and variants. */
export type ReleaseModel = z.infer<typeof model>;
/** A provider of the release. */
export type ReleaseProvider = z.infer<typeof release>['providers'][number];
/** The prices of a model at one time, by the package's key. */
export type ReleasePrices = z.infer<typeof prices>;
/** A flat price, or one with a step. */
export type ReleasePrice = string | z.infer<typeof tiered>;

/** Whether a rule names this id, as the package itself decides it. */
export function names(rule: Rule, id: string): boolean {
  const text = id.toLowerCase();
  switch (rule.type) {
    case 'ClauseEquals':
      return text === rule.equals.toLowerCase();
    case 'ClauseStartsWith':
      return text.startsWith(rule.starts_with.toLowerCase());
    case 'ClauseEndsWith':
      return text.endsWith(rule.ends_with.toLowerCase());
    case 'ClauseContains':
      return text.includes(rule.contains.toLowerCase());
    case 'ClauseRegex':
      return new RegExp(rule.regex).test(text);
    case 'ClauseOr':
      return rule.or_.some((part) => names(part, id));
    case 'ClauseAnd':
      return rule.and_.every((part) => names(part, id));
    default:
      return rule satisfies never;
  }
}
