import type { Person } from '../company/people.ts';
import type { Organisation } from './organisation.ts';
import type { ReportQuery } from './query.ts';
import type { Actor, UsageRow } from './usage-row.ts';

const actorTypes = {
  user: 'user_actor',
  service_account: 'service_account_actor',
  key: 'api_actor',
  federated: 'federated_actor',
  hidden: null,
} as const satisfies Record<Actor['kind'], string | null>;

/** The value of a dimension that tells rows apart; null where the vendor has none. */
export function dimensionOf(row: UsageRow, dimension: string, organisation: Organisation): string | null {
  switch (dimension) {
    case 'actor':
      return `${row.actor.kind} ${row.actor.id}`;
    case 'actor_type':
      return actorTypes[row.actor.kind];
    case 'account_id':
      return row.actor.kind === 'user' ? row.actor.id : null;
    case 'service_account_id':
      return row.actor.kind === 'service_account' ? row.actor.id : null;
    case 'api_key_id':
      return row.keyId;
    case 'context_window':
      return row.context;
    case 'inference_geo':
      return row.geo;
    case 'model':
      return row.model;
    case 'organization_id':
      return organisation.id;
    case 'product':
      return row.product;
    case 'service_tier':
      return row.tier;
    case 'session_id':
      return row.sessionId;
    case 'speed':
      return row.speed;
    case 'workspace_id':
      return row.workspaceId;
    default:
      return null;
  }
}

/** Which filter looks at which dimension. */
const filtered: Readonly<Record<string, string>> = {
  actor_types: 'actor_type',
  api_key_ids: 'api_key_id',
  workspace_ids: 'workspace_id',
  models: 'model',
  service_tiers: 'service_tier',
  context_windows: 'context_window',
  speeds: 'speed',
  products: 'product',
  session_ids: 'session_id',
  organization_ids: 'organization_id',
};

/** Whether a row passes every filter of a question; an unknown dimension of the simulation matches nothing. */
export function passes(row: UsageRow, filters: ReportQuery['filters'], organisation: Organisation): boolean {
  for (const [name, wanted] of filters) {
    if (name === 'actor_ids') {
      if (row.actor.kind === 'hidden' || row.actor.kind === 'federated' || !wanted.has(row.actor.id)) return false;
      continue;
    }
    if (name === 'inference_geos') {
      if (!wanted.has(row.geo ?? 'not_available')) return false;
      continue;
    }
    const dimension = filtered[name];
    const value = dimension === undefined ? null : dimensionOf(row, dimension, organisation);
    // An empty entry among the keys also matches what was used without a key.
    const matches = value === null ? name === 'api_key_ids' && wanted.has('') : wanted.has(value);
    if (!matches) return false;
  }
  return true;
}

/** Every third leaver's address is gone with them. */
const FORGETS_EVERY = 3;

/** An actor as the vendor renders it; null for identities that it cannot. */
export function renderActor(actor: Actor, people: readonly Person[], today: number): object | null {
  switch (actor.kind) {
    case 'user': {
      const person = people[actor.person];
      const deleted = person?.leftOn !== null && person?.leftOn !== undefined && person.leftOn <= today;
      const forgotten = deleted && actor.person % FORGETS_EVERY === 0;
      return {
        type: 'user_actor',
        user_id: actor.id,
        email_address: forgotten ? null : (person?.email ?? null),
        name: forgotten ? null : (person?.name ?? null),
        deleted,
      };
    }
    case 'service_account':
      return { type: 'service_account_actor', service_account_id: actor.id };
    case 'key':
      return { type: 'api_actor', api_key_id: actor.id };
    case 'federated':
      return { type: 'federated_actor', provider: { type: 'oidc', issuer: actor.issuer }, subject: actor.subject };
    case 'hidden':
      return null;
    default:
      return actor satisfies never;
  }
}
