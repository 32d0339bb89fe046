import { expect, test } from 'vitest';
import { stack, stackDays } from '../../../../local/report/charts/stack.ts';

const days = [
  { month: null, focus: false },
  { month: 'Nov', focus: true },
  { month: null, focus: true },
];
const anthropic = {
  id: 'anthropic',
  name: 'Anthropic',
  color: 'anthropic',
  billed: [100, 200, 0],
  estimated: [[2, 150]] as const,
  late: [],
};
const copilot = {
  id: 'github_copilot',
  name: 'GitHub Copilot',
  color: 'copilot',
  billed: [20, 0, 0],
  estimated: [],
  late: [[1, 25]] as const,
};

test('stacks billed solid, estimated hatched, late as an outline, and fades what is outside the period', () => {
  expect(stack({ width: 354, days, series: [anthropic, copilot], flags: [], sign: '$' })).toMatchInlineSnapshot(
    `"<svg class="chart" width="354" height="220" viewBox="0 0 354 220" aria-hidden="true" focusable="false"><line x1="48" y1="198" x2="348" y2="198" class="axis"/><text x="40" y="202" class="tick" text-anchor="end">$0</text><line x1="48" y1="135.3" x2="348" y2="135.3" class="grid"/><text x="40" y="139.3" class="tick" text-anchor="end">$100</text><line x1="48" y1="72.7" x2="348" y2="72.7" class="grid"/><text x="40" y="76.7" class="tick" text-anchor="end">$200</text><line x1="48" y1="10" x2="348" y2="10" class="grid"/><text x="40" y="14" class="tick" text-anchor="end">$300</text><line x1="148" y1="198" x2="148" y2="203" class="axis"/><text x="151" y="214" class="tick">Nov</text><path class="mark billed dim" d="M48.8 197.4V135.3H147.3V197.4Z" fill="var(--c-anthropic)"/><path class="mark billed" d="M148.8 197.4V72.7H247.3V197.4Z" fill="var(--c-anthropic)"/><path class="mark estimated" d="M248.8 197.4V104H347.3V197.4Z" fill="url(#hatch-anthropic)"/><path class="mark billed dim" d="M48.8 134.7V122.8H147.3V134.7Z" fill="var(--c-copilot)"/><path class="mark late" d="M148.8 72.1V57H247.3V72.1Z" fill="none" stroke="var(--c-copilot)" stroke-dasharray="2 2"/><rect class="cursor" x="-99" y="6" width="100" height="192"/></svg>"`,
  );
});

test('sets numbered flags above their days, apart from each other', () => {
  const flags = [
    { day: 2, mark: '2', state: 'open' },
    { day: 2, mark: '3', state: 'closed' },
  ];
  const picture = stack({ width: 354, days, series: [anthropic], flags, sign: '$' });
  expect(picture.match(/<circle[^>]*>/g)).toEqual([
    '<circle cx="298" cy="12" r="8" class="flag-dot open"/>',
    '<circle cx="316" cy="12" r="8" class="flag-dot closed"/>',
  ]);
});

test('says where a day lies for a pointer', () => {
  expect(stackDays({ width: 354, days })).toEqual({ left: 48, step: 100 });
});
