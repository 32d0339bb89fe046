import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLabels } from '../../../local/report/labels.ts';
import { PANELS } from '../../../local/report/panels.ts';
import { queryOf, type ReportServer, reportServer } from '../../../local/report/server.ts';
import { launch, missing } from './chromium.ts';
import { inventedLake, STAMP } from './lake.ts';
import { BAD_LABELS, FOCUS, LOW_CONTRAST, SIDEWAYS, SMALL_TARGETS } from './probes.ts';

const without = missing();

test.skipIf(process.env.CI !== 'true')('finds a Chromium in CI', () => {
  expect(without).toBe(null);
});

describe.skipIf(without !== null)('the report in a browser', () => {
  let server: ReportServer;
  let browser: Browser;
  const troubles: string[] = [];

  beforeAll(async () => {
    const { rows } = await inventedLake();
    server = await reportServer({ rows, labels: await readLabels(queryOf(rows)), stamp: () => STAMP, port: 0 });
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  const open = async (address: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...options });
    const page = await context.newPage();
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && troubles.push(message.text()));
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => request.url().startsWith(server.url) || troubles.push(`asked ${request.url()}`));
    await page.goto(server.url + address);
    return page;
  };

  const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
    [1440, 390].map((width) => [colorScheme, width] as const),
  );
  test.each(LOOKS)('can be read in %s at %d', async (colorScheme, width) => {
    const page = await open('/', { colorScheme, viewport: { width, height: 1000 } });
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
    expect(await page.evaluate(BAD_LABELS)).toEqual([]);
    expect(await page.evaluate(SIDEWAYS)).toBe(0);
    expect(await page.evaluate(SMALL_TARGETS)).toEqual([]);
    await page.context().close();
  });

  test.each([320, 640, 768, 1024, 1180, 1280, 1920])('stays inside %d pixels', async (width) => {
    const page = await open('/?team=search&by=model', { viewport: { width, height: 900 } });
    expect(await page.evaluate(SIDEWAYS)).toBe(0);
    expect(await page.evaluate(BAD_LABELS)).toEqual([]);
    await page.context().close();
  });

  test('redraws its pictures to the width they have', async () => {
    const page = await open('/', { viewport: { width: 390, height: 900 } });
    expect(await page.locator('#spend-plot svg').getAttribute('width')).toBe('358');
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect.poll(() => page.locator('#spend-plot svg').getAttribute('width')).toBe('1220');
    await page.context().close();
  });

  test('follows a filter into the address, and Back out of it to the same text', async () => {
    const page = await open('/');
    const before = await page.locator('main').innerText();
    await page.selectOption('#filter-team', 'search');
    await page.locator('h1', { hasText: /^Search/ }).waitFor();
    expect(new URL(page.url()).search).toBe('?team=search');
    expect(await page.locator('#said').textContent()).toMatch(/^November to date, Search: \$/);
    expect(await page.evaluate('document.activeElement.id')).toBe('filter-team');
    await page.goBack();
    await page.locator('h1', { hasText: /^AI spend/ }).waitFor();
    expect(await page.locator('main').innerText()).toBe(before);
    await page.context().close();
  });

  test('keeps the focus on a split, and the table open', async () => {
    const page = await open('/');
    await page.click('#spend-table summary');
    await page.focus('[data-key="by-model"]');
    await page.keyboard.press('Enter');
    await page.locator('[data-key="by-model"][aria-current]').waitFor();
    expect(await page.evaluate('document.activeElement.dataset.key')).toBe('by-model');
    expect(await page.locator('#spend-table').getAttribute('open')).toBe('');
    expect(new URL(page.url()).search).toBe('?by=model');
    await page.context().close();
  });

  test('shows a server that refuses an address', async () => {
    const page = await open('/');
    const answer = await page.goto(`${server.url}/?team=nobody`);
    expect(answer?.status()).toBe(400);
    expect(await page.locator('.because').textContent()).toContain('There is no team “nobody” here.');
    troubles.splice(0, troubles.length, ...troubles.filter((one) => !one.includes('400')));
    await page.context().close();
  });

  test('reaches everything by Tab, with an outline', async () => {
    const page = await open('/');
    const stops: { id: string; words: string; outline: boolean }[] = [];
    const count = await page
      .locator('a:visible, button:visible, select:visible, summary:visible, [tabindex="0"]:visible')
      .count();
    for (let i = 0; i < count; i += 1) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate(FOCUS));
    }
    expect(stops[0]?.words).toBe('Skip to the figures');
    expect(stops.filter(({ outline }) => !outline)).toEqual([]);
    expect(
      stops.map(({ id }) => id).filter((id) => ['filter-period', 'filter-team', 'spend-plot'].includes(id)),
    ).toEqual(['filter-period', 'filter-team', 'spend-plot']);
    await page.context().close();
  });

  test('reads each day out by keys', async () => {
    const page = await open('/');
    await page.focus('#spend-plot');
    const said = async (key: string): Promise<string | null> => {
      await page.keyboard.press(key);
      return page.locator('#spend-plot').getAttribute('aria-valuetext');
    };
    expect(await said('End')).toMatch(
      /^Tue 24 Nov, ≈\$[\d,.]+, one source late: Anthropic ≈\$[\d,.]+, OpenAI \$[\d,.]+, GitHub Copilot late$/,
    );
    expect(await said('PageDown')).toMatch(/^Tue 17 Nov, \$[\d,.]+, billed/);
    expect(await said('ArrowLeft')).toMatch(/^Mon 16 Nov/);
    expect(await said('Home')).toMatch(/^Tue 28 Jul/);
    expect(await page.locator('[data-read="day"]').textContent()).toBe('Tue 28 Jul');
    await page.context().close();
  });

  test('draws late days as outlines and estimated ones hatched', async () => {
    const page = await open('/');
    expect(await page.locator('#spend-plot path.late').getAttribute('fill')).toBe('none');
    expect(await page.locator('#spend-plot path.estimated').getAttribute('fill')).toBe('url(#hatch-anthropic)');
    await page.context().close();
  });

  test('keeps the theme, and follows the system again', async () => {
    const page = await open('/', { colorScheme: 'light' });
    await page.click('#theme');
    await page.reload();
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(19, 21, 24)');
    await page.click('#theme');
    await page.click('#theme');
    expect(await page.locator('#theme').getAttribute('aria-label')).toBe('Theme: follows the system');
    await page.context().close();
  });

  test('works without a script: drawn, filtered by its form, with tables to open', async () => {
    const page = await open('/', { javaScriptEnabled: false });
    expect(await page.locator('main section').count()).toBe(PANELS.length);
    expect(await page.locator('#spend svg.chart').first().isVisible()).toBe(true);
    await page.selectOption('#filter-team', 'data');
    await page.click('#apply');
    expect(new URL(page.url()).searchParams.get('team')).toBe('data');
    expect(await page.locator('h1').textContent()).toMatch(/^Data came to/);
    await page.click('#spend-table summary');
    expect(await page.locator('#spend-table tbody tr').count()).toBe(24);
    await page.context().close();
  });

  test('ties the table of days, the teams and the headline to one text', async () => {
    const page = await open('/');
    const foot = await page.locator('#teams tfoot td').first().textContent();
    await page.click('#spend-table summary');
    expect(await page.locator('#spend-table tfoot td').nth(3).textContent()).toBe(foot);
    const nobody = await page.locator('#teams tbody tr').last().locator('td').first().textContent();
    expect(await page.locator('#unassigned tfoot td').nth(2).textContent()).toBe(nobody);
    await page.context().close();
  });

  test('prints in light from a dark session, with the totals and the filters', async () => {
    const page = await open('/', { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.locator('.print-only').innerText()).toContain(
      'November to date · all teams, vendors and models · data to 2026-11-24',
    );
    expect(await page.locator('#teams tfoot').isVisible()).toBe(true);
    expect(await page.locator('.filters').isVisible()).toBe(false);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(2);
    await page.context().close();
  });

  test('had no error, no warning and no request elsewhere in all of this', () => {
    expect(troubles).toEqual([]);
  });
});
