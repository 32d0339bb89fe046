import type { Detector } from '../detector.ts';
import { modelMixShift } from './model-mix-shift.ts';
import { spendSpike } from './spend-spike.ts';

/** Every detector, in the order in which they judge a day. */
export const DETECTORS: readonly Detector[] = [spendSpike, modelMixShift];
