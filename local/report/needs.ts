import { daysBetween } from '../../shared/time.ts';
import { budgetOf } from './data/budgets.ts';
import { type Contract, isEnding } from './data/contracts.ts';
import { type Incident, isLive } from './data/incidents.ts';
import { dayCount, shortDay } from './dates.ts';
import { cents, difference, dollars, signed } from './numbers.ts';
import { capitalised, name, spoken, teamName, type View } from './view.ts';

/** Something that needs somebody. */
export interface Need {
  readonly severity: 'high' | 'medium' | 'low' | 'late';
  readonly what: string;
  readonly amount: string;
  readonly next: string;
  readonly owner: string;
  /** Where on the page more is said. */
  readonly at: string;
}

const SEVERITY: Readonly<Record<string, Need['severity']>> = { critical: 'high', warning: 'medium', info: 'low' };

/** The severity word of the page for one of the incidents table. */
export const severityOf = ({ severity }: Pick<Incident, 'severity'>): Need['severity'] => SEVERITY[severity] ?? 'low';

/** `Spend spike`. */
export const kindWords = (kind: string): string => {
  return capitalised(kind.replaceAll('_', ' '));
};

/** Whose series it is, by name. */
export function scopeName(view: View, { scope_kind, scope_id }: Pick<Incident, 'scope_kind' | 'scope_id'>): string {
  if (scope_kind === 'team') return teamName(view, scope_id);
  if (scope_kind === 'person') return name(view, 'person', scope_id);
  return scope_kind === 'company' ? 'the company' : name(view, 'credential', scope_id);
}

/** `Spend spike, Search`. */
export const incidentTitle = (view: View, incident: Incident): string =>
  `${kindWords(incident.kind)}, ${scopeName(view, incident)}`;

/** The owner by handle, or that there is none. */
export const ownerName = (view: View, owner: string | null): string =>
  owner === null ? 'nobody yet' : name(view, 'person', owner);

const ORDER = ['high', 'late', 'medium', 'low'];

/** What needs somebody, most urgent first. */
export function needs(view: View): Need[] {
  return [
    ...incidents(view),
    ...late(view),
    ...budgets(view),
    ...findings(view),
    ...agreed(view),
    ...seated(view),
    ...unowned(view),
  ].toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

function incidents(view: View): Need[] {
  const { incidents, lake } = view.data;
  return incidents.rows.filter(isLive).map((incident) => ({
    severity: severityOf(incident),
    what: incidentTitle(view, incident),
    amount: signed(incident.excess_cost, lake.currency),
    next: incident.next_step,
    owner: ownerName(view, incident.owner_id),
    at: `#${incident.incident_id}`,
  }));
}

function late(view: View): Need[] {
  const { late, lake, sources, filters } = view.data;
  const noMoney = sources.filter(
    ({ state, connection_id }) =>
      state !== 'on_time' && !late.some((one) => one.connection_id === connection_id && one.sources.length > 0),
  );
  return [
    ...late.map(
      (one): Need => ({
        severity: 'late',
        what: `${one.sources.join(', ')}, ${dayCount(daysBetween(one.from, one.to) + 1)} late`,
        amount: one.expected === null ? 'unknown' : `≈${dollars(one.expected, lake.currency)}`,
        next: one.message ?? `Nothing arrived since ${shortDay(one.from)}; npm run doctor says what the key lacks.`,
        owner: 'platform',
        at: '#sources',
      }),
    ),
    ...(filters.team === null && filters.vendor === null ? noMoney : []).map(
      (one): Need => ({
        severity: 'late',
        what: `${one.source}, ${one.state === 'late' ? `${dayCount(one.lateDays)} late` : one.state}`,
        amount: '',
        next: one.message ?? 'npm run doctor says what the key lacks.',
        owner: 'platform',
        at: '#sources',
      }),
    ),
  ];
}

function budgets(view: View): Need[] {
  const { budgets, filters, lake } = view.data;
  const own = filters.team === null ? budgets : [budgetOf(budgets, filters.team)].filter((budget) => budget !== null);
  return own
    .filter(({ share }) => share > 1)
    .map((budget) => ({
      severity: 'medium',
      what: `Over budget, ${budget.scope_kind === 'team' ? teamName(view, budget.scope_id) : budget.scope_kind === 'company' ? 'the company' : budget.scope_id}`,
      amount: signed(difference(budget.spent, budget.amount), lake.currency),
      next: `${cents(budget.spent, lake.currency)} spent of ${dollars(budget.amount, lake.currency)}; nothing is blocked.`,
      owner: 'finance',
      at: '#teams',
    }));
}

// These findings have no place of their own above.
const SPOKEN = ['unpriced_usage', 'shrunken_day'];

function findings(view: View): Need[] {
  const { stamp, filters } = view.data;
  if (filters.team !== null || filters.vendor !== null || filters.model !== null) return [];
  return stamp.findings
    .filter(({ name, says }) => SPOKEN.includes(name) && says.length > 0)
    .map(({ name, says }) => ({
      severity: 'medium',
      what: kindWords(name),
      amount: says.length === 1 ? '' : `${says.length} ×`,
      next: spoken(view, says[0] ?? ''),
      owner: 'platform',
      at: '#sources',
    }));
}

/** Contracts that do not last, and those that will not be used up. */
function agreed(view: View): Need[] {
  const { contracts, filters } = view.data;
  if (filters.team !== null || filters.model !== null) return [];
  return contracts
    .filter((one) => isEnding(one) || (one.state === 'unused' && one.kind !== 'seats'))
    .map((one) => ({
      severity: isEnding(one) && one.state !== 'exceeded' ? 'medium' : 'low',
      what: `${one.id} ${fate(one)}`,
      amount: dollars(one.state === 'exceeded' ? difference(one.used, one.amount) : one.left, one.currency),
      next:
        one.state === 'unused'
          ? 'Move use to it, or commit to less next time.'
          : one.kind === 'commitment'
            ? 'What comes beyond it is charged besides: agree on more, or ask who spends it.'
            : 'Top it up, or ask who spends it.',
      owner: ownerName(view, one.owner),
      at: '#contracts',
    }));
}

function fate(one: Contract): string {
  if (one.state === 'unused') return 'will not be used up';
  if (one.state === 'exceeded') return 'is exceeded by';
  if (one.state === 'used_up') return 'is used up';
  return one.runOutOn === null ? 'runs out' : `runs out on ${shortDay(one.runOutOn)}`;
}

/** Idle seats together: who holds them stands in the panel. */
function seated({ data: { seats, filters } }: View): Need[] {
  const idle = seats.findings.filter(({ finding }) => finding === 'idle_seats').length;
  if (filters.model !== null || idle === 0) return [];
  return [
    {
      severity: 'low',
      what: idle === 1 ? 'A seat without use' : 'Seats without use',
      amount: `${idle} ×`,
      next: 'Ask whether each is needed; if not, take it back at the vendor.',
      owner: 'finance',
      at: '#seats',
    },
  ];
}

function unowned({ data: { unassigned, filters, lake } }: View): Need[] {
  const some = unassigned.rows.filter(({ kind }) => kind !== 'model').length;
  if (filters.team !== null || some === 0 || Number(unassigned.total) === 0) return [];
  return [
    {
      severity: 'low',
      what: `${some} ${some === 1 ? 'thing spends' : 'things spend'} without an owner`,
      amount: dollars(unassigned.total, lake.currency),
      next: 'Give each a team, or a rule.',
      owner: 'nobody yet',
      at: '#unassigned',
    },
  ];
}
