const FACTORS = [1, 2, 2.5, 5, 10];

/** Round marks from 0 to at least `max`, about `count` steps apart. */
export function ticks(max: number, count: number): number[] {
  const raw = (max > 0 ? max : 1) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = (FACTORS.find((factor) => factor * power >= raw * (1 - 1e-9)) ?? 10) * power;
  const steps = Math.max(1, Math.ceil(max / step - 1e-9));
  return Array.from({ length: steps + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/** A mark of a money axis, short: `$400`, `$2.5k`, `$10k`; `sign` is `$` or a code and a space. */
export function tickMoney(value: number, sign: string): string {
  if (value >= 1_000_000) return `${sign}${Number((value / 1_000_000).toFixed(1))}M`;
  if (value >= 1000) return `${sign}${Number((value / 1000).toFixed(1))}k`;
  return `${sign}${Number(value.toPrecision(3))}`;
}
