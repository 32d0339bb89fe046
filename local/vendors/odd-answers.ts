import { refuse as refuseAnthropic } from './anthropic/refusal.ts';
import type { Answer, Asked } from './http-server.ts';
import { refuse as refuseOpenai } from './openai/refusal.ts';
import type { Oddity } from './options.ts';

/** A vendor's answers with those oddities that change answers; the others change what happened, where it is made. */
export function oddAnswers(
  connection: string,
  oddities: ReadonlySet<Oddity>,
  answers: (asked: Asked) => Answer,
): (asked: Asked) => Answer {
  const isResearch = connection === 'anthropic.research';
  if (isResearch && oddities.has('locked-key')) return () => refuseAnthropic(401, 'invalid x-api-key');
  if (isResearch && oddities.has('changed-shape'))
    return (asked) => {
      const answer = answers(asked);
      return { ...answer, body: answer.body.replaceAll(/"output_tokens":\d+,/g, '') };
    };
  if (connection === 'openai.main' && oddities.has('missing-right')) {
    const message = 'You have insufficient permissions for this operation. Missing scopes: api.usage.read.';
    const cause = { type: 'invalid_request_error', code: 'missing_scope' };
    return (asked) => (asked.path === '/v1/organization/costs' ? refuseOpenai(403, message, cause) : answers(asked));
  }
  return answers;
}
