import type { Day } from '../../shared/time.ts';
import { shortDay } from '../report/dates.ts';
import { count } from '../report/numbers.ts';
import { type Look, lookOf, marks, plain, type Screen, tinted, WIDTH } from './look.ts';

/** How far a source and connection is. */
export interface SourceProgress {
  readonly source: string;
  readonly connection: string;
  readonly daysDone: number;
  readonly daysAll: number;
  readonly rows: number;
  readonly retries: number;
  /** What stands in the way, in a word; null: nothing. */
  readonly trouble: string | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Null while it works. */
  readonly endedAt: number | null;
}

/** What is being collected, for the head. */
export interface Collecting {
  readonly title: string;
  readonly since: Day;
  readonly through: Day;
  readonly lake: string;
  readonly connections: readonly { readonly id: string; readonly baseUrl?: string | null | undefined }[];
}

/** Shows a run's progress. */
export interface TerminalProgress {
  readonly update: (progress: SourceProgress) => void;
  /** A step after collecting begins. */
  readonly step: (says: string) => void;
  /** Leaves what was shown in its last state. */
  readonly end: () => void;
}

const BAR = 12;
// A vendor answers hundreds of requests a second; an eye sees ten pictures.
const EVERY_MS = 100;

/** A line a source: on a terminal the block redraws in place, elsewhere a line is written when a source ends. */
export function terminalProgress(
  screen: Screen,
  collecting: Collecting,
  env: Readonly<Record<string, string | undefined>> = process.env,
): TerminalProgress {
  const look = lookOf(screen, env);
  const sources = new Map<string, SourceProgress>();
  const told = new Set<string>();
  let lines = 0;
  let drawnAt = 0;
  let step: string | null = null;
  let ended = false;
  screen.write(head(look, collecting));
  const redraw = (): void => {
    const block = [...sources.values()].map((one, i) => `${sourceLine(look, one, i === 0)}\n`);
    if (step !== null) block.push(`  ${tinted(look, 'faint', `${step} …`)}\n`);
    screen.write(`${lines > 0 ? `\u001b[${lines}A\u001b[J` : ''}${block.join('')}`);
    lines = block.length;
    drawnAt = Date.now();
  };
  const tell = (id: string, one: SourceProgress): void => {
    if (told.has(id)) return;
    told.add(id);
    screen.write(`${sourceLine(look, one, true)}\n`);
  };
  return {
    update: (one) => {
      const id = `${one.source} ${one.connection}`;
      sources.set(id, { ...one });
      if (ended) return;
      if (!look.live && one.endedAt !== null) tell(id, one);
      if (look.live && (one.endedAt !== null || Date.now() - drawnAt >= EVERY_MS)) redraw();
    },
    step: (says) => {
      step = says;
      if (look.live && !ended) redraw();
    },
    end: () => {
      if (ended) return;
      step = null;
      if (look.live) redraw();
      else for (const [id, one] of sources) tell(id, one);
      ended = true;
      screen.write('\n');
    },
  };
}

function head(look: Look, { title, since, through, lake, connections }: Collecting): string {
  const hosts = [...new Set(connections.flatMap(({ baseUrl }) => (baseUrl ? [new URL(baseUrl).host] : [])))];
  const days = Math.round((Date.parse(through) - Date.parse(since)) / 86_400_000) + 1;
  const span = `${shortDay(since)} – ${shortDay(through)} ${through.slice(0, 4)}, ${days} days`;
  const answering = hosts.length === 0 ? '' : `Vendors answer on ${shortList(hosts)}   `;
  return plain(look, `${tinted(look, 'strong', 'Outlay')}   ${title}   ${span}\n${answering}lake ${lake}\n\n`);
}

const shortList = (hosts: readonly string[]): string =>
  hosts.length <= 3 ? hosts.join(', ') : `${hosts[0]} and ${hosts.length - 1} more`;

/** One source's line; units stand on the first line of a block, or on every line that stands alone. */
export function sourceLine(look: Look, one: SourceProgress, units: boolean): string {
  const [full, , , empty] = marks(look);
  const share = one.daysAll === 0 ? 1 : Math.min(1, one.daysDone / one.daysAll);
  const filled = Math.floor(share * BAR);
  const alias = one.connection.split('.').slice(1).join('.');
  const name = alias === '' || alias === 'main' ? one.source : `${one.source} ${alias}`;
  const unit = (words: string): string => (units ? words : ' '.repeat(words.length));
  const left = [
    `  ${name.padEnd(28)}`,
    `${full.repeat(filled)}${empty.repeat(BAR - filled)}`,
    `${`${one.daysDone}/${one.daysAll}`.padStart(7)}${unit(' days')}`,
    `${count(one.rows).padStart(7)}${unit(' rows')}`,
    one.retries === 0 ? ' '.repeat(10) : `${String(one.retries).padStart(2)}${unit(' retries')}`,
  ].join(' ');
  const tail = one.trouble ?? (one.endedAt === null ? '' : `${((one.endedAt - one.startedAt) / 1000).toFixed(1)} s`);
  const line = `${left}  ${tail}`.trimEnd();
  const cut = line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
  return plain(look, one.trouble === null ? cut : tinted(look, 'warn', cut));
}
