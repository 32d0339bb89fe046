import { expect, test } from 'vitest';
import { spread } from '../../../../local/report/charts/spread.ts';

const places = (...at: number[]) => at.map((one) => ({ at: one }));

test('leaves labels alone that are far enough apart', () => {
  expect(spread(places(10, 40), 15, 0, 100)).toEqual(places(10, 40));
});

test('moves a close label down, in order', () => {
  expect(spread(places(20, 10, 12), 15, 0, 100)).toEqual(places(10, 25, 40));
});

test('moves all up where the last would leave the picture', () => {
  expect(spread(places(90, 95), 15, 0, 100)).toEqual(places(85, 100));
});
