/** The one release that prices come from; to move on, change these lines and run `npm run prices`. */
export const PIN = {
  package: 'genai-prices',
  version: '0.2.3',
  file: 'genai_prices-0.2.3-py3-none-any.whl',
  sha256: '56976ce2b04ec206117f7d0e53f4849211a6724ab3a12119afec304eba63ee25',
  pinned_on: '2026-11-25',
  license: 'MIT',
} as const;

/** The vendors whose prices are taken, by our name for them and the package's. */
export const VENDORS = [
  {
    provider: 'anthropic',
    id: 'anthropic',
    cacheWrite: 'cache_write_5m_tokens',
    reports: [{ window: '200k-1M', over: 200_000 }],
  },
  { provider: 'openai', id: 'openai', cacheWrite: 'cache_write_30m_tokens', reports: [] },
] as const satisfies readonly Vendor[];

/** How a vendor's prices are read. */
export interface Vendor {
  readonly provider: string;
  readonly id: string;
  /** The meter behind the package's cache write without a time. */
  readonly cacheWrite: 'cache_write_5m_tokens' | 'cache_write_30m_tokens';
  /** The long-context brackets that the vendor's usage reports, with the prompt length they begin above. */
  readonly reports: readonly { readonly window: string; readonly over: number }[];
}
