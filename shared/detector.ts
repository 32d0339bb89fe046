import type { Decimal } from './money.ts';
import type { Day } from './time.ts';

/** Whose series a detector judges. */
export const SCOPE_KINDS = ['person', 'credential', 'team'] as const;
/** A person, a key, or a team. */
export type ScopeKind = (typeof SCOPE_KINDS)[number];

/** One scope. */
export interface Scope {
  readonly scope_kind: ScopeKind;
  readonly scope_id: string;
}

/** `off`: a weekend or a holiday; a day is judged against days of its own kind. */
export type DayKind = 'work' | 'off';

/** A day to compare with: active, read to its end, and part of no incident. Its amount is for statistics only. */
export interface PastDay {
  readonly day: Day;
  readonly kind: DayKind;
  readonly amount: number;
}

/** What a detector is told of a scope on the day to be judged. */
export interface History extends Scope {
  readonly day: Day;
  readonly kind: DayKind;
  /** What the day has cost so far. */
  readonly actual: Decimal;
  /** The days to compare with, of the last `WINDOW_DAYS`, oldest first. */
  readonly past: readonly PastDay[];
  /** Whether the scope is known for less than two weeks. */
  readonly isNew: boolean;
  /** By how much planned events raise the bound; 1: not. */
  readonly factor: number;
  /** A usual day of scopes of its kind nearby (a person's team, else all); null: nobody has a history. */
  readonly peers: number | null;
  /** The part of the day that planned events or incidents of people and keys inside already explain. */
  readonly explained: number;
}

/** What a detector says of a day. */
export interface Verdict {
  readonly isOver: boolean;
  /** What such a day usually costs. */
  readonly expected: Decimal;
  readonly bound: Decimal;
  /** How near the bound the day came: 1 is at it. */
  readonly nearness: number;
  /** The rule and its numbers, in words. */
  readonly rule: string;
}

/** Who or what makes an excess. */
export interface Contributor extends Scope {
  /** More than usual, of that scope. */
  readonly excess: Decimal;
  /** Of the excess of all that cost more than usual. */
  readonly share: number;
}

/** What surrounds an incident when it is put into words. */
export interface Surroundings extends Scope {
  readonly isOffDay: boolean;
  readonly provider: string | null;
  /** What the detector's view names as what moved that day; null: it names nothing. */
  readonly detail: string | null;
  readonly contributors: readonly Contributor[];
  /** How many of the team's active people and keys cost more than half again their usual. */
  readonly raised: number;
  /** How many people and keys of the team were active. */
  readonly active: number;
  /** Whether half of a team has risen: then the cause is something that they share, and the team's. */
  readonly isShared: boolean;
}

/** How long a scope's incident stays one incident, and how it ends. */
interface Patience {
  /** A new day over the bound within so many days belongs to the same incident; quiet for so many, it closes. */
  readonly quietDays: number;
}

/**
 * A detector: a pure rule over daily series of scopes. Its series come from one view, whose columns are day, scope_kind,
 * scope_id, team_id, provider, connection_id and the one named here. Adding one is a file here and a line in `index.ts`.
 */
export interface Detector {
  readonly id: string;
  readonly title: string;
  readonly feed: {
    readonly view: string;
    readonly column: string;
    /** A column that names what moved. */
    readonly detail?: string;
  };
  readonly patience: Readonly<Record<ScopeKind, Patience>>;
  /** A usual day of this kind; null: too little history. */
  readonly usual: (history: Pick<History, 'scope_kind' | 'kind' | 'past'>) => number | null;
  /** Null: nothing can be said yet. */
  readonly judge: (history: History) => Verdict | null;
  readonly explain: (surroundings: Surroundings) => { readonly cause: string | null; readonly next: string };
}

/** How many days before the judged one are looked at. */
export const WINDOW_DAYS = 28;
/** How many days a series keeps: the window of each day that may still be corrected and judged again. */
export const KEPT_DAYS = 42;
