import { describe, expect, it } from 'vitest';
import { type Given, lakeOf, type TestLake } from '../lake.ts';
import { calendarOf, METER_ROWS } from '../rows.ts';

const CHEAP = 'small';
const DEAR = 'large';
/** Answers of a day by model, in millions of tokens, of each person alike: a cheap one costs $1, a dear one $10. */
type Answers = Readonly<Record<string, Partial<Record<typeof CHEAP | typeof DEAR, number>>>>;
const THREE = ['p_ana', 'p_ben', 'p_cia'];

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}`;
const usual = (from: number, to: number, mix: Answers[string]): Answers =>
  Object.fromEntries(Array.from({ length: to - from + 1 }, (_, index) => [day(from + index), mix]));

/** A team's months, or those of the teams that the people are in; on the last day `moved` alone answer as told, the others as on the first. */
function world(
  answers: Answers,
  people: readonly string[] = THREE,
  moved: readonly string[] = people,
  teamOf: (person: string) => string = () => 'search',
): Given {
  const days = Object.entries(answers);
  const facts = days.flatMap(([on, mix], index) =>
    people.flatMap((principal_id) => {
      const own = index === days.length - 1 && !moved.includes(principal_id) ? (days[0]?.[1] ?? {}) : mix;
      return Object.entries(own).map(([model, millions]) => ({
        ...{ day: on, model, principal_id, meter: 'output_tokens' },
        quantity: String(millions * 1_000_000),
        cost: String(millions * (model === DEAR ? 10 : 1)),
      }));
    }),
  );
  return {
    calendar: calendarOf('2026-11', 30),
    meters: METER_ROWS,
    prices: [
      { model: CHEAP, meter: 'output_tokens', unit_price: '0.000001' },
      { model: DEAR, meter: 'output_tokens', unit_price: '0.00001' },
    ],
    teams: [...new Set(people.map(teamOf))].map((team_id) => ({
      team_id,
      team_name: team_id,
      path: `${team_id}/`,
      cost_center: 'CC-1',
    })),
    people: people.map((person_id) => ({ person_id, team_id: teamOf(person_id) })),
    person_hints: people.map((person_id) => ({ hint: person_id, person_id })),
    usage: facts.map(({ cost: _cost, ...row }) => row),
    costs: facts.map(({ cost, ...row }) => ({ ...row, billed_cost: cost })),
  };
}

const mixCost = (lake: TestLake) =>
  lake.rows(
    'select day, scope_id, grown_model, raised_count, active_count, mix_index, allocated_cost, mix_cost from mix_cost order by day, scope_id',
  );

describe('what a dearer mix of models costs', () => {
  it('is the part of a day above the cost of the same answers at the mix of the weeks before, by the model that grew', async () => {
    // Before: 9 of 10 answers are cheap, $1.90 a million. Then half of them: $5.50.
    const before = usual(1, 14, { [CHEAP]: 9, [DEAR]: 1 });
    const lake = await lakeOf(world({ ...before, [day(20)]: { [CHEAP]: 10, [DEAR]: 10 } }));
    expect(await mixCost(lake)).toEqual([
      {
        day: '2026-11-20',
        scope_id: 'search',
        grown_model: DEAR,
        raised_count: '3',
        active_count: '3',
        mix_index: '2.894737',
        allocated_cost: '330.0000000000',
        mix_cost: '216.0000000000',
      },
    ]);
  });

  it('is told apart for teams that move on one day', async () => {
    const before = usual(1, 14, { [CHEAP]: 9, [DEAR]: 1 });
    const people = ['p_ana', 'p_ben', 'p_cia', 'q_dan', 'q_eva', 'q_fay', 'q_gil'];
    const teamOf = (person: string) => (person.startsWith('p_') ? 'search' : 'payments');
    const lake = await lakeOf(world({ ...before, [day(20)]: { [CHEAP]: 10, [DEAR]: 10 } }, people, people, teamOf));
    const told = (await mixCost(lake)).map((row) => [row.scope_id, row.raised_count, row.active_count, row.mix_cost]);
    expect(told).toEqual([
      ['payments', '4', '4', '288.0000000000'],
      ['search', '3', '3', '216.0000000000'],
    ]);
  });

  it.each<[string, Answers]>([
    [
      'ten times the work with the same models',
      { ...usual(1, 14, { [CHEAP]: 9, [DEAR]: 1 }), [day(20)]: { [CHEAP]: 90, [DEAR]: 10 } },
    ],
    ['a move to cheaper models', { ...usual(1, 14, { [CHEAP]: 1, [DEAR]: 9 }), [day(20)]: { [CHEAP]: 9, [DEAR]: 1 } }],
    [
      'a mix less than 1.3 times dearer',
      { ...usual(1, 14, { [CHEAP]: 5, [DEAR]: 5 }), [day(20)]: { [CHEAP]: 4, [DEAR]: 6 } },
    ],
    [
      'fewer than five days to compare with',
      { ...usual(13, 16, { [CHEAP]: 9, [DEAR]: 1 }), [day(20)]: { [DEAR]: 10 } },
    ],
  ])('is nothing for %s', async (_name, answers) => {
    expect(await mixCost(await lakeOf(world(answers)))).toEqual([]);
  });

  it.each([
    ['one of three people', THREE, ['p_ana']],
    ['two of two people', ['p_ana', 'p_ben'], ['p_ana', 'p_ben']],
    ['three of seven people', ['p_1', 'p_2', 'p_3', 'p_4', 'p_5', 'p_6', 'p_7'], ['p_1', 'p_2', 'p_3']],
  ])('is nothing where %s moved', async (_name, people, moved) => {
    const answers = { ...usual(1, 14, { [CHEAP]: 9, [DEAR]: 1 }), [day(20)]: { [DEAR]: 100 } };
    expect(await mixCost(await lakeOf(world(answers, people, moved)))).toEqual([]);
  });

  it('does not measure a mix by the three days before, which may have moved already', async () => {
    const before = usual(1, 14, { [CHEAP]: 9, [DEAR]: 1 });
    const lake = await lakeOf(world({ ...before, ...usual(15, 18, { [DEAR]: 10 }) }));
    expect((await mixCost(lake)).map((row) => `${row.day} ${row.mix_index}`)).toEqual([
      '2026-11-15 5.263158',
      '2026-11-16 5.263158',
      '2026-11-17 5.263158',
      '2026-11-18 5.263158',
    ]);
  });
});
