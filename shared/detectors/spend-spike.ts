import type { DayKind, Detector, History, PastDay, ScopeKind, Surroundings, Verdict } from '../detector.ts';
import { unscaled } from '../money.ts';
import { logLevel, median, type Prior } from './statistics.ts';

/** The constants of one kind of scope; amounts in dollars a day. */
interface Rule {
  readonly prior: Prior;
  /** How many spreads above the middle a day may lie. */
  readonly spreads: number;
  /** The most that the spread may raise the bound, as a multiple of the usual day. */
  readonly most: number;
  /** A day may always cost this multiple of the dearest day of the window. */
  readonly overHighest: number;
  /** Less excess in a day is not worth anybody's time; keys are steadier than people. */
  readonly floor: number;
  /** The bound of a scope without a history of its own; null: it is not judged. */
  readonly newcomer: number | null;
}

// Starting points from public methods (log scale, median and MAD drawn to a prior), then set by replay on made-up companies.
const RULES: Readonly<Record<ScopeKind, Rule>> = {
  person: {
    prior: { spread: 0.45, days: 8, least: 0.3, most: 0.62 },
    ...{ spreads: 3.15, most: 4.6, overHighest: 1.25, floor: 50, newcomer: 100 },
  },
  credential: {
    prior: { spread: 0.45, days: 8, least: 0.3, most: 0.62 },
    ...{ spreads: 3.4, most: 6, overHighest: 1.5, floor: 30, newcomer: null },
  },
  team: {
    prior: { spread: 0.2, days: 8, least: 0.17, most: 0.62 },
    ...{ spreads: 3.4, most: 4.6, overHighest: 1.25, floor: 50, newcomer: 200 },
  },
};
/** On days off a few people work, or nobody: also a team's days differ as a person's do. */
const OFF_PRIOR: Prior = { spread: 0.6, days: 8, least: 0.3, most: 0.8 };
/** Active days of the same kind that make a history of their own; days off are two a week. */
const ENOUGH: Readonly<Record<DayKind, number>> = { work: 5, off: 4 };

/** A person, a key or a team costs far more on a day than on its usual days. */
export const spendSpike: Detector = {
  id: 'spend_spike',
  title: 'Spend spike',
  feed: { view: 'scope_cost', column: 'allocated_cost' },
  patience: { person: { quietDays: 3 }, credential: { quietDays: 3 }, team: { quietDays: 4 } },
  usual: ({ kind, past }) => {
    const { days, isSame } = alike(kind, past);
    return isSame || days.length >= ENOUGH.work ? median(days.map(({ amount }) => amount)) : null;
  },
  judge,
  explain,
};

/** Past days of the same kind if they are enough, else all. */
function alike(
  kind: DayKind,
  past: readonly PastDay[],
): { readonly days: readonly PastDay[]; readonly isSame: boolean } {
  const same = past.filter((day) => day.kind === kind);
  return same.length >= ENOUGH[kind] ? { days: same, isSame: true } : { days: past, isSame: false };
}

function judge(history: History): Verdict | null {
  const rule = RULES[history.scope_kind];
  const { days, isSame } = alike(history.kind, history.past);
  const usual = spendSpike.usual(history);
  if (usual === null || (history.isNew && rule.newcomer !== null)) return judgeByPeers(history, rule);
  const amounts = days.map(({ amount }) => amount);
  const { middle, spread } = logLevel(amounts, isSame && history.kind === 'off' ? OFF_PRIOR : rule.prior);
  const reach = Math.min(Math.exp(middle + rule.spreads * spread), rule.most * Math.exp(middle));
  const bound = Math.max(reach, rule.overHighest * Math.max(...amounts));
  const kind = isSame ? (history.kind === 'off' ? 'weekend and holiday ' : 'working ') : '';
  return verdict(history, rule, { usual, bound, because: `median of ${days.length} active ${kind}days in four weeks` });
}

/** Without a history of its own: the peers' usual day with a wide spread, never less than its own dearest day allows, and a high floor while it is new. */
function judgeByPeers(history: History, rule: Rule): Verdict | null {
  if (rule.newcomer === null || history.peers === null) return null;
  const highest = Math.max(0, ...history.past.map(({ amount }) => amount));
  const floor = history.isNew ? rule.newcomer : 0;
  const bound = Math.max(floor, rule.most * history.peers, rule.overHighest * highest);
  const why = history.isNew ? 'new here' : 'too few own days';
  return verdict(history, rule, { usual: history.peers, bound, because: `median of the peers; ${why}` });
}

function verdict(
  { actual, factor, explained }: History,
  { floor }: Rule,
  { usual, bound, because }: { readonly usual: number; readonly bound: number; readonly because: string },
): Verdict {
  const expected = usual * factor;
  const raised = Math.max(bound, usual + floor) * factor;
  const unexplained = Number(actual) - explained;
  const plan = factor === 1 ? '' : `, times ${factor} for a planned event`;
  return {
    isOver: unexplained > raised,
    expected: cents(expected),
    bound: cents(raised),
    nearness: unexplained / raised,
    rule: `usual $${cents(expected)} (${because}), bound $${cents(raised)}${plan}`,
  };
}

/** A statistic as money, to the cent. */
const cents = (amount: number): string => unscaled(BigInt(Math.round(amount * 100)), 2);

/** More than this part of an excess is one cause. */
const MOST_OF_IT = 0.7;

function explain(around: Surroundings): { cause: string | null; next: string } {
  const at = around.provider === null ? '' : ` at ${around.provider}`;
  if (around.scope_kind === 'credential') {
    return {
      cause: `This key alone was used far more than it ever is${at}.`,
      next: 'Ask its owner what ran on it; if nobody knows, rotate the key.',
    };
  }
  if (around.scope_kind === 'person') {
    return {
      cause: around.isOffDay
        ? `Use on a day off${at}: most likely a session or loop that was left running.`
        : `One person's sessions${at}: a long session with a large context, a loop, or a dearer model.`,
      next: 'Look for a session that still runs and stop it; begin the next task with a fresh context.',
    };
  }
  const [first] = around.contributors;
  if (around.isShared) {
    return {
      cause: `${around.raised} of ${around.active} people and keys cost more than half again their usual${at}: something they share changed, such as the default model, a tool list or a common task.`,
      next: 'Compare the default model and the shared settings with those of the day before.',
    };
  }
  if (first !== undefined && first.share > MOST_OF_IT) {
    const who = first.scope_kind === 'person' ? 'One person' : 'One key';
    return {
      cause: `${who} makes ${Math.round(first.share * 100)} % of the excess${at}.`,
      next: 'Ask what ran; stop it if it still runs.',
    };
  }
  return { cause: null, next: 'Look at who and which key cost more than usual, listed below.' };
}
