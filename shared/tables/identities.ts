import { defineTable, nullable, oneOf, text } from '../table.ts';
import { PRINCIPAL_KINDS } from './principals.ts';

/** The one table that knows names. Own prefix, own grant; no mart reads it. */
export const identities = defineTable({
  name: 'identities',
  grain: 'One row per principal (or person) and source that told its name.',
  area: 'identities',
  partitioned: false,
  version: 1,
  sort: ['kind', 'id'],
  columns: {
    id: text('principal id or person id, as elsewhere in the lake'),
    kind: oneOf(PRINCIPAL_KINDS, 'what it is'),
    source: text('source that told it, or `people`'),
    connection_id: text('connection that told it, or `people`'),
    email: nullable(text('address')),
    login: nullable(text('login')),
    name: nullable(text('name of a person')),
    label: nullable(text('name of a key, workspace or service account')),
  },
});
