import type { Message } from '../alerts/message.ts';
import { amounts, type Incident, severityOf } from '../incidents.ts';
import { scaled } from '../money.ts';
import { HOUR, type Instant, instant, millis } from '../time.ts';

/** Told again when it is so many times what was told. */
const GROWN = 3n;
/** But not within so many hours. */
const HELD = 12 * HOUR;

/** What a message says besides the incident. */
export interface Telling {
  readonly now: number;
  /** The detector's title. */
  readonly title: string;
  readonly completeThrough: Instant | null;
}

/** The incident with what is to be told of it put into its outbox; the same incident when there is nothing new. */
export function announced(of: Incident, telling: Telling): Incident {
  const change = changeOf(of, telling.now);
  if (change === null) return of;
  const isSameState = change === 'grew' || change === 'escalated';
  const next: Incident = isSameState ? { ...of, version: of.version + 1 } : of;
  const { excess_cost } = amounts(of);
  const told = { state: of.state, severity: severityOf(of), excess: excess_cost, at: instant(telling.now) };
  return { ...next, told, unsent: [...of.unsent, messageOf(next, change, telling)] };
}

function changeOf(of: Incident, now: number): Message['change'] | null {
  const { state, told } = of;
  if (told === null) return state === 'open' ? 'opened' : null;
  // What a person has acknowledged, snoozed or expected ends in silence.
  if (state === 'closed') return told.state === 'open' ? (of.ended ?? 'closed') : null;
  if (told.state === 'closed') return state === 'open' ? 'opened' : null;
  if (state === 'snoozed') return null;
  if (told.state === 'snoozed') return state === 'open' ? 'resumed' : null;
  if (state === 'open' && told.severity !== 'critical' && severityOf(of) === 'critical') return 'escalated';
  const grown = scaled(amounts(of).excess_cost, 10) >= GROWN * scaled(told.excess, 10);
  return grown && scaled(told.excess, 10) > 0n && now >= millis(told.at) + HELD ? 'grew' : null;
}

function messageOf(of: Incident, change: Message['change'], { title, completeThrough }: Telling): Message {
  return {
    id: `${of.incident_id}#${of.version}`,
    incident_id: of.incident_id,
    change,
    kind: of.kind,
    title,
    severity: of.state === 'closed' ? 'info' : severityOf(of),
    state: of.state,
    scope: { kind: of.scope_kind, id: of.scope_id },
    team_id: of.team_id,
    owner_id: of.owner_id,
    provider: of.provider,
    first_day: of.opened_day,
    last_day: of.last_day,
    ...amounts(of),
    against: of.baseline,
    cause: of.cause,
    next: of.next_step,
    contributors: of.contributors.map(({ scope_kind, scope_id, excess, share }) => ({
      ...{ kind: scope_kind, id: scope_id, excess_cost: excess, share },
    })),
    further: of.further,
    expect: `npm run incident -- expect ${of.incident_id}`,
    complete_through: completeThrough,
  };
}
