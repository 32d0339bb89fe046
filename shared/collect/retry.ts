/** The longest wait that a vendor's `retry-after` is believed, and the ceiling of our own, in milliseconds. */
const BELIEVED = 15 * 60_000;
const CEILING = 60_000;

/** Waits between tries: doubled each time, half of it by chance so that many do not come back at once. */
export function backOff(tries: number, chance: number): number {
  const most = Math.min(CEILING, 1000 * 2 ** (tries - 1));
  return Math.round(most / 2 + (most / 2) * chance);
}

/** What `retry-after` asks for, in milliseconds: seconds, an HTTP date, or `@` and epoch seconds; null when it asks nothing. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (header.startsWith('@')) return within(Number(header.slice(1)) * 1000 - now);
  if (/^\d+(\.\d+)?$/.test(header.trim())) return within(Number(header) * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : within(at - now);
}

const within = (ms: number): number => Math.min(BELIEVED, Math.max(0, ms));
