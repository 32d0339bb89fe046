const DAY_MS = 86_400_000;

/** The number of a UTC day since 1970-01-01, from its text `YYYY-MM-DD`; throws on any other text. */
export function dayNumber(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) throw new Error(`"${text}" is no day: give it as YYYY-MM-DD.`);
  return time / DAY_MS;
}

/** The text `YYYY-MM-DD` of a day number. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The text of an instant in epoch milliseconds, whole seconds, `2026-11-24T06:00:00Z`. */
export function instantText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Whether a day is a Saturday or Sunday. */
export function isWeekend(day: number): boolean {
  return weekday(day) > 4;
}

/** Where the company has people: a time zone and the country whose holidays hold there. */
export interface Site {
  readonly zone: string;
  readonly country: 'US' | 'DE' | 'GB' | 'IN';
}

/** The company's sites, biggest first. */
export const sites: readonly [Site, ...Site[]] = [
  { zone: 'America/New_York', country: 'US' },
  { zone: 'Europe/Berlin', country: 'DE' },
  { zone: 'America/Los_Angeles', country: 'US' },
  { zone: 'Europe/London', country: 'GB' },
  { zone: 'Asia/Kolkata', country: 'IN' },
];

const FIXED: Readonly<Record<Site['country'], readonly string[]>> = {
  US: ['01-01', '06-19', '07-03', '12-24', '12-25'],
  DE: ['01-01', '05-01', '10-03', '12-24', '12-25', '12-31'],
  GB: ['01-01', '12-25', '12-28'],
  IN: ['01-26', '08-15', '10-02', '10-20', '11-09'],
};

/** Month, weekday (0 Monday), and which one of the month; -1 is the last. */
const MOVING: Readonly<Record<Site['country'], readonly (readonly [number, number, number])[]>> = {
  US: [
    [5, 0, -1],
    [9, 0, 1],
    [11, 3, 4],
    [11, 4, 4],
  ],
  DE: [],
  GB: [
    [5, 0, 1],
    [8, 0, -1],
  ],
  IN: [],
};

/** Whether a day is a public holiday in a country, as far as this made-up company keeps them. */
export function isHoliday(country: Site['country'], day: number): boolean {
  const text = dayText(day);
  if (FIXED[country].includes(text.slice(5))) return true;
  const month = Number(text.slice(5, 7));
  const date = Number(text.slice(8));
  return MOVING[country].some(
    ([inMonth, onWeekday, nth]) =>
      month === inMonth &&
      weekday(day) === onWeekday &&
      (nth === -1 ? Number(dayText(day + 7).slice(5, 7)) !== month : Math.ceil(date / 7) === nth),
  );
}

const offsets = new Map<string, number>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** Hours that a zone's clocks are ahead of UTC at noon of a day, half hours included. */
export function zoneOffset(zone: string, day: number): number {
  const key = `${zone} ${day}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const noon = new Date(day * DAY_MS + DAY_MS / 2);
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, format);
  const parts = format.formatToParts(noon);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const found = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  const hours = found === null ? 0 : (found[1] === '-' ? -1 : 1) * (Number(found[2]) + Number(found[3]) / 60);
  offsets.set(key, hours);
  return hours;
}
