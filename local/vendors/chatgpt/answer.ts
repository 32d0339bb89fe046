import type { World } from '../company/world.ts';
import { type Answer, type Asked, bearer, json } from '../http-server.ts';
import { refuse } from '../openai/refusal.ts';
import { type Day, daysOf, keyOf, WORKSPACE } from './workspace.ts';

const DAY = 86_400;
const PATH = `/v1/analytics/codex/workspaces/${WORKSPACE}/usage`;
/** Hours until a day is told. */
const LAG_HOURS = 6;

/** Answers as the analytics of a ChatGPT workspace do; `now` is the laptop's clock in epoch milliseconds. */
export function chatgptAnswers(world: World, now: () => number): (asked: Asked) => Answer {
  const key = keyOf(world);
  return ({ headers, path, query }) => {
    if (bearer(headers) !== key) return refuse(401, 'Incorrect API key provided.', { type: 'invalid_request_error' });
    if (path !== PATH) return refuse(404, `Workspace not found (GET ${path})`);
    const [begins, ends] = ['start_time', 'end_time'].map((name) => Number(query.get(name)));
    const limit = Number(query.get('limit') ?? 100);
    if (begins === undefined || ends === undefined || !(begins < ends))
      return refuse(400, 'start_time and end_time must be seconds, the first before the second.');
    if (!Number.isInteger(limit) || limit < 1 || limit > 500) return refuse(400, 'limit must be between 1 and 500.');
    const told: object[] = [];
    for (let day = Math.floor(begins / DAY); day * DAY < ends; day += 1)
      if (((day + 1) * 24 + LAG_HOURS) * 3_600_000 <= now())
        told.push(...daysOf(world, day).map((of) => rowOf(of, day)));
    const from = Number(query.get('page')?.replace(/^cursor_/, '') ?? 0);
    const more = from + limit < told.length;
    const data = told.slice(from, from + limit);
    return json(200, { object: 'page', data, has_more: more, next_page: more ? `cursor_${from + limit}` : null });
  };
}

function rowOf({ person, userId, model, sessions }: Day, day: number): object {
  const sum = (count: 'turns' | 'tenths'): number => sessions.reduce((all, session) => all + session[count], 0);
  const credits = (tenths: number): number => tenths / 10;
  return {
    object: 'workspace.codex.usage',
    start_time: day * DAY,
    end_time: (day + 1) * DAY,
    user_id: userId,
    actor: { type: 'user', user_id: userId, email: person.email },
    totals: { threads: sessions.length, turns: sum('turns'), credits: credits(sum('tenths')) },
    clients: sessions.map(({ client, turns, tenths, uncached, cached, output }) => ({
      client_id: client,
      threads: 1,
      turns,
      credits: credits(tenths),
      // The web client tells no tokens.
      uncached_text_input_tokens: client === 'CODEX_WEB' ? null : uncached,
      cached_text_input_tokens: client === 'CODEX_WEB' ? null : cached,
      text_output_tokens: client === 'CODEX_WEB' ? null : output,
      text_total_tokens: client === 'CODEX_WEB' ? null : uncached + cached + output,
    })),
    models: [{ model, credits: credits(sum('tenths')), speed: 'standard' }],
    code_attribution: { lines_added: sum('turns') * 5, lines_removed: sum('turns') },
  };
}
