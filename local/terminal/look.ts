/** How a terminal (or what stands in for one) can be written to. */
export interface Look {
  /** Redraws in place. */
  readonly live: boolean;
  readonly color: boolean;
  /** Block characters; else `#=-.`. */
  readonly blocks: boolean;
}

/** As much of an output stream as is written to. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

/** The widest line, so that it fits a half screen. */
export const WIDTH = 96;

/** Reads what the screen and its environment allow; only a locale that says otherwise takes the blocks away. */
export function lookOf({ isTTY = false }: Screen, env: Readonly<Record<string, string | undefined>>): Look {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return {
    live: isTTY && env.TERM !== 'dumb',
    color: isTTY && env.TERM !== 'dumb' && (env.NO_COLOR ?? '') === '',
    blocks: locale === '' || /utf-?8/i.test(locale),
  };
}

/** A text in colour where colour is allowed; nothing is said by it alone. */
export function tinted({ color }: Look, kind: 'bad' | 'warn' | 'faint' | 'strong', text: string): string {
  const code = { bad: '31', warn: '33', faint: '2', strong: '1' }[kind];
  return color ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** The marks that stand for parts and for what is still empty, surest first. */
export const marks = ({ blocks }: Look): readonly [string, string, string, string] =>
  blocks ? ['█', '▓', '▒', '░'] : ['#', '=', '-', '.'];

/** Words as a terminal without UTF-8 can show them. */
export const plain = ({ blocks }: Look, text: string): string =>
  blocks
    ? text
    : text.replaceAll('≈', '~').replaceAll('–', '-').replaceAll('−', '-').replaceAll('·', '|').replaceAll('…', '...');
