/** One step of a trial: what it is about to do, and the work, which answers what came of it. */
export interface Step {
  readonly name: string;
  readonly does: string;
  readonly run: () => Promise<string>;
  /** Runs also when a step before it failed: what was built is taken down. */
  readonly always?: boolean;
}

/** What became of a step. */
export interface StepResult {
  readonly name: string;
  readonly outcome: 'ok' | 'failed' | 'skipped';
  readonly says: string;
  readonly seconds: number;
}

/** Runs steps in order, telling each; after the first that fails only those that always run do. */
export async function runSteps(
  steps: readonly Step[],
  tell: (line: string) => void,
  now: () => number,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  let failed = false;
  for (const { name, does, run, always = false } of steps) {
    if (failed && !always) {
      results.push({ name, outcome: 'skipped', says: 'a step before it failed', seconds: 0 });
      continue;
    }
    tell(`${name}: ${does} …`);
    const begun = now();
    const [outcome, says] = await run().then(
      (said) => ['ok', said] as const,
      (error: unknown) => ['failed', error instanceof Error ? error.message : String(error)] as const,
    );
    const seconds = Math.round((now() - begun) / 1000);
    failed ||= outcome === 'failed';
    tell(`${name}: ${outcome === 'ok' ? '' : 'FAILED, '}${says} (${seconds} s)`);
    results.push({ name, outcome, says, seconds });
  }
  return results;
}

/** The results as a report in Markdown. */
export function reportOf(title: string, results: readonly StepResult[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = results.map(
    ({ name, outcome, says, seconds }) => `| ${name} | ${outcome} | ${seconds} | ${cell(says)} |`,
  );
  return [
    `# ${title}`,
    '',
    '| step | outcome | seconds | what came of it |',
    '| --- | --- | ---: | --- |',
    ...rows,
    '',
  ].join('\n');
}
