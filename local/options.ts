import { parseArgs } from 'node:util';
import { addDays, type Day, dayOf, daysBetween, isDay } from '../shared/time.ts';
import { type Oddity, oddities } from './vendors/index.ts';

/** What `npm start` was asked for. */
export interface Options {
  readonly once: boolean;
  readonly days: number;
  /** Last day of history. */
  readonly end: Day;
  readonly seed: number;
  readonly developers: number;
  readonly lake: string;
  readonly port: number;
  readonly faults: 'none' | 'some' | 'many';
  readonly world: readonly Oddity[];
  /** Real vendors' connections or sources; empty: the simulated ones. */
  readonly sources: readonly string[];
  readonly config: string;
  readonly slack: string | null;
  /** FOCUS files to take in. */
  readonly focus: readonly string[];
  /** Take what is unambiguous of a FOCUS file that breaks the spec. */
  readonly acceptNonconformant: boolean;
}

/** A word on the command line that is not understood. */
export class UsageError extends Error {}

/** Days of history where nothing is said. */
const DAYS = 120;

const FAULTS = ['none', 'some', 'many'] as const;

/** What stands in a lake of a made-up company, as far as it decides what is asked next. */
export interface Standing {
  readonly since: Day;
  readonly through: Day;
}

/**
 * Reads the command line; 'help' when help was asked for. Where no end is named, a made-up company's time stands still:
 * its lake goes on from the day it is at.
 * @throws UsageError with what would be right.
 */
export function readOptions(
  args: readonly string[],
  now: number,
  standing: (lake: string) => Standing | null = () => null,
): Options | 'help' {
  const { values } = parsed(args);
  if (values.help) return 'help';
  const world = list(values.world).map((name): Oddity => {
    if (!Object.hasOwn(oddities, name))
      throw new UsageError(`--world ${name}: there is no such oddity; there are ${Object.keys(oddities).join(', ')}.`);
    return name as Oddity;
  });
  const faults = FAULTS.find((name) => name === values.faults);
  if (faults === undefined) throw new UsageError(`--faults ${values.faults}: must be none, some or many.`);
  const stands = values.end === undefined && values.sources === undefined ? standing(values.lake) : null;
  const end = values.end ?? stands?.through ?? addDays(dayOf(now), -1);
  if (!isDay(end)) throw new UsageError(`--end ${end}: must be a day such as 2026-11-24.`);
  if (values.slack !== undefined && !URL.canParse(values.slack))
    throw new UsageError('--slack: must be the address of a webhook.');
  return {
    once: values.once,
    days:
      values.days === undefined
        ? stands === null
          ? DAYS
          : daysBetween(stands.since, stands.through) + 1
        : whole('--days', values.days, 1, 1100),
    end,
    seed: whole('--seed', values.seed, 0, 2 ** 31 - 1),
    developers: whole('--developers', values.developers, 1, 20_000),
    lake: values.lake,
    port: whole('--port', values.port, 0, 65_535),
    faults,
    world,
    sources: list(values.sources),
    config: values.config,
    slack: values.slack ?? null,
    focus: values.focus ?? [],
    acceptNonconformant: values['accept-nonconformant'],
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        once: { type: 'boolean', default: false },
        days: { type: 'string' },
        end: { type: 'string' },
        seed: { type: 'string', default: '1' },
        developers: { type: 'string', default: '60' },
        lake: { type: 'string', default: '.outlay' },
        port: { type: 'string', default: '4310' },
        faults: { type: 'string', default: 'some' },
        world: { type: 'string' },
        sources: { type: 'string' },
        config: { type: 'string', default: 'outlay.config.ts' },
        slack: { type: 'string' },
        focus: { type: 'string', multiple: true },
        'accept-nonconformant': { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message.split('.')[0] : String(error)}; 'npm start -- --help' lists the options.`,
    );
  }
}

const list = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`${name} ${text}: must be a whole number from ${least} to ${most}.`);
}
