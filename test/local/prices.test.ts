import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const LAUNCH = join(import.meta.dirname, '../../local/launch.js');

/** The command where no Python is found, so that an import cannot even begin. */
function prices(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCH, 'prices', ...args], {
    encoding: 'utf8',
    env: { ...process.env, PATH: '' },
  });
  return { status, stdout, stderr };
}

it.each([['--help'], ['-h']])('says what it would do, and does not do it: %s', (option) => {
  expect(prices(option)).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^npm run prices +writes shared\/prices\/<provider>\.json .*genai-prices \d/),
    stderr: '',
  });
});

it.each([
  ['--dry-run', "Unknown option '--dry-run'; 'npm run prices -- --help' lists the options.\n"],
  ['openai', "Unexpected argument 'openai'; 'npm run prices -- --help' lists the options.\n"],
])('refuses %s in a sentence, and imports nothing', (argument, stderr) => {
  expect(prices(argument)).toEqual({ status: 1, stdout: '', stderr });
});

it('says in a sentence why prices could not be imported', () => {
  expect(prices()).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/^prices were not imported: pip could not download genai-prices==.*\n$/),
  });
});
