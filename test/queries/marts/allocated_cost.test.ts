import { describe, expect, it } from 'vitest';
import type { AnyRow } from '../../../shared/table.ts';
import { type Given, lakeOf } from '../lake.ts';
import { calendarOf } from '../rows.ts';

const team = (team_id: string) => ({ team_id, team_name: team_id, path: `${team_id}/`, cost_center: `CC ${team_id}` });
const person = (person_id: string, team_id: string, more: object = {}) => ({ person_id, team_id, ...more });
const REFERENCE: Given = {
  calendar: calendarOf('2026-11', 30),
  teams: ['search', 'data', 'web'].map(team),
  person_hints: ['p_ana', 'p_ben', 'p_cia'].map((hint) => ({ hint, person_id: hint })),
  people: [person('p_ana', 'search'), person('p_ben', 'search'), person('p_cia', 'data')],
  principals: [
    { kind: 'credential', id: 'key-ana', owner_id: 'p_ana' },
    { kind: 'credential', id: 'key-lost', owner_id: null },
    { kind: 'workspace', id: 'ws-data', team_hint: 'data' },
  ],
};
const given = { team_id: null, cost_center: null, basis: 'direct', reason: null, rule_id: null };

async function allocated(more: Given, columns = 'team_id, cost_center, basis, reason, rule_id, allocated_cost') {
  const lake = await lakeOf({ ...REFERENCE, ...more });
  return lake.rows(`select ${columns} from allocated_cost order by allocated_cost, team_id`);
}

describe('allocated cost', () => {
  it('goes to the team of the person, of the owner of the key, of the tag of the workspace, else to nobody with the reason', async () => {
    expect(
      await allocated({
        costs: [
          { principal_id: 'p_cia', credential_id: 'key-ana', workspace_id: 'ws-data', billed_cost: '1' },
          { credential_id: 'key-ana', workspace_id: 'ws-data', billed_cost: '2' },
          { credential_id: 'key-lost', workspace_id: 'ws-data', billed_cost: '3' },
          { credential_id: 'key-lost', billed_cost: '4' },
          { principal_id: 'p_stranger', billed_cost: '5' },
          { billed_cost: '6' },
        ],
      }),
    ).toEqual([
      { ...given, team_id: 'data', cost_center: 'CC data', allocated_cost: '1.0000000000' },
      { ...given, team_id: 'search', cost_center: 'CC search', allocated_cost: '2.0000000000' },
      { ...given, team_id: 'data', cost_center: 'CC data', allocated_cost: '3.0000000000' },
      { ...given, basis: 'unattributed', reason: 'no_owner', allocated_cost: '4.0000000000' },
      { ...given, basis: 'unattributed', reason: 'person_without_team', allocated_cost: '5.0000000000' },
      { ...given, basis: 'unattributed', reason: 'no_key_or_person', allocated_cost: '6.0000000000' },
    ]);
  });

  it('goes to the team that a person was in on the day', async () => {
    expect(
      await allocated(
        {
          people: [
            person('p_ana', 'search', { valid_to: '2026-11-10' }),
            person('p_ana', 'web', { valid_from: '2026-11-10' }),
          ],
          costs: ['2026-11-09', '2026-11-10'].map((day) => ({
            day,
            principal_id: 'p_ana',
            billed_cost: day.slice(-1),
          })),
        },
        'day, team_id',
      ),
    ).toEqual([
      { day: '2026-11-10', team_id: 'web' },
      { day: '2026-11-09', team_id: 'search' },
    ]);
  });

  it('follows the first rule that matches on that day before any owner', async () => {
    const rules: AnyRow[] = [
      { rule_id: 'over', priority: 9, principal_id: 'p_ana', method: 'assign', team_id: 'data' },
      {
        rule_id: 'first',
        priority: 5,
        provider: 'anthropic',
        principal_id: 'p_ana',
        method: 'assign',
        team_id: 'web',
        cost_center: 'CC own',
        project: 'shop',
        application: 'cart',
      },
      {
        rule_id: 'past',
        priority: 1,
        principal_id: 'p_ana',
        method: 'assign',
        team_id: 'data',
        valid_to: '2026-11-24',
      },
      { rule_id: 'label', priority: 7, principal_id: 'p_ben', method: 'assign', project: 'lab' },
    ];
    expect(
      await allocated(
        {
          rules,
          costs: [
            { principal_id: 'p_ana', billed_cost: '1' },
            { principal_id: 'p_ben', billed_cost: '2' },
          ],
        },
        'team_id, cost_center, project, application, basis, rule_id',
      ),
    ).toEqual([
      {
        team_id: 'web',
        cost_center: 'CC own',
        project: 'shop',
        application: 'cart',
        basis: 'direct',
        rule_id: 'first',
      },
      {
        team_id: 'search',
        cost_center: 'CC search',
        project: 'lab',
        application: null,
        basis: 'direct',
        rule_id: 'label',
      },
    ]);
  });

  it('calls what a rule gives of what nobody is billed for shared', async () => {
    const rules = [{ rule_id: 'seats', priority: 1, provider: 'anthropic', method: 'assign', team_id: 'web' }];
    expect(await allocated({ rules, costs: [{ billed_cost: '6' }] }, 'team_id, basis, rule_id')).toEqual([
      { team_id: 'web', basis: 'shared', rule_id: 'seats' },
    ]);
  });

  it.each([
    [
      'fixed',
      [
        ['data', '0.3'],
        ['search', '0.7'],
      ],
      [
        ['data', '3.0000000003'],
        ['search', '7.0000000007'],
      ],
    ],
    [
      'headcount',
      [
        ['data', null],
        ['search', null],
        ['web', null],
      ],
      [
        ['data', '3.3333333333'],
        ['search', '6.6666666677'],
      ],
    ],
    [
      'usage',
      [
        ['data', null],
        ['search', null],
        ['web', null],
      ],
      [
        ['data', '2.5000000003'],
        ['search', '7.5000000007'],
      ],
    ],
  ])('splits by %s to the last digit, the rest to the largest', async (method, to, parts) => {
    const rules = to.map(([team_id, share]) => ({
      rule_id: 'ci',
      priority: 1,
      workspace_id: 'ws-ci',
      method,
      team_id,
      share,
    }));
    const costs = [
      { credential_id: 'key-ci', workspace_id: 'ws-ci', billed_cost: '10.000000001' },
      { principal_id: 'p_ana', billed_cost: '3' },
      { principal_id: 'p_cia', billed_cost: '1' },
    ];
    const lake = await lakeOf({ ...REFERENCE, rules, costs });
    expect(
      await lake.rows(
        "select team_id, basis, allocated_cost from allocated_cost where rule_id = 'ci' order by team_id",
      ),
    ).toEqual(parts.map(([team_id, allocated_cost]) => ({ team_id, basis: 'shared', allocated_cost })));
    expect(await lake.rows("select sum(allocated_cost) as cost from allocated_cost where rule_id = 'ci'")).toEqual([
      { cost: '10.0000000010' },
    ]);
  });

  it('leaves to nobody what a rule would split among teams without a head', async () => {
    const rules = [{ rule_id: 'ci', priority: 1, method: 'headcount', team_id: 'web' }];
    expect(await allocated({ rules, costs: [{ principal_id: 'p_ana', billed_cost: '1' }] })).toEqual([
      { ...given, basis: 'unattributed', reason: 'nothing_to_split_by', rule_id: 'ci', allocated_cost: '1.0000000000' },
    ]);
  });
});
