import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

const LAUNCH = join(import.meta.dirname, '../../local/launch.js');

/** Runs a command of ours to its end. */
function run(
  args: readonly string[],
  nodeArgs: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...nodeArgs, LAUNCH, ...args], {
      env: { ...process.env, NO_COLOR: '1', ...env },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
    });
    child.on('close', (status) => resolve({ status, out, err }));
  });
}

const SMALL = ['--days', '12', '--developers', '8', '--end', '2026-11-24', '--once'];
const start = (lake: string, ...more: string[]): Promise<Ended> => run(['start', '--lake', lake, ...SMALL, ...more]);
const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'outlay-'));

/** Every fact of a lake, by key and content. */
async function facts(lake: string): Promise<Record<string, string>> {
  const names = await readdir(join(lake, 'facts'), { recursive: true });
  const files = names.filter((name) => name.endsWith('.parquet')).sort();
  return Object.fromEntries(
    await Promise.all(
      files.map(
        async (name) =>
          [
            name,
            createHash('sha256')
              .update(await readFile(join(lake, 'facts', name)))
              .digest('hex'),
          ] as const,
      ),
    ),
  );
}

describe('npm start', () => {
  let lake = '';
  let first: Ended;

  beforeAll(async () => {
    lake = await folder();
    first = await start(lake, '--faults', 'none');
  }, 120_000);

  it('does the whole job and says what it found', () => {
    expect(first.err).toBe('');
    expect(first.status).toBe(0);
    expect(first.out).toMatch(/November to date {2,}≈? ?\$[\d,]+/);
    expect(first.out).toMatch(/All = ledger/);
    expect(first.out).toMatch(/Checks {3}\d+ of \d+ hold/);
  });

  it('serves the page before incidents and checks are there, and puts them on it', async () => {
    const child = spawn(
      process.execPath,
      [LAUNCH, 'start', '--lake', await folder(), ...SMALL.filter((one) => one !== '--once'), '--port', '0'],
      { env: { ...process.env, NO_COLOR: '1' } },
    );
    let out = '';
    const shown = (line: RegExp): Promise<string> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const [, url] = line.exec(out) ?? [];
          if (url !== undefined) resolve(url);
        };
        child.stdout.on('data', (chunk) => {
          out += String(chunk);
          look();
        });
        child.on('close', () => reject(new Error(`it ended: ${out}`)));
        look();
      });
    const early = await shown(/^Page +(http:\S+)/m);
    const first = await (await fetch(early)).text();
    const url = await shown(/^Report +(http:\S+)/m);
    const whole = await (await fetch(url)).text();
    child.kill('SIGTERM');
    expect(url).toBe(early);
    expect(first).toContain('<section id="teams"');
    expect(whole).toMatch(/\d+ of \d+ checks hold/);
    expect(out.indexOf('Page ')).toBeLessThan(out.indexOf('All = ledger'));
  }, 60_000);

  it('asks nothing that is not due the second time, and changes no fact', async () => {
    const before = await facts(lake);
    const second = await start(lake, '--faults', 'none');
    expect(second.status).toBe(0);
    expect(second.out).not.toMatch(/days +\d/);
    expect(await facts(lake)).toEqual(before);
  }, 60_000);

  it('stands where its lake stands when no end is named', async () => {
    const again = await run(['start', '--lake', lake, '--once', '--developers', '8', '--faults', 'none']);
    expect(again.status).toBe(0);
    expect(again.out).toContain('13 Nov – 24 Nov 2026, 12 days');
  }, 60_000);

  it('ends in the same facts, to the byte, when the vendors fail often', async () => {
    const other = await folder();
    const faulty = await start(other, '--faults', 'many');
    expect(faulty).toMatchObject({ status: 0, err: '' });
    expect(faulty.out).toMatch(/\d+ retries/);
    expect(await facts(other)).toEqual(await facts(lake));
    expect(Object.keys(await facts(other)).length).toBeGreaterThan(60);
  }, 120_000);

  it.each([
    [
      'another seed',
      ['--seed', '2'],
      'holds the made-up company with seed 1, and was asked for the made-up company with seed 2',
    ],
    ['another size', ['--developers', '9'], 'was begun with 8 developers, not 9'],
    ['an earlier end', ['--end', '2026-11-20'], 'its clock cannot go back'],
  ])(
    'refuses %s on a lake that stands',
    async (_name, args, says) => {
      const refused = await start(lake, ...args);
      expect(refused.status).toBe(1);
      expect(refused.err).toContain(says);
      expect(refused.err.trim().split('\n')).toHaveLength(1);
    },
    60_000,
  );

  it('ends in silence when whoever reads has read enough', async () => {
    const query = spawn(process.execPath, [LAUNCH, 'query', 'priced_usage', '--lake', lake]);
    let told = '';
    query.stderr.on('data', (part: Buffer) => {
      told += part.toString();
    });
    query.stdout.once('data', () => query.stdout.destroy());
    const [status] = await once(query, 'exit');
    expect({ status, told }).toEqual({ status: 0, told: '' });
  }, 60_000);

  it('prints any table, as csv and as json, decimals as text', async () => {
    const csv = await run([
      'query',
      'daily_cost',
      '--lake',
      lake,
      '--from',
      '2026-11-20',
      '--to',
      '2026-11-20',
      '--format',
      'csv',
    ]);
    expect(csv.out.split('\r\n')[0]).toContain('billing_period');
    const json = await run([
      'query',
      'daily_cost',
      '--lake',
      lake,
      '--from',
      '2026-11-20',
      '--to',
      '2026-11-20',
      '--format',
      'json',
    ]);
    const rows = JSON.parse(json.out);
    expect(rows).toHaveLength(csv.out.trim().split('\r\n').length - 1);
    expect(rows[0]).toMatchObject({ day: '2026-11-20', allocated_cost: expect.stringMatching(/^\d+\.\d{10}$/) });
  }, 60_000);

  it.each([
    [
      ['--where', 'team = 3'],
      /^--where team = 3: Referenced column "team" not found.*condition over the columns of daily_cost: billing_period, day/,
    ],
    [['--where', "basis = 'direct"], /^--where basis = 'direct: unterminated quoted string/],
    [['--from', '2026-11-20', '--to', '2026-11-01'], /^--from 2026-11-20 is after --to 2026-11-01/],
  ])('says in one line why a question cannot be answered: %j', async (args, says) => {
    const { status, err } = await run(['query', 'daily_cost', '--lake', lake, ...args]);
    expect({ status, lines: err.trim().split('\n').length }).toEqual({ status: 1, lines: 1 });
    expect(err).toMatch(says);
  });

  it('lists what can be asked, each with what a row of it is', async () => {
    const { out, status } = await run(['query', '--lake', lake]);
    expect(status).toBe(0);
    expect(out).toMatch(/^usage +One row per vendor bucket/m);
    expect(out).toMatch(/^allocated_cost +One row per/m);
  }, 60_000);

  it('names the file when a Parquet file of the lake is damaged', async () => {
    const damaged = await folder();
    await start(damaged, '--faults', 'none', '--days', '2');
    const [name = ''] = Object.keys(await facts(damaged));
    await writeFile(join(damaged, 'facts', name), 'PAR1 not really');
    const said = await run([
      'query',
      name.startsWith('usage') ? 'usage' : (name.split('/')[0] ?? ''),
      '--lake',
      damaged,
    ]);
    expect(said.status).toBe(1);
    expect(said.err).toContain(name.split('/').at(-1));
  }, 120_000);
});

describe('npm start, asked for what cannot be', () => {
  it('goes on with the other sources when one key is locked, and its exit status tells', async () => {
    const { status, out, err } = await start(await folder(), '--faults', 'none', '--world', 'locked-key');
    expect(status).toBe(1);
    expect(err).toMatch(/anthropic_usage of anthropic\.research, .* got 401/);
    expect(out).toMatch(/openai_costs +█+ +12\/12/);
    expect(out).toMatch(/All = ledger/);
  }, 120_000);

  it.each([
    ['a word it does not know', ['--fault', 'none'], "Unknown option '--fault'"],
    ['a day that is none', ['--end', '2026-13-01'], 'must be a day such as 2026-11-24'],
    ['an oddity that is none', ['--world', 'full-moon'], 'there is no such oddity; there are locked-key'],
    ['a number out of range', ['--developers', '0'], 'must be a whole number from 1 to 20000'],
    ['a source that is none', ['--sources', 'anthropic_usge'], 'the sources are anthropic_usage'],
  ])('says what would be right for %s', async (_name, args, says) => {
    const { status, err } = await start(await folder(), ...args);
    expect(status).toBe(1);
    expect(err).toContain(says);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('says which variable holds the key that is missing', async () => {
    const { status, err } = await start(await folder(), '--sources', 'github.main', '--days', '1');
    expect(status).toBe(1);
    expect(err).toContain('set OUTLAY_KEY_GITHUB_MAIN in the environment');
  }, 60_000);

  it('names each vendor with its weakest key in the help', async () => {
    const { status, out } = await run(['start', '--help']);
    expect(status).toBe(0);
    expect(out).toContain('OUTLAY_KEY_ANTHROPIC_MAIN');
    expect(out).toContain('locked-key');
  });

  it('says in a sentence that a lake cannot be written', async () => {
    const lake = join(await folder(), 'file');
    await writeFile(lake, 'no folder');
    const { status, err } = await start(lake);
    expect(status).toBe(1);
    expect(err).toMatch(/^The lake .*file cannot be made: a file stands there\. Give another with --lake DIR\.$/m);
  });

  it('says in a sentence that a port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { status, err } = await run([
      'start',
      '--lake',
      await folder(),
      '--days',
      '2',
      '--developers',
      '2',
      '--end',
      '2026-11-24',
      '--port',
      String(port),
    ]);
    server.close();
    expect(status).toBe(1);
    expect(err).toContain(`port`);
    expect(err).toContain('choose another with --port N');
  }, 60_000);

  it('refuses a lake that another process works on', async () => {
    const lake = await folder();
    await mkdir(lake, { recursive: true });
    await writeFile(join(lake, 'lock'), String(process.pid));
    const { status, err } = await start(lake);
    expect(status).toBe(1);
    expect(err).toContain(`is in use by process ${process.pid}`);
  });

  it('takes over the lock of a process that is gone', async () => {
    const lake = await folder();
    await writeFile(join(lake, 'lock'), '999999999');
    const { status } = await start(lake, '--days', '2', '--faults', 'none');
    expect(status).toBe(0);
  }, 60_000);

  it('says what to do on a Node that is too old, before anything else', async () => {
    const old =
      "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.20.2'}})";
    const { status, err } = await run(['start'], ['--import', old]);
    expect(status).toBe(1);
    expect(err).toContain('This needs Node 24, and this is Node 20.20.2');
  });

  it('says that there is no lake yet where none is', async () => {
    const { status, err } = await run(['query', 'usage', '--lake', join(await folder(), 'none')]);
    expect(status).toBe(1);
    expect(err).toMatch(/^There is no lake in .*; 'npm start' makes one/);
  });

  it.each([
    [
      ['reference', 'check', '/nowhere'],
      'The reference files in /nowhere cannot be read: there is nothing of that name.',
    ],
    [['doctor', '--config', 'nowhere.ts'], 'The settings nowhere.ts cannot be read: there is nothing of that name.'],
    [
      ['smoke', '--profile', 'any', '--report', 'nowhere/a.md'],
      'smoke: no report can be written to nowhere/a.md: there',
    ],
    [['query', '--every'], "Unknown option '--every'; 'npm run query -- --help' lists the options."],
  ])('says of %j what is wrong, and what to do', async (args, says) => {
    const { status, err } = await run(args);
    expect(status).toBe(1);
    expect(err).toContain(says);
  });

  it('refuses reference files with every mistake by file and column', async () => {
    const dir = await folder();
    await writeFile(join(dir, 'teams.csv'), 'team,name\nsearch,Search\n');
    const { status, err } = await run(['reference', 'check', dir]);
    expect(status).toBe(1);
    expect(err).toContain('people.csv: is missing');
    expect(err).toContain('teams.csv: lacks the columns parent, cost_center, owner, time_zone, channel');
  });
});
