import { dayCache } from '../company/day-cache.ts';
import type { World } from '../company/world.ts';
import { type Answer, type Asked, bearer, json } from '../http-server.ts';
import type { Gateway } from './gateway.ts';
import { type Log, logsOn } from './logs.ts';
import { refuse } from './refusal.ts';

/** Where the logs are. */
export const LOGS = '/spend/logs/v2';

const DAY_MS = 86_400_000;
const MOST = 1000;
/** The proxy writes its logs in batches. */
const BATCH_MS = 60_000;

/** Answers as a LiteLLM proxy does; `now` is the laptop's clock in epoch milliseconds. */
export function litellmAnswers(world: World, gateway: Gateway, now: () => number): (asked: Asked) => Answer {
  const logsOf = dayCache((day) => logsOn(world, gateway, day));

  const logs = (query: URLSearchParams): Answer => {
    const [from, to] = [timeOf(query.get('start_date')), timeOf(query.get('end_date'))];
    if (from === null || to === null) return refuse(400, 'Start date and end date must be YYYY-MM-DD HH:MM:SS');
    const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('page_size') ?? 50)];
    if (!(page >= 1) || !(size >= 1 && size <= MOST)) return refuse(422, 'page or page_size is out of range');
    const found: Log[] = [];
    // Both ends belong to the answer, newest first.
    for (let day = Math.floor(to / DAY_MS); day >= Math.floor(from / DAY_MS); day -= 1)
      found.push(...logsOf(day).filter(({ at }) => at >= from && at <= to && at <= now() - BATCH_MS));
    return json(200, {
      data: found.slice((page - 1) * size, page * size).map(({ record }) => record),
      total: found.length,
      page,
      page_size: size,
      total_pages: Math.ceil(found.length / size),
    });
  };

  return ({ path, query, headers, method }) => {
    const key = bearer(headers);
    if (key !== gateway.adminKey) return refuse(401, 'Authentication Error, Invalid proxy server token passed.');
    if (method !== 'GET') return refuse(405, 'Method Not Allowed');
    if (path === LOGS) return logs(query);
    return path === '/user/info' ? json(200, { user_id: 'outlay', keys: [], teams: [] }) : refuse(404, 'Not Found');
  };
}

function timeOf(text: string | null): number | null {
  const isTime = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text ?? '');
  return isTime ? Date.parse(`${text?.replace(' ', 'T')}Z`) : null;
}
