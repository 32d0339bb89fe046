import type { Vendor } from '../shared/source.ts';
import { variableOf } from './real-world.ts';
import { oddities } from './vendors/index.ts';

/** The help of `npm start`. */
export function helpText(vendors: readonly Vendor[]): string {
  const odd = Object.entries(oddities).map(([name, says]) => `      ${name.padEnd(26)} ${says}`);
  const keys = vendors.map(
    ({ id, title, credential }) =>
      `      ${title} (${id}.main: ${variableOf(`${id}.main`)})\n        ${wrapped(credential, 8)}`,
  );
  return `npm start -- [options]      Outlay on this machine: collects, allocates, detects, and shows the report

Without --sources the vendors are simulated on loopback, for a made-up company. A second run asks only for what is due.

  --once                no server: do the work, print, exit (1 if a check failed or a source could not be read)
  --days N              days of history (120)
  --end YYYY-MM-DD      last day of history (yesterday, UTC)
  --seed N              which made-up company (1)
  --developers N        how many people it has (60)
  --lake DIR            where the lake stands (.outlay)
  --port N              of the report (4310; 0: any that is free)
  --faults F            none, some or many: how often the vendors' answers fail on their way (some)
  --world LIST          oddities that stay:
${odd.join('\n')}
  --slack URL           also post the alerts to this webhook
  --sources LIST        real vendors: connections, vendors or sources of outlay.config.ts; keys from the environment, each the
                        weakest that serves:
${keys.join('\n')}
  --config FILE         the settings (outlay.config.ts)
  --focus FILE          also take in this FOCUS file (1.0 to 1.4; CSV or Parquet; repeatable), as what lies in import/ of the
                        lake; a file that breaks the spec is refused, nothing of it taken in
  --accept-nonconformant  take what is unambiguous of such a file, and list what was changed
  --help                this
`;
}

function wrapped(text: string, indent: number): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length > 108 - indent) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
