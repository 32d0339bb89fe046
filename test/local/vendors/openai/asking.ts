import { makeWorld } from '../../../../local/vendors/company/world.ts';
import type { Answer } from '../../../../local/vendors/http-server.ts';
import { openaiAnswers } from '../../../../local/vendors/openai/answer.ts';
import { organisation } from '../../../../local/vendors/openai/organisation.ts';
import { bodyOf, get, MORNING, setting } from '../asking.ts';

/** The company's organisation. */
export const openai = organisation(makeWorld(setting));

/** Asks below `/v1/organization/`, signed in, at an instant. */
export function ask(path: string, now = MORNING): Answer {
  const answers = openaiAnswers(makeWorld(setting), openai, () => now);
  return answers(get(`/v1/organization/${path}`, { authorization: `Bearer ${openai.adminKey}` }));
}

/** All results of a page, buckets put together; loose on purpose. */
// biome-ignore lint/suspicious/noExplicitAny: an answer has whatever shape the vendor gives it
export function results(path: string): any[] {
  return bodyOf(ask(path)).data.flatMap((bucket: { results: unknown[] }) => bucket.results);
}

/** Unix seconds of the beginning of a day. */
export function at(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}

/** A span of days as parameters. */
export function span(from: string, to: string): string {
  return `start_time=${at(from)}&end_time=${at(to)}`;
}
