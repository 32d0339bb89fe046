import { readFileSync } from 'node:fs';
import type { Setting } from '../../../local/vendors/company/setting.ts';
import type { Answer, Asked } from '../../../local/vendors/http-server.ts';

/** A small company with a history long enough for its incidents. */
export const setting: Setting = { seed: 7, end: '2026-11-24', days: 60, developers: 30 };

/** Six in the morning after the last day: where the laptop's clock stands. */
export const MORNING = Date.parse('2026-11-25T06:00:00Z');

/** A GET of a path with its query. */
export function get(path: string, headers: Asked['headers'] = {}): Asked {
  const url = new URL(path, 'http://vendor.invalid');
  return { method: 'GET', path: url.pathname, query: url.searchParams, headers, body: '' };
}

/** The JSON of an answer, loose on purpose: these tests look at what vendors send. */
// biome-ignore lint/suspicious/noExplicitAny: an answer has whatever shape the vendor gives it
export function bodyOf(answer: Answer): any {
  return JSON.parse(answer.body);
}

/** A recorded answer of a vendor. */
export function recorded(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/vendors/${name}.json`, import.meta.url), 'utf8'));
}

/** Every path of keys in a value, array positions left out, sorted. */
export function shapeOf(value: unknown, at = ''): readonly string[] {
  if (Array.isArray(value)) return unique(value.flatMap((each) => shapeOf(each, `${at}[]`)));
  if (typeof value !== 'object' || value === null) return [];
  return unique(Object.entries(value).flatMap(([key, inner]) => [`${at}.${key}`, ...shapeOf(inner, `${at}.${key}`)]));
}

/** What one shape has that another has not. */
export function more(shape: readonly string[], than: readonly string[]): readonly string[] {
  return shape.filter((path) => !than.includes(path));
}

function unique(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].sort();
}
