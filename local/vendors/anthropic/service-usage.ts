import { modelFor } from '../company/models.ts';
import type { PlacedService } from '../company/placed-services.ts';
import { runsOn } from '../company/services.ts';
import type { World } from '../company/world.ts';
import { fingerprint, identifier, share } from '../random.ts';
import type { Organisation } from './organisation.ts';
import { modelsWithoutGeography } from './people-usage.ts';
import type { UsageRow } from './usage-row.ts';

/** A model that has no public list price yet is on trial. */
const UNKNOWN_MODEL = 'claude-ember-preview';

/** What programs did in one organisation on one day. */
export function serviceUsage(world: World, organisation: Organisation, day: number): readonly UsageRow[] {
  return organisation.services.flatMap((service) =>
    day < service.from ? [] : usageOf(world, organisation, service, day),
  );
}

function usageOf(world: World, organisation: Organisation, service: PlacedService, day: number): readonly UsageRow[] {
  const { seed } = world.setting;
  const { traits } = service;
  const batch = traits.has('batch');
  return runsOn(seed, world.middle, service, service.scale, day).flatMap((run): readonly UsageRow[] => {
    const model = traits.has('unknown_model')
      ? UNKNOWN_MODEL
      : modelFor('anthropic', run.kind, fingerprint(service.id), day);
    const row: UsageRow = {
      hour: day * 24 + run.hour,
      actor: organisation.serviceActor(service),
      keyId: organisation.keyId(service),
      workspaceId: organisation.workspaceId(service.place),
      product: traits.has('agent') ? 'managed_agents_api' : batch ? 'message_batches_api' : 'messages_api',
      sessionId: traits.has('agent') ? `sesn_01${identifier(22, seed, service.id, day, run.hour)}` : null,
      model,
      tier: batch ? 'batch' : 'standard',
      context: '0-200k',
      geo: modelsWithoutGeography.has(model) ? null : traits.has('us') ? 'us' : 'global',
      speed: 'standard',
      uncached: run.tokens.uncached,
      write5m: run.tokens.shortWrite,
      write1h: 0,
      cacheRead: run.tokens.cacheRead,
      output: run.tokens.output,
      requests: run.requests,
      webSearches: traits.has('web_search') ? Math.floor(run.requests * 0.05) : 0,
      codeHundredths: 0,
      sessionHundredths: 0,
      grain: run.grain,
    };
    if (!traits.has('agent')) return [row];
    const sessionHundredths = 100 + Math.floor(share(run.grain, 'session') * 300);
    const codeHundredths = Math.floor(share(run.grain, 'code') * 250);
    return [row, sessionTime(row, sessionHundredths), codeExecution(row, codeHundredths)];
  });
}

const nothing = { uncached: 0, write5m: 0, write1h: 0, cacheRead: 0, output: 0, requests: 0, webSearches: 0 } as const;

/** The running time of managed agents: money without tokens. */
function sessionTime(row: UsageRow, sessionHundredths: number): UsageRow {
  return { ...row, ...nothing, model: null, tier: null, context: null, geo: null, speed: null, sessionHundredths };
}

/** Code execution: the vendor leaves product, model, tier and context of these rows null. */
function codeExecution(row: UsageRow, codeHundredths: number): UsageRow {
  const blank = { product: null, sessionId: null, model: null, tier: null, context: null, geo: null, speed: null };
  return { ...row, ...nothing, ...blank, requests: 1 + Math.floor(codeHundredths / 20), codeHundredths };
}
