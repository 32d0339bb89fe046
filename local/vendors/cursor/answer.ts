import type { World } from '../company/world.ts';
import type { Answer, Asked } from '../http-server.ts';
import { minuteLimit } from '../rate-limit.ts';
import { eventsOfCycles } from './events.ts';
import { InvalidRequest, refuse } from './refusal.ts';
import { type Body, eventReport, groupReport, memberReport, type Reporting, spendReport } from './reports.ts';
import type { CursorTeam } from './team.ts';

const LIMITED = 'Rate limit exceeded. Please try again later.';

/** Each endpoint: how it is asked, how often a minute it may be, and its report. */
const ENDPOINTS: Readonly<Record<string, readonly [string, number, (reporting: Reporting, body: Body) => Answer]>> = {
  '/teams/members': ['GET', 20, memberReport],
  '/teams/spend': ['POST', 20, spendReport],
  '/teams/filtered-usage-events': ['POST', 60, eventReport],
  '/teams/groups': ['GET', 20, groupReport],
};

/** Answers as Cursor's admin API does for the team; `now` is the laptop's clock in epoch milliseconds. */
export function cursorAnswers(world: World, team: CursorTeam, now: () => number): (asked: Asked) => Answer {
  const ofCycle = eventsOfCycles(world, team);
  const limits = new Map(Object.entries(ENDPOINTS).map(([path, [, most]]) => [path, minuteLimit(most, now)]));
  return (asked) => {
    if (!signsIn(asked, team)) return refuse(401, 'Invalid API key');
    const [method, , report] = ENDPOINTS[asked.path] ?? [];
    if (report === undefined || method !== asked.method) return refuse(404, 'Resource not found');
    const wait = limits.get(asked.path)?.() ?? null;
    if (wait !== null) return refuse(429, LIMITED, { 'retry-after': String(wait) });
    try {
      return report({ world, team, ofCycle, now: now() }, bodyOf(asked));
    } catch (error) {
      if (error instanceof InvalidRequest) return refuse(400, error.message);
      throw error;
    }
  };
}

/** HTTP Basic: the key is the user name, the password is empty. */
function signsIn({ headers }: Asked, team: CursorTeam): boolean {
  const given = /^basic (.+)$/i.exec(headers.authorization ?? '')?.[1];
  return given !== undefined && Buffer.from(given, 'base64').toString('utf8') === `${team.adminKey}:`;
}

function bodyOf({ body }: Asked): Body {
  if (body === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    throw new InvalidRequest('Invalid JSON body');
  }
}
