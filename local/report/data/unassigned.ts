import type { Filters } from '../address.ts';
import type { Lake } from '../lake.ts';
import { named, type Query, select, sum } from '../select.ts';
import { chosen } from './figures.ts';

/** Something that spent and that nobody owns. */
export interface Unassigned {
  readonly kind: string;
  readonly id: string | null;
  readonly provider: string;
  readonly total: string;
  readonly estimated: string;
  readonly first: string;
  readonly last: string;
  readonly near: string | null;
  readonly likelyTeam: string | null;
  readonly likelihood: number | null;
  readonly nextStep: string | null;
}

// As the finding of that name has it: a key says more than a person, a person more than a workspace.
const KIND =
  "case when credential_id is not null then 'key' when principal_id is not null then 'person' when workspace_id is not null then 'workspace' else 'model' end";
const ID = 'coalesce(credential_id, principal_id, workspace_id, model)';

/** Spend of the period that no team owns, by what is nearest to a name; suggestions come from the finding. */
export async function readUnassigned(
  query: Query,
  filters: Filters,
  lake: Lake,
): Promise<{ rows: Unassigned[]; total: string; estimated: string }> {
  const where = [...chosen({ ...filters, team: null }, lake, filters.period), 'team_id is null', "basis <> 'covered'"];
  const sums = { total: sum('allocated_cost'), estimated: sum('allocated_cost', "status = 'estimated'") };
  const spent = await query(
    select({
      columns: {
        kind: KIND,
        id: ID,
        ...named('provider', 'connection_id'),
        ...sums,
        first: 'min(day)',
        last: 'max(day)',
      },
      from: 'allocated_cost',
      where,
      group: ['kind', 'id', 'provider', 'connection_id'],
      order: ['total desc', 'kind', 'id', 'provider', 'connection_id'],
    }),
  );
  const hints = await query(
    select({
      columns: {
        kind: 'kind',
        ...named('id', 'connection_id'),
        first: 'first_day',
        last: 'last_day',
        near: 'last_principal_id',
        team: 'likely_team_id',
        likelihood: 'likelihood',
        step: 'next_step',
      },
      from: 'unassigned',
      order: ['kind', 'id', 'provider', 'connection_id'],
    }),
  );
  const hintOf = new Map(hints.map((hint) => [`${hint.kind} ${hint.id} ${hint.connection_id}`, hint]));
  const [whole] = await query(select({ columns: sums, from: 'allocated_cost', where }));
  return {
    rows: spent.map((row) => {
      const hint = hintOf.get(`${row.kind} ${row.id} ${row.connection_id}`);
      return {
        kind: row.kind ?? 'model',
        id: row.id ?? null,
        provider: row.provider ?? '',
        total: row.total ?? '0',
        estimated: row.estimated ?? '0',
        first: hint?.first ?? row.first ?? '',
        last: hint?.last ?? row.last ?? '',
        near: hint?.near ?? null,
        likelyTeam: hint?.team ?? null,
        likelihood: hint?.likelihood ? Number(hint.likelihood) : null,
        nextStep: hint?.step ?? null,
      };
    }),
    total: whole?.total ?? '0',
    estimated: whole?.estimated ?? '0',
  };
}
