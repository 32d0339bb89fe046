import { date, defineTable, nullable, oneOf, text, timestamp } from '../table.ts';

/** Kinds of things a vendor can bill or name. */
export const PRINCIPAL_KINDS = ['person', 'service', 'credential', 'workspace'] as const;

/** Directories as the vendors have them, without a name in it. */
export const principals = defineTable({
  name: 'principals',
  grain: 'One row per day its directory changed, connection, and user, key, service account or workspace in it.',
  area: 'facts',
  partitioned: true,
  version: 1,
  sort: ['day', 'kind', 'id'],
  columns: {
    day: date('day of the snapshot; holds until the next one of the same source and connection'),
    source: text('source id'),
    connection_id: text('vendor as this company has it'),
    provider: text('vendor'),
    kind: oneOf(PRINCIPAL_KINDS, 'what it is'),
    id: text('pseudonym for a person, the vendor id for the others; what usage and costs carry'),
    parent_id: nullable(text('workspace of a key or service account; null: none told')),
    owner_id: nullable(text('principal that owns or made the key or service account; null: not told')),
    email_hint: nullable(text('keyed hash of the e-mail address; null: not told')),
    login_hint: nullable(text('keyed hash of vendor and login; null: not told')),
    team_hint: nullable(text("value of the vendor's own tag `team`; null: no tag")),
    cost_center_hint: nullable(text("value of the vendor's own tag `cost_center` or `cost-center`; null: no tag")),
    status: oneOf(['active', 'inactive', 'archived', 'unknown'], 'state at the vendor'),
    created_at: nullable(timestamp('creation at the vendor; null: open to the past')),
  },
});
