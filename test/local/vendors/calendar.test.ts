import { describe, expect, it } from 'vitest';
import { dayNumber, dayText, isHoliday, weekday, zoneOffset } from '../../../local/vendors/calendar.ts';

describe('days', () => {
  it('turn into numbers and back, and know their weekday', () => {
    expect(dayText(dayNumber('2026-11-24'))).toBe('2026-11-24');
    expect([dayNumber('1970-01-01'), weekday(dayNumber('2026-11-24')), weekday(dayNumber('2026-11-22'))]).toEqual([
      0, 1, 6,
    ]);
  });

  it('refuse text that is no day', () => {
    expect(() => dayNumber('24.11.2026')).toThrow('"24.11.2026" is no day: give it as YYYY-MM-DD.');
  });

  it.each([
    ['US', '2026-11-26', true],
    ['US', '2026-11-27', true],
    ['US', '2026-11-19', false],
    ['US', '2026-09-07', true],
    ['GB', '2026-08-31', true],
    ['GB', '2026-08-24', false],
    ['DE', '2026-10-03', true],
    ['IN', '2026-11-26', false],
  ] as const)('in %s is %s a holiday: %s', (country, day, expected) => {
    expect(isHoliday(country, dayNumber(day))).toBe(expected);
  });

  it.each([
    ['America/New_York', '2026-10-31', -4],
    ['America/New_York', '2026-11-02', -5],
    ['Europe/Berlin', '2026-07-01', 2],
    ['Asia/Kolkata', '2026-07-01', 5.5],
    ['Europe/London', '2026-12-01', 0],
  ])('%s is at %s so many hours ahead', (zone, day, hours) => {
    expect(zoneOffset(zone, dayNumber(day))).toBe(hours);
  });
});
