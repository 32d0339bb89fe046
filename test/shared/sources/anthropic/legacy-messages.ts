import * as z from 'zod';
import type { Ask } from '../../../../shared/source.ts';
import { recorded } from '../recorded.ts';

/** A page of the older usage report, as far as a test looks at it. */
export const legacyPage = z.looseObject({
  data: z.array(z.looseObject({ results: z.array(z.record(z.string(), z.unknown())) })),
});

/** The older usage report. Answers from the recording, which is told by everything at once: without whom for what prices, filtered for whom. */
export function legacyMessages({ url }: Ask): string {
  const { searchParams } = new URL(url);
  const told = legacyPage.parse(
    JSON.parse(recorded(`anthropic/usage_report_messages.page${searchParams.has('page') ? 2 : 1}`)),
  );
  const [model, tier] = [searchParams.get('models[]'), searchParams.get('service_tiers[]')];
  const nobody = model === null ? { api_key_id: null, workspace_id: null, account_id: null } : {};
  const data = told.data.map((bucket) => ({
    ...bucket,
    results: bucket.results
      .filter((one) => model === null || (one.model === model && one.service_tier === tier))
      .map((one) => ({ ...one, ...nobody })),
  }));
  return JSON.stringify({ ...told, data });
}
