import type { World } from '../company/world.ts';
import { type Answer, type Asked, bearer, json } from '../http-server.ts';
import { type Enterprise, type Member, type Quarters, usedOn } from './enterprise.ts';
import { refuse } from './refusal.ts';

const PREFIX = '/v3/enterprise/';
const DAY_MS = 86_400_000;
/** The vendor's days begin at 08:00 UTC. */
const BEGINS_AFTER_MS = 8 * 3_600_000;
const MOST = 200;

/** Answers as Devin's API for service users of an enterprise does; `now` is the laptop's clock in epoch milliseconds. */
export function devinAnswers(world: World, enterprise: Enterprise, now: () => number): (asked: Asked) => Answer {
  const { members, former } = enterprise;
  /** The part of a day that is over. */
  const shareOf = (day: number): number => Math.min(1, Math.max(0, (now() - day * DAY_MS - BEGINS_AFTER_MS) / DAY_MS));

  const consumption = (of: readonly Member[], query: URLSearchParams): Answer => {
    const [after, before] = ['time_after', 'time_before'].map((name) => Number(query.get(name) ?? Number.NaN) * 1000);
    if (after === undefined || before === undefined || !(after < before))
      return refuse(422, 'time_after and time_before must be Unix seconds, the first before the second');
    const told: { date: number; acus: number; acus_by_product: object }[] = [];
    const [first, end] = [after, before].map((at) => Math.ceil((at - BEGINS_AFTER_MS) / DAY_MS));
    for (let day = Math.max(first ?? 0, world.first); day < Math.min(end ?? 0, world.last + 1); day += 1) {
      const share = shareOf(day);
      const sum = (product: keyof Quarters): number =>
        of.reduce((all, one) => all + Math.floor(usedOn(world, enterprise, one, day)[product] * share), 0) / 4;
      const [devin, cascade] = [sum('devin'), sum('cascade')];
      if (devin + cascade > 0)
        told.push({
          date: (day * DAY_MS + BEGINS_AFTER_MS) / 1000,
          acus: devin + cascade,
          acus_by_product: { devin, cascade, terminal: 0 },
        });
    }
    return json(200, { total_acus: told.reduce((all, { acus }) => all + acus, 0), consumption_by_date: told });
  };

  const list = (group: Member['group'], query: URLSearchParams): Answer => {
    const [first, after] = [Number(query.get('first') ?? 100), Number(query.get('after') ?? 0)];
    if (!Number.isInteger(first) || first < 1 || first > MOST) return refuse(422, 'first must be between 1 and 200');
    const all = members.filter((member) => member.group === group);
    const more = after + first < all.length;
    return json(200, {
      items: all.slice(after, after + first).map(itemOf),
      end_cursor: more ? String(after + first) : null,
      has_next_page: more,
      total: all.length,
    });
  };

  return ({ method, path, query, headers }) => {
    if (bearer(headers) !== enterprise.key) return refuse(401, 'Invalid credentials');
    if (method !== 'GET' || !path.startsWith(PREFIX)) return refuse(404, 'Not Found');
    const [what = '', of = '', kind, id] = path.slice(PREFIX.length).split('/');
    if (what === 'members' && (of === 'users' || of === 'idp-users' || of === 'service-users')) return list(of, query);
    if (what !== 'consumption') return refuse(404, 'Not Found');
    if (of === 'cycles') return json(200, { items: [], has_next_page: false, end_cursor: null, total: 0 });
    if (kind === undefined) return consumption([...members, former], query);
    const member = members.find((one) => one.id === id && (kind === 'service-users') === (one.person === null));
    return member === undefined ? refuse(404, 'Not Found') : consumption([member], query);
  };
}

function itemOf({ id, group, person }: Member): object {
  const role = { role_id: 'role-member', role_name: 'Member', role_type: 'enterprise' };
  const roles = [{ role, org_id: 'org-halden' }];
  if (person === null)
    return { service_user_id: id, name: 'nightly upgrades', expires_at: null, role_assignments: roles };
  const { email, name } = person;
  return group === 'idp-users'
    ? {
        user_id: id,
        email,
        name,
        idp_role_assignments: [{ idp_group_name: 'engineering', role, org_id: 'org-halden' }],
      }
    : { user_id: id, email, name, role_assignments: roles };
}
