import * as z from 'zod';
import { SCOPE_KINDS } from '../detector.ts';
import { INCIDENT_STATES } from '../tables/incidents.ts';

/** Why a message is sent. */
const CHANGES = ['opened', 'grew', 'escalated', 'resumed', 'closed', 'corrected', 'explained', 'became_usual'] as const;

const who = z.object({ kind: z.enum(SCOPE_KINDS), id: z.string() });

/**
 * What is told of an incident, once, as data. It names people, keys and teams by id: whoever shows it puts labels on.
 * Money is exact decimal text in USD.
 */
export const message = z.object({
  /** Unique per incident and version. */
  id: z.string(),
  incident_id: z.string(),
  change: z.enum(CHANGES),
  kind: z.string(),
  title: z.string(),
  severity: z.enum(['info', 'warning', 'critical']),
  state: z.enum(INCIDENT_STATES),
  scope: who,
  team_id: z.string().nullable(),
  owner_id: z.string().nullable(),
  provider: z.string().nullable(),
  first_day: z.iso.date(),
  last_day: z.iso.date(),
  actual_cost: z.string(),
  expected_cost: z.string(),
  excess_cost: z.string(),
  /** The rule and its numbers. */
  against: z.string(),
  cause: z.string().nullable(),
  next: z.string(),
  contributors: z.array(who.extend({ excess_cost: z.string(), share: z.number() })),
  /** How many more there are than listed. */
  further: z.int(),
  /** The command that says "this was expected". */
  expect: z.string(),
  /** Up to when the vendors' usage is complete; null: not told. */
  complete_through: z.string().nullable(),
});

/** A message. */
export type Message = z.infer<typeof message>;
