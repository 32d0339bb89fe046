import { perUnit } from '../../shared/prices/exact.ts';
import { BASE } from '../../shared/prices/price.ts';
import type { Vendor } from './pin.ts';
import type { ReleasePrice } from './release.ts';

/** A unit price within one context bracket. */
export interface WindowPrice {
  readonly window: string;
  readonly price: string;
  readonly note: string | null;
}

/**
 * One price of the package by context bracket. A step prices the whole request (its start is exclusive). Where the
 * vendor's usage does not tell on which side of the step a request was, the base says so, and the upper bracket is
 * named after the step. A bracket that usage does report is written even where the price is flat, so that it is found
 * by equality.
 */
export function byWindow(price: ReleasePrice, units: number, vendor: Vendor, longest: number): WindowPrice[] {
  const step = typeof price === 'string' ? null : (price.tiers[0] ?? null);
  const base = perUnit(typeof price === 'string' ? price : price.base, units);
  const upper = step === null ? base : perUnit(step.price, units);
  const told = step === null || vendor.reports.some(({ over }) => over === step.start);
  const rows: WindowPrice[] = [{ window: BASE.context_window, price: base, note: told ? null : 'tier_not_reported' }];
  if (step !== null && !told) rows.push({ window: `>${step.start / 1000}k`, price: upper, note: null });
  for (const { window, over } of vendor.reports) {
    if (longest > over || step?.start === over) {
      rows.push({ window, price: step !== null && step.start <= over ? upper : base, note: null });
    }
  }
  return rows;
}
