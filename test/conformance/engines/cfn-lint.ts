import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { engine } from './places.ts';

/** What the linter says of a template. */
export interface LintFinding {
  readonly rule: string;
  readonly level: string;
  readonly says: string;
  readonly template: string;
  readonly line: number;
}

const findings = z.array(
  z
    .object({
      Rule: z.object({ Id: z.string() }),
      Level: z.string(),
      Message: z.string(),
      Filename: z.string(),
      Location: z.object({ Start: z.object({ LineNumber: z.int() }) }),
    })
    .transform(({ Rule, Level: level, Message: says, Filename: template, Location }) => {
      return { rule: Rule.Id, level, says, template, line: Location.Start.LineNumber };
    }),
);
/** CDK's own output: a dependency named twice, an import used as it is. */
const LEFT_OUT = ['W3005', 'W6001'];

/** Lints templates; an empty list is good. */
export async function cfnLint(templates: readonly string[]): Promise<LintFinding[]> {
  const args = ['--format', 'json', '--ignore-checks', ...LEFT_OUT, '--regions', 'us-east-1', '--', ...templates];
  // It exits with the kinds of findings as bits, and 1 or 32 where it could not do its work; the text tells.
  const text = await promisify(execFile)(join(engine('cfn-lint'), 'bin/cfn-lint'), args, { timeout: 120_000 }).then(
    ({ stdout }) => stdout,
    (error: unknown) => z.object({ stdout: z.string() }).parse(error).stdout,
  );
  return findings.parse(JSON.parse(text));
}
