import { dayNumber, dayText } from '../calendar.ts';
import { dayCache } from '../company/day-cache.ts';
import type { World } from '../company/world.ts';
import { type Answer, type Asked, bearer, json } from '../http-server.ts';
import type { Account } from './account.ts';
import { activityOn, type Line } from './activity.ts';
import { refuse } from './refusal.ts';

const DAY_MS = 86_400_000;
const REACH_DAYS = 30;
const PREFIX = '/api/v1/';
/** Dollars bought before the last thirty days, and used before them. */
const BOUGHT = 400;
const USED_BEFORE = 40;

/** Answers as OpenRouter's API does for the account; `now` is the laptop's clock in epoch milliseconds. */
export function openrouterAnswers(world: World, account: Account, now: () => number): (asked: Asked) => Answer {
  const linesOf = dayCache((day) => activityOn(world, account, day));
  const today = (): number => Math.floor(now() / DAY_MS);
  const recent = (): readonly Line[] =>
    Array.from({ length: REACH_DAYS }, (_, i) => today() - 1 - i).flatMap((day) => linesOf(day));

  const activity = (query: URLSearchParams): Answer => {
    const date = query.get('date');
    const day = date === null ? null : dayNumber(date);
    if (day !== null && (day >= today() || day < today() - REACH_DAYS))
      return refuse(400, 'Date must be within the last 30 (completed) UTC days');
    const key = query.get('api_key_hash');
    if (key !== null && !account.keys.some(({ hash }) => hash === key)) return refuse(404, 'API key not found');
    const lines = (day === null ? recent() : linesOf(day)).filter((line) => key === null || line.key === key);
    const workspace = query.get('group_by') === 'workspace' ? { workspace_id: account.workspaceId } : {};
    return json(200, { data: merged(lines).map(({ key: _key, ...line }) => ({ ...line, ...workspace })) });
  };

  const answer = ({ path, query }: Asked): Answer => {
    const offset = Number(query.get('offset') ?? 0);
    const created_at = `${dayText(world.first)}T09:00:00Z`;
    switch (path) {
      case `${PREFIX}activity`:
        return activity(query);
      case `${PREFIX}credits`: {
        const used = recent().reduce((sum, { usage }) => sum + usage, USED_BEFORE);
        return json(200, { data: { total_credits: BOUGHT, total_usage: used } });
      }
      case `${PREFIX}keys`: {
        const keys = account.keys
          .filter(({ disabled }) => !disabled || query.get('include_disabled') === 'true')
          .map(({ hash, name, maker, disabled, limit }) => {
            const month = dayText(today()).slice(0, 7);
            const used = recent()
              .filter((line) => line.key === hash && line.date.startsWith(month))
              .reduce((sum, { usage }) => sum + usage, 0);
            return {
              hash,
              name,
              label: `sk-or-v1-${hash.slice(0, 3)}...${hash.slice(-3)}`,
              disabled,
              limit,
              limit_remaining: limit === null ? null : limit - used,
              limit_reset: limit === null ? null : 'monthly',
              created_at,
              updated_at: null,
              creator_user_id: account.userId(maker),
              workspace_id: account.workspaceId,
            };
          });
        return json(200, { data: keys.slice(offset, offset + 100) });
      }
      case `${PREFIX}workspaces`: {
        const data = [{ id: account.workspaceId, name: 'Experiments', slug: 'experiments', created_at }];
        return json(200, { data: data.slice(offset), total_count: data.length });
      }
      case `${PREFIX}organization/members`: {
        const data = account.members.map((person) => {
          const [first_name = '', ...others] = person.name.split(' ');
          return {
            id: account.userId(person),
            email: person.email,
            first_name,
            last_name: others.join(' '),
            role: 'org:member',
          };
        });
        return json(200, { data: data.slice(offset), total_count: data.length });
      }
      default:
        return refuse(404, 'Not Found');
    }
  };

  return (asked) => {
    const key = bearer(asked.headers);
    if (key === null) return refuse(401, 'No auth credentials found');
    if (key !== account.managementKey) return refuse(403, 'Only management keys can perform this operation');
    return asked.method === 'GET' ? answer(asked) : refuse(405, 'Method Not Allowed');
  };
}

/** Lines of one model and endpoint on one day as one. */
function merged(lines: readonly Line[]): readonly Line[] {
  return [...Map.groupBy(lines, ({ date, endpoint_id }) => `${date} ${endpoint_id}`).values()].flatMap((group) => {
    const [first] = group;
    const total = (of: (line: Line) => number): number => group.reduce((sum, line) => sum + of(line), 0);
    return first === undefined
      ? []
      : [
          {
            ...first,
            usage: total(({ usage }) => usage),
            byok_usage_inference: total(({ byok_usage_inference }) => byok_usage_inference),
            requests: total(({ requests }) => requests),
            prompt_tokens: total(({ prompt_tokens }) => prompt_tokens),
            completion_tokens: total(({ completion_tokens }) => completion_tokens),
            reasoning_tokens: total(({ reasoning_tokens }) => reasoning_tokens),
          },
        ];
  });
}
