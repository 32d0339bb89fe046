import type { Filters } from './address.ts';
import type { Lake } from './lake.ts';

// Vendors with a hue of their own; the rest take the next of the list by order of name, then grey.
const HUES: Readonly<Record<string, string>> = {
  anthropic: 'anthropic',
  openai: 'openai',
  cursor: 'cursor',
  copilot: 'copilot',
  amazon_bedrock: 'bedrock',
};
const SPARE = ['cursor', 'copilot', 'bedrock'];
const STEPS = 4;

const colorOfVendor = ({ vendors }: Lake, provider: string): string => {
  const own = HUES[provider];
  if (own !== undefined) return own;
  const taken = new Set(vendors.map((vendor) => HUES[vendor]));
  const free = SPARE.filter((hue) => !taken.has(hue));
  return free[vendors.filter((vendor) => HUES[vendor] === undefined).indexOf(provider)] ?? 'other';
};

/** Colours of models in order: steps of their vendor's hue; a model that two vendors sell has two. */
export function colorsOfModels(models: readonly { readonly provider: string | null }[], lake: Lake): string[] {
  const used = new Map<string, number>();
  return models.map(({ provider }) => {
    const hue = provider === null ? 'other' : colorOfVendor(lake, provider);
    const step = (used.get(hue) ?? 0) + 1;
    used.set(hue, step);
    return hue === 'other' || step > STEPS ? 'other' : `${hue}-${step}`;
  });
}

/** The colour of each series: vendors by hue, models as steps of their vendor's hue, bases by how sure they are. */
export function colorsOf(by: Filters['by'], ids: readonly string[], lake: Lake): ReadonlyMap<string, string> {
  const providers = ids.map((id) => ({ provider: lake.models.find(({ model }) => model === id)?.provider ?? null }));
  const models = colorsOfModels(providers, lake);
  return new Map(
    ids.map((id, i) => {
      if (by === 'basis') return [id, `b-${id}`];
      if (by === 'vendor') return [id, id === 'other' ? 'other' : colorOfVendor(lake, id)];
      return [id, models[i] ?? 'other'];
    }),
  );
}

const STEPPED = ['anthropic', 'openai', 'cursor', 'copilot', 'bedrock'];

/** Every colour that may be hatched. */
export const COLORS: readonly string[] = [
  ...STEPPED.flatMap((hue) => [hue, ...Array.from({ length: STEPS }, (_, i) => `${hue}-${i + 1}`)]),
  'other',
  'b-direct',
  'b-derived',
  'b-shared',
  'b-unattributed',
  'ink',
];
