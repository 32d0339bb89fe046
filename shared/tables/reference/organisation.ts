import { date, decimal, defineTable, nullable, oneOf, text, whole } from '../../table.ts';
import { validFrom, validTo } from './validity.ts';

/** Whose hint is whose: an address, a login, a vendor id, all as keyed hashes. */
export const personHints = defineTable({
  name: 'person_hints',
  grain: 'One row per keyed hash of an address or login and the person it belongs to.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['hint'],
  columns: {
    hint: text('keyed hash of an e-mail address, or of vendor and login'),
    person_id: text('pseudonym of the person'),
  },
});

/** People in teams. */
export const people = defineTable({
  name: 'people',
  grain: 'One row per person and stay in a team.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['person_id', 'valid_from'],
  columns: {
    person_id: text('pseudonym of the person'),
    team_id: text('team'),
    started_on: nullable(date('first day in the company; null: not told')),
    left_on: nullable(date('first day no longer in the company; null: still there')),
    valid_from: validFrom,
    valid_to: validTo,
  },
});

/** The tree of teams, flattened. */
export const teams = defineTable({
  name: 'teams',
  grain: 'One row per team.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['team_id'],
  columns: {
    team_id: text('id'),
    team_name: text('as shown'),
    parent_id: nullable(text('team above; null: top')),
    path: text('ids from the top to this team, each closed by a slash'),
    cost_center: text('own, or that of the nearest team above'),
    owner_id: nullable(text('person id of the owner; null: nobody')),
    time_zone: text('IANA zone, UTC if not told'),
    channel: nullable(text('chat channel; null: the common one')),
  },
});

/** Allocation rules, splits unrolled. */
export const rules = defineTable({
  name: 'rules',
  grain: 'One row per rule and team it gives to.',
  area: 'reference',
  partitioned: false,
  version: 1,
  sort: ['priority', 'rule_id', 'team_id'],
  columns: {
    rule_id: text('id'),
    priority: whole('rank among all rules, by priority and then id: lowest wins, unique'),
    provider: nullable(text('must equal; null: any')),
    connection_id: nullable(text('must equal; null: any')),
    workspace_id: nullable(text('must equal; null: any')),
    credential_id: nullable(text('must equal; null: any')),
    principal_id: nullable(text('must equal; null: any')),
    model: nullable(text('must equal; null: any')),
    method: oneOf(['assign', 'fixed', 'headcount', 'usage'], 'how it gives'),
    team_id: nullable(text('team given to; null: the rule names no team')),
    share: nullable(decimal(12, 10, 'fixed share; null: assign, headcount, usage')),
    cost_center: nullable(text('overrules that of the team')),
    project: nullable(text('project given')),
    application: nullable(text('application given')),
    valid_from: validFrom,
    valid_to: validTo,
  },
});
