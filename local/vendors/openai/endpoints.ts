import type { Kind, UsageRow } from './usage-row.ts';

/** A dimension by which usage or costs can be grouped. */
export type Dimension =
  | 'project_id'
  | 'user_id'
  | 'api_key_id'
  | 'model'
  | 'batch'
  | 'service_tier'
  | 'api_source'
  | 'size'
  | 'source'
  | 'context_level'
  | 'vector_store_id';

/** The counts that a result of usage sums. */
export type Counted = 'uncached' | 'cached' | 'write30m' | 'write12h' | 'output' | 'requests' | 'quantity';

/** Summed counts. */
export type Sums = Readonly<Record<Counted, number>>;

/** One usage endpoint: how its results are called, by what it groups, by what it filters and what it counts. */
export interface Endpoint {
  readonly object: string;
  readonly groupBy: readonly Dimension[];
  /** Name of a filter parameter and the dimension it looks at. */
  readonly filters: Readonly<Record<string, Dimension>>;
  readonly counts: (sums: Sums) => Readonly<Record<string, number | null>>;
}

const who: readonly Dimension[] = ['project_id', 'user_id', 'api_key_id'];
const byProject = { project_ids: 'project_id' } as const;
const byWho = { ...byProject, user_ids: 'user_id', api_key_ids: 'api_key_id' } as const;
const byModel = { ...byWho, models: 'model' } as const;
const asked = (sums: Sums) => ({ num_model_requests: sums.requests });

/** The eleven endpoints under `/organization/usage/`. */
export const endpoints: Readonly<Record<Kind, Endpoint>> = {
  completions: {
    object: 'organization.usage.completions.result',
    groupBy: [...who, 'model', 'batch', 'service_tier', 'api_source'],
    filters: { ...byModel, batch: 'batch' },
    counts: completionCounts,
  },
  decisions: {
    object: 'organization.usage.decisions.result',
    groupBy: [...who, 'model', 'batch', 'service_tier', 'api_source'],
    filters: { ...byModel, batch: 'batch' },
    counts: (sums) => ({ input_tokens: sums.uncached, output_tokens: sums.output, ...asked(sums) }),
  },
  embeddings: {
    object: 'organization.usage.embeddings.result',
    groupBy: [...who, 'model'],
    filters: byModel,
    counts: (sums) => ({ input_tokens: sums.uncached, ...asked(sums) }),
  },
  moderations: {
    object: 'organization.usage.moderations.result',
    groupBy: [...who, 'model'],
    filters: byModel,
    counts: (sums) => ({ input_tokens: sums.uncached, ...asked(sums) }),
  },
  images: {
    object: 'organization.usage.images.result',
    groupBy: [...who, 'model', 'size', 'source'],
    filters: { ...byModel, sizes: 'size', sources: 'source' },
    counts: (sums) => ({ images: sums.quantity, ...asked(sums) }),
  },
  audio_speeches: {
    object: 'organization.usage.audio_speeches.result',
    groupBy: [...who, 'model'],
    filters: byModel,
    counts: (sums) => ({ characters: sums.quantity, ...asked(sums) }),
  },
  audio_transcriptions: {
    object: 'organization.usage.audio_transcriptions.result',
    groupBy: [...who, 'model'],
    filters: byModel,
    counts: (sums) => ({ seconds: sums.quantity, ...asked(sums) }),
  },
  vector_stores: {
    object: 'organization.usage.vector_stores.result',
    groupBy: ['project_id'],
    filters: byProject,
    counts: (sums) => ({ usage_bytes: sums.quantity }),
  },
  code_interpreter_sessions: {
    object: 'organization.usage.code_interpreter_sessions.result',
    groupBy: ['project_id'],
    filters: byProject,
    counts: (sums) => ({ num_sessions: sums.quantity }),
  },
  file_search_calls: {
    object: 'organization.usage.file_searches.result',
    groupBy: [...who, 'vector_store_id'],
    filters: { ...byWho, vector_store_ids: 'vector_store_id' },
    counts: (sums) => ({ num_requests: sums.quantity }),
  },
  web_search_calls: {
    object: 'organization.usage.web_searches.result',
    groupBy: [...who, 'model', 'context_level', 'api_source'],
    filters: { ...byModel, context_levels: 'context_level' },
    counts: (sums) => ({ num_requests: sums.quantity, ...asked(sums) }),
  },
};

function completionCounts(sums: Sums): Readonly<Record<string, number>> {
  return {
    input_tokens: sums.uncached + sums.cached + sums.write30m + sums.write12h,
    input_cached_tokens: sums.cached,
    input_cache_write_tokens: sums.write30m + sums.write12h,
    input_cache_write_30m_tokens: sums.write30m,
    input_cache_write_12h_tokens: sums.write12h,
    input_uncached_tokens: sums.uncached,
    output_tokens: sums.output,
    input_text_tokens: sums.uncached,
    output_text_tokens: sums.output,
    input_cached_text_tokens: sums.cached,
    input_audio_tokens: 0,
    input_cached_audio_tokens: 0,
    output_audio_tokens: 0,
    input_image_tokens: 0,
    input_cached_image_tokens: 0,
    output_image_tokens: 0,
    num_model_requests: sums.requests,
  };
}

/** The value of a dimension in a row, as the vendor writes it. */
export function dimensionOf(row: UsageRow, dimension: Dimension): string | boolean | null {
  switch (dimension) {
    case 'project_id':
      return row.projectId;
    case 'user_id':
      return row.userId;
    case 'api_key_id':
      return row.keyId;
    case 'model':
      return row.model;
    case 'batch':
      return row.model === null ? null : row.batch;
    case 'service_tier':
      return row.model === null ? null : row.tier;
    case 'api_source':
      return row.apiSource;
    case 'size':
      return row.size;
    case 'source':
      return row.source;
    case 'context_level':
      return row.contextLevel;
    case 'vector_store_id':
      return row.vectorStoreId;
    default:
      return dimension satisfies never;
  }
}
