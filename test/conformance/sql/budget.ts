import type { TrinoStats } from '../engines/trino-client.ts';

/** The most that an answer may take: stages of the plan, files read, kilobytes read. */
export type Budget = readonly [stages: number, files: number, kilobytes: number];

/** What a query took beyond its budget, each with both figures; empty: nothing. */
export function beyond(
  { stages, files, physicalInputBytes }: TrinoStats,
  [most, mostFiles, mostKilobytes]: Budget,
): string[] {
  const taken: readonly [string, number, number][] = [
    ['stages', stages, most],
    ['files', files, mostFiles],
    ['kB', Math.ceil(physicalInputBytes / 1024), mostKilobytes],
  ];
  return taken.filter(([, is, budget]) => is > budget).map(([what, is, budget]) => `${is} ${what}, budget ${budget}`);
}
