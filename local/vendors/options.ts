import type { Setting } from './company/setting.ts';

/** How the simulated vendors behave. */
export interface VendorOptions extends Setting {
  /** How often answers fail on their way. */
  readonly faults: 'none' | 'some' | 'many';
  /** What is odd about this world and stays so. */
  readonly oddities: readonly Oddity[];
  /** The laptop's clock: a Float64 at index 0, epoch milliseconds. */
  readonly clock: SharedArrayBuffer;
  /** By which clock whoever asks dates what it signs: the vendors' own if not said. */
  readonly proofs?: 'machine';
}

/** Each oddity a world can have, with the line that `--help` shows. */
export const oddities = {
  'locked-key': 'anthropic.research refuses its key (401), as after a rotation nobody told us of',
  'missing-right': 'openai.main refuses the costs report (403): the key lacks api.usage.read there',
  'silent-source': 'openai.main answers every report with emptiness for the last six days',
  'shrunken-day': 'anthropic.main reports only a fifth of the day before the last',
  'unknown-model-everywhere': 'every token vendor calls its main model by a name without a price for the last ten days',
  'stuck-refresh': 'anthropic.main stopped rebuilding its data three days before the end',
  'changed-shape': 'anthropic.research leaves out output_tokens, as after a careless change',
} as const;

/** The name of an oddity. */
export type Oddity = keyof typeof oddities;
