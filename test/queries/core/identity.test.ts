import { describe, expect, it } from 'vitest';
import { type Given, lakeOf } from '../lake.ts';

const team = (team_id: string, team_name = team_id) => ({
  team_id,
  team_name,
  path: `${team_id}/`,
  cost_center: `CC ${team_id}`,
});
const teams = [team('search'), team('data', 'Data Platform')];
const column = (names: string) => `select ${names} from identity_map order by kind, id, valid_from`;
const span = (team_id: string | null, valid_from: string, valid_to: string, more: object = {}) => ({
  team_id,
  valid_from,
  valid_to,
  ...more,
});

async function mapped(given: Given, names = 'team_id, valid_from, valid_to', where = '') {
  const lake = await lakeOf({ teams, ...given }, []);
  return lake.rows(column(names).replace(' order by', `${where} order by`));
}

describe('identity_map', () => {
  it('covers all time of a person: teams one after another, none between and around', async () => {
    expect(
      await mapped({
        person_hints: [{ hint: 'p_ana', person_id: 'p_ana' }],
        people: [
          { person_id: 'p_ana', team_id: 'search', valid_from: '2026-01-01', valid_to: '2026-03-01' },
          { person_id: 'p_ana', team_id: 'data', valid_from: '2026-04-01' },
        ],
      }),
    ).toEqual([
      span(null, '0001-01-01', '2026-01-01'),
      span('search', '2026-01-01', '2026-03-01'),
      span(null, '2026-03-01', '2026-04-01'),
      span('data', '2026-04-01', '9999-12-31'),
    ]);
  });

  it('knows a person by address, by login and by id, the address first', async () => {
    const person = (id: string, hints: object) => ({ kind: 'person', id, ...hints });
    expect(
      await mapped(
        {
          person_hints: [
            { hint: 'p_ana', person_id: 'p_ana' },
            { hint: 'l_ana', person_id: 'p_ana' },
            { hint: 'l_ben', person_id: 'p_ben' },
            { hint: 'u_cia', person_id: 'p_cia' },
          ],
          principals: [
            person('u_1', { email_hint: 'p_ana', login_hint: 'l_ben' }),
            person('u_2', { login_hint: 'l_ben' }),
            person('u_3', { email_hint: 'p_stranger' }),
            person('u_4', {}),
          ],
        },
        'id, person_id',
        " where kind = 'person'",
      ),
    ).toEqual([
      { id: 'l_ana', person_id: 'p_ana' },
      { id: 'l_ben', person_id: 'p_ben' },
      { id: 'p_ana', person_id: 'p_ana' },
      { id: 'u_1', person_id: 'p_ana' },
      { id: 'u_2', person_id: 'p_ben' },
      { id: 'u_3', person_id: 'p_stranger' },
      { id: 'u_4', person_id: 'u_4' },
      { id: 'u_cia', person_id: 'p_cia' },
    ]);
  });

  it('gives a key the team of its owner on each day, from its creation, else since ever', async () => {
    const key = (id: string, day: string, owner_id: string | null, more: object = {}) => ({
      kind: 'credential',
      id,
      day,
      owner_id,
      ...more,
    });
    expect(
      await mapped(
        {
          person_hints: [{ hint: 'p_ana', person_id: 'p_ana' }],
          people: [
            { person_id: 'p_ana', team_id: 'search', valid_to: '2026-11-10' },
            { person_id: 'p_ana', team_id: 'data', valid_from: '2026-11-10' },
          ],
          principals: [
            key('key-ana', '2026-11-05', 'p_ana', { created_at: '2026-10-20T09:00:00.000Z' }),
            key('key-lost', '2026-11-05', null),
            key('key-moved', '2026-11-05', null),
            key('key-moved', '2026-11-06', null, { status: 'inactive' }),
            key('key-moved', '2026-11-20', 'p_ana'),
          ],
        },
        'id, team_id, owner_id, valid_from, valid_to',
        " where kind = 'credential'",
      ),
    ).toEqual([
      span('search', '2026-10-20', '2026-11-10', { id: 'key-ana', owner_id: 'p_ana' }),
      span('data', '2026-11-10', '9999-12-31', { id: 'key-ana', owner_id: 'p_ana' }),
      span(null, '0001-01-01', '9999-12-31', { id: 'key-lost', owner_id: null }),
      span(null, '0001-01-01', '2026-11-20', { id: 'key-moved', owner_id: null }),
      span('data', '2026-11-20', '9999-12-31', { id: 'key-moved', owner_id: 'p_ana' }),
    ]);
  });

  it("reads a workspace's tag as a team's id or name, and as nobody's where no team is called so", async () => {
    const tagged = (id: string, team_hint: string) => ({ kind: 'workspace', id, team_hint });
    expect(
      await mapped(
        { principals: [tagged('ws-1', 'SEARCH'), tagged('ws-2', 'data platform'), tagged('ws-3', 'Growth')] },
        'id, team_id, via',
      ),
    ).toEqual([
      { id: 'ws-1', team_id: 'search', via: 'tag' },
      { id: 'ws-2', team_id: 'data', via: 'tag' },
      { id: 'ws-3', team_id: null, via: 'owner' },
    ]);
  });

  it('makes one person of two vendors who write an address differently, by the hash of the folded one', async () => {
    const lake = await lakeOf({
      teams: [team('payments')],
      person_hints: [{ hint: 'p_ana', person_id: 'p_ana' }],
      people: [{ person_id: 'p_ana', team_id: 'payments' }],
      principals: [{ kind: 'person', id: 'u_cursor', email_hint: 'p_ana', connection_id: 'openai.main' }],
      costs: [
        { principal_id: 'p_ana', billed_cost: '12.50' },
        { principal_id: 'u_cursor', connection_id: 'openai.main', provider: 'openai', billed_cost: '7.25' },
      ],
    });
    expect(
      await lake.rows(
        'select team_id, count(distinct person_id) as people, sum(allocated_cost) as cost from allocated_cost group by team_id',
      ),
    ).toEqual([{ team_id: 'payments', people: '1', cost: '19.7500000000' }]);
  });
});
