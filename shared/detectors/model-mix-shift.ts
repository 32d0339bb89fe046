import type { Detector, History, Surroundings, Verdict } from '../detector.ts';
import { unscaled } from '../money.ts';

/** Dollars a day below which a dearer mix is not worth anybody's time. */
const FLOOR = 20;
/** A mix that moves to and fro may always cost this multiple of what it last cost. */
const OVER_HIGHEST = 1.5;

/**
 * A team's mix of models moves to dearer ones: an update moved a default, or a setting did. The view holds only days, alone
 * and with the two before, on which an answer cost 1.3 times what it did on days 4 to 23 before, for half of the team's
 * people: a move to cheaper models, more work, a fuller cache or one person's taste raise nothing.
 */
export const modelMixShift: Detector = {
  id: 'model_mix_shift',
  title: 'Dearer model mix',
  feed: { view: 'mix_cost', column: 'mix_cost', detail: 'grown_model' },
  // After three weeks the new mix is what days are compared with.
  patience: { person: { quietDays: 7 }, credential: { quietDays: 7 }, team: { quietDays: 7 } },
  usual: () => 0,
  judge,
  explain,
};

function judge({ actual, past, factor, explained }: History): Verdict {
  const highest = Math.max(0, ...past.map(({ amount }) => amount));
  const bound = Math.max(FLOOR, OVER_HIGHEST * highest) * factor;
  const unexplained = Number(actual) - explained;
  return {
    isOver: unexplained > bound,
    expected: '0.00',
    bound: unscaled(BigInt(Math.round(bound * 100)), 2),
    nearness: unexplained / bound,
    rule: `what answers over 1.3 times dearer than in the weeks before cost a day, bound $${bound.toFixed(2)}${factor === 1 ? '' : `, times ${factor} for a planned event`}`,
  };
}

function explain({ detail, provider }: Surroundings): { cause: string; next: string } {
  const at = provider === null ? '' : ` at ${provider}`;
  return {
    cause:
      detail === null
        ? `More of the team's answers come from dearer models${at}.`
        : `More of the team's answers come from ${detail}${at}: a default that an update moved, or a setting of the team's.`,
    next: 'Look at the default model in the tools that the team shares; if nobody chose it, set it back.',
  };
}
