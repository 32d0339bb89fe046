import { dayNumber, dayText } from '../calendar.ts';
import type { World } from '../company/world.ts';
import type { Credits, Used } from './credits.ts';

const DAY_MS = 86_400_000;
/** Hours after a day's end until its report is made, and until the last telemetry is in it. */
const MADE_AFTER_HOURS = 12;
const SETTLED_AFTER_HOURS = 72;
const PARTS = 2;

const hoursSince = (day: number, now: number): number => (now - (day + 1) * DAY_MS) / 3_600_000;

/** The files of a day's report by path; none before the report is made, or outside of the history. */
export function reportFiles({ first, last }: World, day: number, now: number): readonly string[] {
  if (day < first || day > last || hoursSince(day, now) < MADE_AFTER_HOURS) return [];
  return Array.from({ length: PARTS }, (_, part) => `/users-1-day/${dayText(day)}/part-${part + 1}.ndjson`);
}

/** A file of a report; null: there is none of that name. */
export function reportFile(credits: Credits, path: string, now: number): string | null {
  const [, date, part] = /^\/users-1-day\/(\d{4}-\d{2}-\d{2})\/part-(\d)\.ndjson$/.exec(path) ?? [];
  if (date === undefined) return null;
  const day = dayNumber(date);
  const isSettled = hoursSince(day, now) >= SETTLED_AFTER_HOURS;
  return credits
    .usedOn(day)
    .filter(({ seat }) => seat.isSeen && (isSettled || !seat.isLate))
    .filter((_, index) => index % PARTS === Number(part) - 1)
    .map((used) => `${JSON.stringify(lineOf(date, used))}\n`)
    .join('');
}

function lineOf(day: string, { seat: { person }, tenths, interactions }: Used): object {
  const counts = {
    user_initiated_interaction_count: interactions,
    code_generation_activity_count: interactions * 2,
    code_acceptance_activity_count: Math.floor(interactions / 2),
    loc_suggested_to_add_sum: interactions * 9,
    loc_suggested_to_delete_sum: 0,
    loc_added_sum: interactions * 7,
    loc_deleted_sum: interactions,
  };
  return {
    day,
    enterprise_id: '13213',
    organization_id: '999',
    user_id: person.githubId,
    user_login: person.githubLogin,
    ...counts,
    ai_credits_used: tenths / 10,
    used_agent: interactions > 5,
    used_chat: true,
    used_cli: false,
    used_copilot_code_review_active: false,
    used_copilot_code_review_passive: false,
    totals_by_ide: [{ ide: 'vscode', ...counts }],
    totals_by_feature: [],
    totals_by_language_feature: [],
    totals_by_language_model: [],
    totals_by_model_feature: [],
  };
}
