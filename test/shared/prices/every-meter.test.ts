import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { METERS } from '../../../shared/meters.ts';
import { EVERY_MODEL_METERS, priceOf, unpricedUses } from '../../../shared/prices/index.ts';
import { EVERY_MODEL } from '../../../shared/prices/price.ts';
import { SOURCES } from '../../../shared/sources/index.ts';
import { CLAIMS } from '../../../shared/tables/usage.ts';
import { type Conversation, conversationOf } from '../sources/conversations.ts';
import { converse, recorded } from '../sources/recorded.ts';

const text = z.string().nullable();
const use = z.object({
  day: z.string(),
  product: text,
  model: text,
  meter: z.enum(METERS.map(({ id }) => id)),
  service_tier: text,
  speed: text,
  region: text,
  context_window: text,
  claim: z.enum(CLAIMS).nullable().default(null),
});
type Use = z.infer<typeof use>;

const priced = new Set<string>(METERS.filter((meter) => meter.priced).map(({ id }) => id));
const forAll = new Set<string>(EVERY_MODEL_METERS);

/** The list price of what was used or billed, its dimensions in the words of the price book. */
function priceFor(provider: string, row: Use): string | null {
  const { day, meter, model } = row;
  if (forAll.has(meter)) return priceOf({ provider, meter, day, model: EVERY_MODEL })?.unit_price ?? null;
  const found = priceOf({
    provider,
    meter,
    day,
    model: model ?? EVERY_MODEL,
    service_tier: row.service_tier ?? 'standard',
    speed: row.speed ?? 'standard',
    region: row.region ?? 'global',
    context_window: row.context_window === '0-200k' ? 'base' : (row.context_window ?? 'base'),
  });
  return found?.unit_price ?? null;
}

const legacy = conversationOf('anthropic_costs').where;
/** The older answers of a source that its conversation does not hold. */
const OLDER: Readonly<Record<string, Conversation>> = {
  anthropic_costs: {
    where: { ...legacy, connection: { ...legacy.connection, settings: { api: 'legacy' } } },
    vendor: ({ url }) => recorded(`anthropic/cost_report.page${url.includes('&page=') ? 2 : 1}`),
  },
};

/** Every use that the recorded answers of all vendors hold. */
const used = SOURCES.filter(({ table }) => table.name === 'usage' || table.name === 'costs').flatMap((source) => {
  const held = [conversationOf(source.id), OLDER[source.id] ?? []].flat();
  return held
    .flatMap(({ where, vendor, following }) => converse(source, where, vendor, following).rows)
    .flatMap((row) => use.safeParse(row).data ?? [])
    .filter(({ meter }) => priced.has(meter))
    .map((row) => ({ ...row, vendor: source.vendor, table: source.table.name }));
});
const unpriced = used.filter((row) => priceFor(row.vendor, row) === null);
const nameOf = ({ vendor, product, model, meter }: (typeof used)[number]): string =>
  `${vendor} ${product ?? 'no product'}, ${model ?? 'no model'}, ${meter}`;

/** What has no list price although nothing else says its money, and why; whatever is found besides is given its reason here, or a price. */
const KNOWN: Readonly<Record<string, string>> = {
  'openai audio_speeches, gpt-4o-mini-tts, characters': 'billed by tokens of text and audio; usage reports characters',
  'openai audio_transcriptions, gpt-4o-transcribe, audio_seconds': 'billed by tokens; usage reports seconds',
  'openai images, gpt-image-2, images': 'billed by tokens of text and image; usage reports images',
  'openai decisions, no model, input_tokens': 'the vendor tells no model for decisions, so no price can be looked up',
  'openai decisions, no model, output_tokens': 'the vendor tells no model for decisions, so no price can be looked up',
  'chatgpt codex, gpt-6.1-sol, credits': 'a contract says what a credit costs, no list',
  'devin cascade, no model, agent_compute_units': 'a contract says what a unit costs, no list',
  'devin devin, no model, agent_compute_units': 'a contract says what a unit costs, no list',
};

describe('every meter of every recorded answer', () => {
  it('is there to be walked: usage and ledgers of every vendor that has them', () => {
    expect(new Set(used.map(({ vendor }) => vendor))).toEqual(
      new Set(SOURCES.filter(({ table }) => table.name === 'usage').map(({ vendor }) => vendor)),
    );
    expect(used.length).toBeGreaterThan(200);
  });

  it('has a list price at Anthropic, whichever report tells of it', () => {
    expect(unpriced.filter(({ vendor }) => vendor === 'anthropic').map(nameOf)).toEqual([]);
  });

  it('has a list price, or its record says whose its money is, or it is listed with the reason', () => {
    const silent = unpriced.filter(({ claim, table }) => table === 'usage' && claim === null);
    expect([...new Set(silent.map(nameOf))].sort()).toEqual(Object.keys(KNOWN).sort());
  });

  it('is not without a price by mistake: the reasons are those that the price book gives', () => {
    const reasons = new Map(
      unpricedUses.map(({ provider, model, meter, reason }) => [`${provider} ${model} ${meter}`, reason]),
    );
    expect(
      ['gpt-4o-mini-tts characters', 'gpt-4o-transcribe audio_seconds', 'gpt-image-2 images'].map((one) =>
        reasons.get(`openai ${one}`),
      ),
    ).toEqual(Object.values(KNOWN).slice(0, 3));
  });

  it('has a list price where a ledger of Anthropic or OpenAI bills it, the legacy ledger too', () => {
    const billed = unpriced
      .filter(({ table }) => table === 'costs')
      .map(({ vendor, model, meter }) => [vendor, model, meter]);
    expect(billed.filter(([vendor]) => vendor === 'anthropic' || vendor === 'openai')).toEqual([]);
  });
});
