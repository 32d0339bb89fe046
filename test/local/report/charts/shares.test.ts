import { expect, test } from 'vitest';
import { shares } from '../../../../local/report/charts/shares.ts';

const TWO = {
  width: 254,
  columns: [
    { name: '9 Nov', whole: true },
    { name: '16 Nov', whole: false },
  ],
  series: [
    { color: 'anthropic-1', shares: [0.25, 0.5] },
    { color: 'openai-1', shares: [0.75, 0] },
  ],
};

test('stacks shares up to 100 %, fades a week that is not whole, and draws nothing for none', () => {
  expect(shares(TWO).match(/<path[^>]*>/g)).toEqual([
    '<path class="mark billed" d="M51 147.4V113.5H145V147.4Z" fill="var(--c-anthropic-1)"/>',
    '<path class="mark billed dim" d="M151 147.4V79H245V147.4Z" fill="var(--c-anthropic-1)"/>',
    '<path class="mark billed" d="M51 112.9V10H145V112.9Z" fill="var(--c-openai-1)"/>',
  ]);
});

test('leaves names out where there is no room, never the last', () => {
  expect(shares({ ...TWO, width: 120 }).match(/\d+ Nov/g)).toEqual(['16 Nov']);
});
