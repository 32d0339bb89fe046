import type { Instant } from '../../shared/time.ts';

/** A check or finding and what it said: a sentence a row, none when all is well. */
export interface Spoken {
  readonly name: string;
  readonly says: readonly string[];
}

/** What the page cannot read in a mart: whose lake it is, how it was made, and what checks and findings said of it. */
export interface Stamp {
  /** Changes whenever the lake does; a page drawn for one generation is kept. */
  readonly generation: string;
  readonly company: string;
  /** Whether the company is made up. */
  readonly made_up: boolean;
  readonly collected_at: Instant;
  /** Whether checks, findings and detectors are still at work: what they have to say is not here yet. */
  readonly asking: boolean;
  readonly checks: readonly Spoken[];
  readonly findings: readonly Spoken[];
}
