import { modelFor } from '../company/models.ts';
import type { PlacedService } from '../company/placed-services.ts';
import { modelsWithoutCacheWrites } from '../company/prices.ts';
import { type Run, runsOn } from '../company/services.ts';
import type { World } from '../company/world.ts';
import { fingerprint, identifier, share } from '../random.ts';
import { ARCHIVED_DAYS, type Organisation } from './organisation.ts';
import { reportedModel } from './people-usage.ts';
import { blank, type UsageRow } from './usage-row.ts';

/** What programs did on one day, and what else they used beside text. */
export function serviceUsage(world: World, organisation: Organisation, day: number): readonly UsageRow[] {
  return organisation.services.flatMap((service) => {
    if (service.place === 'research-lab' && day > world.last - ARCHIVED_DAYS) return [];
    const runs = runsOn(world.setting.seed, world.middle, service, service.scale, day);
    return [
      ...runs.flatMap((run) => usageOf(world, organisation, service, day, run)),
      ...storageOf(world, organisation, service, day),
    ];
  });
}

function usageOf(
  world: World,
  organisation: Organisation,
  service: PlacedService,
  day: number,
  run: Run,
): readonly UsageRow[] {
  const { traits } = service;
  const { burst } = world.plan;
  const isBurst = burst?.service === service.id && burst.day === day && burst.hours.includes(run.hour);
  const times = isBurst && run.kind === 'main' ? burst.factor : 1;
  const model = modelFor('openai', run.kind, fingerprint(service.id), day);
  const writes = !modelsWithoutCacheWrites.has(model);
  const base = {
    ...blank,
    hour: day * 24 + run.hour,
    projectId: organisation.projectId(service.place),
    userId: traits.has('lab') && service.madeBy !== null ? organisation.userId(service.madeBy) : null,
    keyId: organisation.serviceKey(service),
    grain: run.grain,
  };
  const completions: UsageRow = {
    ...base,
    kind: 'completions',
    model: reportedModel(model, fingerprint(service.id)),
    batch: traits.has('batch'),
    tier: traits.has('flex') ? 'flex' : traits.has('priority') ? 'priority' : 'default',
    apiSource: 'unlabeled',
    uncached: times * (run.tokens.uncached + (writes ? 0 : run.tokens.shortWrite)),
    cached: times * run.tokens.cacheRead,
    write30m: writes ? times * run.tokens.shortWrite : 0,
    output: times * run.tokens.output,
    requests: times * run.requests,
  };
  const rows: UsageRow[] = [completions];
  const part = (share_: number): number => Math.floor(run.requests * share_);
  if (traits.has('web_search')) {
    const contextLevel = share(run.grain, 'level') < 0.7 ? 'medium' : 'high';
    const searched = { model: completions.model, contextLevel, requests: part(0.03), quantity: part(0.05) };
    rows.push({ ...base, kind: 'web_search_calls', ...searched, apiSource: 'unlabeled' });
  }
  if (traits.has('voice')) {
    rows.push({ ...base, kind: 'audio_speeches', model: 'gpt-4o-mini-tts', quantity: part(90), requests: part(0.1) });
    rows.push({
      ...base,
      kind: 'audio_transcriptions',
      model: 'gpt-4o-transcribe',
      quantity: part(2.5),
      requests: part(0.1),
    });
  }
  if (traits.has('embeddings')) {
    const texts = run.requests * 12;
    rows.push({ ...base, kind: 'embeddings', model: 'text-embedding-3-large', uncached: texts * 420, requests: texts });
    rows.push({
      ...base,
      kind: 'moderations',
      model: 'omni-moderation-latest',
      uncached: run.requests * 60,
      requests: run.requests,
    });
    const vectorStoreId = `vs_${identifier(10, world.setting.seed, service.id, 'vector store')}`;
    rows.push({ ...base, kind: 'file_search_calls', vectorStoreId, quantity: part(0.2) });
  }
  if (traits.has('lab')) {
    const drawn = { model: 'gpt-image-2', size: '1024x1024', source: 'image.generation', quantity: part(0.25) };
    rows.push({ ...base, kind: 'images', ...drawn, requests: part(0.25) });
    rows.push({ ...base, kind: 'code_interpreter_sessions', userId: null, keyId: null, quantity: part(0.15) });
    rows.push({ ...base, kind: 'decisions', uncached: part(14), output: part(0.5), requests: part(0.1) });
  }
  return rows.filter(({ kind, quantity, requests }) => kind === 'completions' || quantity > 0 || requests > 0);
}

const STORED_BYTES = 6_400_000_000;
const STORED_BYTES_A_DAY = 17_000_000;

/** What lies in a project's vector stores; measured once a day. */
function storageOf(world: World, organisation: Organisation, service: PlacedService, day: number): readonly UsageRow[] {
  if (!service.traits.has('embeddings')) return [];
  const quantity = Math.round(service.scale * (STORED_BYTES + STORED_BYTES_A_DAY * Math.max(0, day - world.first)));
  const grain = fingerprint(world.setting.seed, 'stored', service.id, day);
  const projectId = organisation.projectId(service.place);
  return [{ ...blank, kind: 'vector_stores', hour: day * 24, projectId, quantity, grain }];
}
