import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { layout, sortedKeys } from '../../../local/prices/layout.ts';
import { PIN } from '../../../local/prices/pin.ts';
import { priceFile } from '../../../shared/prices/price.ts';

const read = (name: string): string =>
  readFileSync(join(import.meta.dirname, `../../../shared/prices/${name}.json`), 'utf8');

it('puts on one line what fits, and breaks the rest', () => {
  const long = 'x'.repeat(140);
  expect(layout({ b: [1, 'two', null], c: {} })).toBe('{ "b": [1, "two", null], "c": {} }');
  expect(layout({ a: long, b: [{ c: 1 }] })).toBe(`{\n  "a": "${long}",\n  "b": [{ "c": 1 }]\n}`);
  expect(layout([long, long])).toBe(`[\n  "${long}",\n  "${long}"\n]`);
});

it('orders keys at every depth and keeps lists as they are', () => {
  expect(JSON.stringify(sortedKeys({ b: [{ d: 1, c: 2 }, 0], a: null }))).toBe('{"a":null,"b":[{"c":2,"d":1},0]}');
});

it.each(['anthropic', 'openai'])('has written %s.json from the pinned release, unchanged since', (provider) => {
  const text = read(provider);
  const file = priceFile.parse(JSON.parse(text));
  expect(file.origin).toMatchObject(PIN);
  expect(`${layout(sortedKeys(file))}\n`).toBe(text);
});
