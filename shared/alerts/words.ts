import { scaled, unscaled } from '../money.ts';
import type { Day } from '../time.ts';
import type { Labels } from './labels.ts';
import type { Message } from './message.ts';

/** What else may be said of an incident, beside that it was expected: the same command with another verb. */
export const OTHERWISE = 'ack in place of expect: somebody looks after it; snooze: not now';

/** A message in words, labels put on; every rendering is made of these. */
export interface Words {
  /** Kind, whose, amount. */
  readonly title: string;
  readonly where: string;
  readonly owner: string;
  readonly against: string;
  readonly amount: string;
  readonly cause: string | null;
  readonly next: string;
  readonly expected: string;
  /** The last day, if there are several: what the list below is of; null: there is only one. */
  readonly listDay: string | null;
  /** Who makes the excess, largest first. */
  readonly contributors: readonly string[];
  /** How many more there are than listed. */
  readonly further: number;
  /** Id, kind, severity, and how late the source is. */
  readonly about: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Without labels: what may leave by mail or topic. */
export const NO_LABELS: Labels = () => null;

/** Says a message. */
export function wordsOf(message: Message, labels: Labels): Words {
  const { kind, id } = message.scope;
  const whose = named(labels, kind, id);
  const team = message.team_id === null || kind === 'team' ? [] : [`team ${named(labels, 'team', message.team_id)}`];
  const vendor = message.provider === null ? [] : [message.provider];
  const owner = message.owner_id === null ? 'nobody yet' : named(labels, 'person', message.owner_id);
  const when = message.first_day === message.last_day ? '' : `${dayText(message.first_day)} to `;
  return {
    title: titleOf(message, whose),
    where: [whose, ...team, ...vendor, `${when}${dayText(message.last_day)}`].join(', '),
    owner,
    against: message.against,
    amount: `${dollars(message.actual_cost)}, usually ${dollars(message.expected_cost)}`,
    cause: message.cause,
    next: nextOf(message),
    expected: message.expect,
    listDay: when === '' ? null : dayText(message.last_day),
    contributors: message.contributors.map(
      ({ kind: of, id: who, excess_cost, share }) =>
        `${named(labels, of, who)} +${dollars(excess_cost)} (${Math.round(share * 100)} %)`,
    ),
    further: message.further,
    about: [message.incident_id, message.kind, message.severity, message.state, asOf(message)].join(' · '),
  };
}

function titleOf({ title, change, excess_cost }: Message, whose: string): string {
  switch (change) {
    case 'opened':
      return `${title} · ${whose} · +${dollars(excess_cost)}`;
    case 'grew':
      return `${title} grows · ${whose} · +${dollars(excess_cost)} so far`;
    case 'escalated':
      return `${title}, now critical · ${whose} · +${dollars(excess_cost)} so far`;
    case 'resumed':
      return `${title} goes on · ${whose} · +${dollars(excess_cost)} so far`;
    case 'closed':
      return `${title} over · ${whose} · +${dollars(excess_cost)} in all`;
    case 'corrected':
      return `${title} withdrawn · ${whose} · the figures were corrected`;
    case 'explained':
      return `${title} explained · ${whose} · by people or keys inside it`;
    case 'became_usual':
      return `${title} is the new usual · ${whose} · +${dollars(excess_cost)} in all`;
    default:
      return change satisfies never;
  }
}

function nextOf({ state, next }: Message): string {
  return state === 'closed' ? 'Nothing to do.' : next;
}

function asOf({ complete_through: through }: Message): string {
  return through === null
    ? 'how complete the usage is was not told'
    : `usage complete to ${dayText(through.slice(0, 10))} ${through.slice(11, 16)} UTC`;
}

/** A label on one line, else the id: shortened where it is a hash or a vendor's own. */
function named(labels: Labels, kind: Message['scope']['kind'], id: string): string {
  const label = labels(id)?.replace(/\s+/g, ' ').trim();
  if (label !== undefined && label !== '') return kind === 'credential' ? `key ${label}` : label;
  if (kind === 'team') return id;
  return kind === 'person' ? `person ${id.slice(0, 10)}` : `key …${id.slice(-8)}`;
}

const dayText = (day: Day): string =>
  `${Number(day.slice(8, 10))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

/** Exact money to the cent, halves away from zero, thousands apart: $4,210.55. */
export function dollars(amount: string): string {
  const exact = scaled(amount, 10);
  const size = exact < 0n ? -exact : exact;
  const [whole = '0', cents = '00'] = unscaled((size + 50_000_000n) / 100_000_000n, 2).split('.');
  return `${exact < 0n ? '-' : ''}$${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}
