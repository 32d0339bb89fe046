/** A 32-bit fingerprint of numbers and text in order: the same parts give the same number on every machine. */
export function fingerprint(...parts: readonly (number | string)[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    if (typeof part === 'number') {
      hash = Math.imul(hash ^ (part | 0), 0x01000193);
      hash ^= hash >>> 15;
      continue;
    }
    for (let index = 0; index < part.length; index += 1) hash = Math.imul(hash ^ part.charCodeAt(index), 0x01000193);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A fingerprint as a share of one: at least 0, below 1. */
export function share(...parts: readonly (number | string)[]): number {
  return fingerprint(...parts) / 4294967296;
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789';

/** A made-up identifier of `length` letters and digits, fixed by its parts. */
export function identifier(length: number, ...parts: readonly (number | string)[]): string {
  const random = new Random(fingerprint(...parts));
  let text = '';
  while (text.length < length) text += LETTERS[Math.floor(random.next() * LETTERS.length)];
  return text;
}

/** A stream of repeatable random numbers begun from a fingerprint (mulberry32, public domain). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number between two bounds, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** Log-normal with mean 1: `sigma` is the spread of its logarithm. */
  spread(sigma: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return Math.exp(sigma * radius * Math.cos(2 * Math.PI * this.next()) - (sigma * sigma) / 2);
  }

  /** One of the given values, all as likely. */
  pick<const Values extends readonly [unknown, ...unknown[]]>(values: Values): Values[number] {
    return values[Math.floor(this.next() * values.length)] ?? values[0];
  }
}
