import { dayNumber } from '../calendar.ts';
import { share } from '../random.ts';

/** How strong a model somebody reaches for. */
export type ModelClass = 'small' | 'main' | 'large' | 'huge';

/** A vendor's platform as far as choosing models goes. */
export type Platform = 'anthropic' | 'openai';

/** The model of a class, and the first day on which the first people take it up. */
type Line = readonly (readonly [model: string, from: string])[];

/** Each class of model through time, oldest first. People and services follow over the weeks after each date. */
const lines: Readonly<Record<Platform, Readonly<Record<ModelClass, Line>>>> = {
  anthropic: {
    small: [
      ['claude-haiku-4-5', '2025-10-15'],
      ['claude-haiku-5-5', '2026-10-07'],
    ],
    main: [
      ['claude-sonnet-4-6', '2026-01-01'],
      ['claude-sonnet-5', '2026-06-10'],
      ['claude-sonnet-5-5', '2026-08-26'],
    ],
    large: [
      ['claude-opus-4-7', '2026-01-01'],
      ['claude-opus-5', '2026-06-10'],
      ['claude-opus-5-5', '2026-09-21'],
    ],
    huge: [
      ['claude-fable-5', '2026-01-01'],
      ['claude-fable-5-1', '2026-09-29'],
    ],
  },
  openai: {
    small: [
      ['gpt-5.4-mini', '2026-01-01'],
      ['gpt-5.6-luna', '2026-07-10'],
      ['gpt-6-luna', '2026-09-14'],
    ],
    main: [
      ['gpt-5.4', '2026-01-01'],
      ['gpt-5.6-terra', '2026-07-10'],
      ['gpt-6-sol', '2026-09-07'],
      ['gpt-6.1-sol', '2026-09-29'],
    ],
    large: [
      ['gpt-5.5', '2026-01-01'],
      ['gpt-5.6-sol', '2026-07-10'],
    ],
    huge: [
      ['gpt-5.5', '2026-01-01'],
      ['gpt-6-astra', '2026-09-03'],
    ],
  },
};

const parsed = new Map<Line, readonly (readonly [string, number])[]>();
const WEEKS_TO_FOLLOW = 5;

/** The model that somebody (any stable number) uses for a class on a day. */
export function modelFor(platform: Platform, kind: ModelClass, who: number, day: number): string {
  const line = lines[platform][kind];
  let dated = parsed.get(line);
  if (dated === undefined) {
    dated = line.map(([model, from]) => [model, dayNumber(from)] as const);
    parsed.set(line, dated);
  }
  let chosen = line[0]?.[0] ?? '';
  for (const [model, from] of dated) {
    const delay = Math.floor(share(who, model) ** 1.6 * WEEKS_TO_FOLLOW * 7);
    if (day >= from + delay) chosen = model;
  }
  return chosen;
}

/** The class that a draw between 0 and 1 gives, by the shares of each class. */
export function classFor(taste: Readonly<Record<ModelClass, number>>, draw: number): ModelClass {
  let left = draw * (taste.small + taste.main + taste.large + taste.huge);
  for (const kind of ['small', 'main', 'large'] as const) {
    left -= taste[kind];
    if (left < 0) return kind;
  }
  return taste.huge > 0 ? 'huge' : 'large';
}
