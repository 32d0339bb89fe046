import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLabels } from '../../../local/report/labels.ts';
import { PANELS } from '../../../local/report/panels.ts';
import { queryOf, type ReportServer, reportServer } from '../../../local/report/server.ts';
import { inventedLake, STAMP } from './lake.ts';

let lake: Awaited<ReturnType<typeof inventedLake>>;
let server: ReportServer;
let stamp = STAMP;
const start = async (port = 0): Promise<ReportServer> =>
  reportServer({ rows: lake.rows, labels: await readLabels(queryOf(lake.rows)), stamp: () => stamp, port });
const get = async (path: string) => {
  const answer = await fetch(server.url + path);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

beforeAll(async () => {
  lake = await inventedLake();
  server = await start();
});
afterAll(() => server.stop());

test('draws every panel of the list with a heading and a finding', async () => {
  const { text, status } = await get('/');
  expect(status).toBe(200);
  expect(PANELS.map(({ id }) => text.includes(`<section id="${id}"`))).toEqual(PANELS.map(() => true));
  expect(text.match(/<p class="finding">/g)).toHaveLength(PANELS.length - 1);
});

test('draws the same bytes twice from the same lake', async () => {
  const first = await get('/?team=search&by=model');
  stamp = { ...STAMP, generation: 'again' };
  expect((await get('/?team=search&by=model')).text).toBe(first.text);
});

test('draws a newer lake anew', async () => {
  stamp = { ...STAMP, generation: 'two', company: 'Otter Works' };
  expect((await get('/')).text).toContain('Otter Works');
});

test('reads names again when the lake has changed: what was forgotten shows no more', async () => {
  expect((await get('/')).text).toContain('search-09');
  await lake.rows("update identities set login = null where login = 'search-09'");
  stamp = { ...STAMP, generation: 'forgotten' };
  expect((await get('/')).text).not.toContain('search-09');
  await lake.rows("update identities set login = 'search-09' where kind = 'person' and login is null");
  stamp = { ...STAMP, generation: 'told' };
});

test('reads again what was read of another generation of the lake, also for the first answer', async () => {
  const late = await reportServer({
    rows: lake.rows,
    labels: () => null,
    generation: 'before',
    stamp: () => STAMP,
    port: 0,
  });
  const text = await (await fetch(late.url)).text();
  await late.stop();
  expect(text).toContain('search-09');
});

test('says what is still being asked instead of what nobody knows yet, and looks again by itself', async () => {
  stamp = { ...STAMP, generation: 'asking', asking: true, checks: [], findings: [] };
  const { text } = await get('/');
  expect(text).toContain('<meta http-equiv="refresh" content="3">');
  expect(text).toContain('Checks are still being asked');
  expect(text).toContain('The detectors are still going through the days');
  expect(text).toContain('whether an incident is open is still being looked for');
  expect(text).not.toMatch(/0 of 0 checks hold|no incident is open/);
  stamp = { ...STAMP, generation: 'answered' };
  expect((await get('/')).text).not.toMatch(/http-equiv="refresh"|still (being asked|going)/);
});

test('draws anew what is known once it is said to be of the lake as it stands', async () => {
  let asked = 0;
  const known = {
    query: async (sql: string) => {
      asked += 1;
      return Array.fromAsync(await lake.rows(sql));
    },
    forget: () => {
      throw new Error('nothing has changed but what was said');
    },
  };
  let now = { ...STAMP, generation: 'asking', asking: true };
  const labels = await readLabels(queryOf(lake.rows));
  const late = await reportServer({ rows: lake.rows, known, labels, stamp: () => now, port: 0 });
  now = { ...STAMP, generation: 'told' };
  await late.renew('told');
  const before = asked;
  const text = await (await fetch(late.url)).text();
  await late.stop();
  expect(text).toMatch(/\d+ of \d+ checks hold/);
  expect(asked - before).toBeLessThan(10);
});

test('marks estimates in words, and lateness beside the total', async () => {
  const { text } = await get('/');
  expect(text).toContain('estimated from usage at list price');
  expect(text).toContain('late, not counted: GitHub Copilot');
  expect(text).toContain('GitHub Copilot 22–24 Nov: not compared');
  expect(text).toContain('<span class="muted">late</span>');
});

test('gives a reason for a week without output, and no infinity', async () => {
  const { text } = await get('/');
  expect(text).toContain('–, no merged PR');
  expect(text).not.toMatch(/Infinity|NaN|undefined|\[object/);
});

test('runs no script or style of its own text, and asks nobody else', async () => {
  const { text, headers } = await get('/');
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(text).not.toMatch(/ style=| on[a-z]+="|https?:\/\/(?!127)/);
  expect(text.match(/<script(?! src="(theme|report)\.js"| type="application\/json")/g)).toBe(null);
});

test.each([
  ['/?team=nobody', 'There is no team “nobody” here. Valid: checkout, data, payments, search, support-tools.'],
  ['/?period=soon', 'Valid: 2026-11, 2026-10'],
  ['/?colour=red', 'There is no filter “colour”.'],
  ['/csv/spend?vendor=acme', 'There is no vendor “acme” here.'],
])('answers 400 to %s with what is valid', async (path, says) => {
  const { status, text } = await get(path);
  expect(status).toBe(400);
  expect(text).toContain(says);
});

test('writes what the address said as text, never as markup', async () => {
  const { text } = await get('/?team=%3Cscript%3Ealert(1)%3C/script%3E');
  expect(text).toContain('&lt;script&gt;alert(1)');
  expect(text).not.toContain('<script>alert(1)');
});

test('answers 404 to another page', async () => {
  expect((await get('/csv/nothing')).status).toBe(404);
});

test('gives the rows of the mart as CSV, in full precision, under the same filters', async () => {
  const { text, headers } = await get('/csv/spend?vendor=copilot&period=2026-11-20..2026-11-20');
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const mart = await lake.rows(
    "select allocated_cost from daily_cost where provider = 'copilot' and day = date '2026-11-20' order by basis",
  );
  const lines = text.trimEnd().split('\r\n');
  expect(lines[0]).toBe(
    'billing_period,day,provider,model,basis,status,billing_currency,list_cost,billed_cost,allocated_cost',
  );
  expect(lines.slice(1).map((line) => line.split(',').at(-1))).toEqual(
    mart.map(({ allocated_cost }) => allocated_cost),
  );
});

test.each(PANELS.map(({ id, columns }) => [id, columns] as const))(
  'names the columns of %s in its CSV',
  async (id, columns) => {
    const { text, status } = await get(`/csv/${id}`);
    expect(status).toBe(200);
    expect(text.split('\r\n')[0]).toBe(columns.join(','));
  },
);

test('names the team in the CSV of a team', async () => {
  const { text } = await get('/csv/spend?team=data');
  expect(text.split('\r\n')[1]?.startsWith('data,')).toBe(true);
});

test.each([
  ['budgets', 'scope_kind,scope_id', ['team,data', 'cost_center,CC-500']],
  ['contracts', 'contract_id', ['anthropic-commit', 'copilot-seats', 'openai-credits']],
])('gives of %s what concerns the chosen team', async (id, columns, rows) => {
  const { text } = await get(`/csv/${id}?team=data`);
  const [head = '', ...lines] = text.trimEnd().split('\r\n');
  const at = columns.split(',').map((column) => head.split(',').indexOf(column));
  expect([...new Set(lines.map((line) => at.map((i) => line.split(',')[i]).join()))]).toEqual(rows);
});

test('says in a sentence that the port is in use', async () => {
  const port = Number(new URL(server.url).port);
  await expect(start(port)).rejects.toThrow(
    `The report could not be served on 127.0.0.1:${port}: the port is in use; choose another with --port N, or --port 0 for any that is free.`,
  );
});

test('answers nobody who came under another name', async () => {
  const { request } = await import('node:http');
  const status = await new Promise((resolve, reject) => {
    request(server.url, { headers: { host: 'evil.example' } }, (answer) => resolve(answer.statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
});

test('changes nothing on request', async () => {
  expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
});

test('shows nobody by handle where people are hidden', async () => {
  const hidden = await reportServer({
    rows: lake.rows,
    labels: await readLabels(queryOf(lake.rows)),
    stamp: () => STAMP,
    port: 0,
    showPeople: false,
  });
  const text = await (await fetch(`${hidden.url}/?team=search`)).text();
  await hidden.stop();
  expect(text).not.toMatch(/search-0\d/);
});

test('says that there is no spend yet in an empty lake', async () => {
  const { rows } = await inventedLake('delete from allocated_cost', 'delete from daily_cost');
  const empty = await reportServer({ rows, labels: () => null, stamp: () => STAMP, port: 0 });
  const text = await (await fetch(empty.url)).text();
  await empty.stop();
  expect(text).toContain('The lake holds no spend yet.');
});
