import { describe, expect, it } from 'vitest';
import { sum } from '../../../../shared/money.ts';
import type { Answer, Connection } from '../../../../shared/source.ts';
import type { EventPage } from '../../../../shared/sources/cursor/event.ts';
import { cursorUsage } from '../../../../shared/sources/cursor/usage.ts';
import requestUnits from '../../../fixtures/cases/request-units-are-not-cents.json' with { type: 'json' };
import sameAddress from '../../../fixtures/cases/same-address-in-other-letters.json' with { type: 'json' };
import { conversationOf } from '../conversations.ts';
import { asking, converse, names, read, recorded } from '../recorded.ts';

const { where, vendor } = conversationOf('cursor_usage');
const heard = converse(cursorUsage, where, vendor);
const ana = names.email('ana.ruiz@acme.example');
const ben = names.email('ben.okafor@acme.example');
const chi = names.email('chi.tanaka@acme.example');

const event = {
  timestamp: '1795014420000',
  userEmail: 'ana.ruiz@acme.example',
  model: 'gpt-6.1-sol',
  kind: 'Usage-based',
  chargedCents: 1,
};
/** A page of these events, out of `total` in all, as the vendor sends it. */
const sent = (events: readonly object[], total = events.length, currentPage = 1, numPages = 1): string =>
  JSON.stringify({
    totalUsageEventsCount: total,
    pagination: { numPages, currentPage, pageSize: 1000, hasNextPage: currentPage < numPages },
    usageEvents: events,
  });
const answerTo = (body: string, page = 1): Answer<EventPage> => ({
  asked: { url: 'https://cursor.test/teams/filtered-usage-events', about: { page: String(page) } },
  page: cursorUsage.disguise?.(read(cursorUsage, body), names, where.connection).page ?? read(cursorUsage, body),
});
const rowsOf = (events: readonly object[], connection: Connection = where.connection) => [
  ...cursorUsage.rows([answerTo(sent(events))], { ...where, connection }),
];
const moneyOf = (events: readonly object[]) =>
  rowsOf(events).flatMap(({ claim, claimed_cost, meter, quantity }) =>
    meter === 'requests' ? [[claim, quantity, claimed_cost]] : [],
  );
/** Pages asked after these answers. */
const pagesAfter = (...bodies: readonly string[]) => {
  const soFar = bodies.map((body, i) => answerTo(body, i + 1));
  const last = soFar.at(-1) ?? answerTo(sent([]));
  return cursorUsage.next({ ...last, ...where, soFar }).map(({ about }) => about?.page);
};

it('asks for the window in milliseconds, page after page', () => {
  const body = { startDate: 1794960000000, endDate: 1795046400000, pageSize: 1000 };
  const ask = { url: 'https://cursor.test/teams/filtered-usage-events', method: 'POST' };
  expect(heard.asks).toEqual([
    { ...ask, body: { ...body, page: 1 }, about: { page: '1' } },
    { ...ask, body: { ...body, page: 2 }, about: { page: '2' } },
  ]);
});

describe('rows', () => {
  const blank = {
    day: '2026-11-18',
    account_id: 'acct-1',
    workspace_id: null,
    credential_id: null,
    product: 'cursor',
    session_id: null,
    service_tier: null,
    speed: null,
    context_window: null,
    region: null,
    claimed_cost: null,
    cut: 'whole',
  };

  it('tell tokens, request units and, on the row of requests, the money of an hour', () => {
    const row = {
      ...blank,
      hour_at: '2026-11-18T15:00:00.000Z',
      principal_id: ana,
      model: 'claude-sonnet-5.5',
      claim: 'billed',
    };
    expect(heard.rows.slice(0, 6)).toEqual([
      { ...row, meter: 'input_tokens', quantity: '12610' },
      { ...row, meter: 'cache_read_tokens', quantity: '119644' },
      { ...row, meter: 'cache_write_5m_tokens', quantity: '61120' },
      { ...row, meter: 'output_tokens', quantity: '4502' },
      { ...row, meter: 'premium_requests', quantity: '5.300000' },
      { ...row, meter: 'requests', quantity: '1', claimed_cost: '0.2256000000' },
    ]);
  });

  it('keep what is included apart from what is billed and what is free, fractions of a cent and all', () => {
    const requests = heard.rows.filter(({ meter }) => meter === 'requests');
    expect(
      requests.map((row) => [
        row.principal_id,
        row.model,
        row.product,
        row.context_window,
        row.claim,
        row.claimed_cost,
      ]),
    ).toEqual([
      [ana, 'claude-sonnet-5.5', 'cursor', null, 'billed', '0.2256000000'],
      [ana, 'claude-sonnet-5.5', 'cursor', null, 'billed', '0.0771400000'],
      [ben, 'gpt-6.1-sol', 'cursor', null, 'covered', '0.0701000000'],
      [ben, 'composer-2', 'cursor', null, 'covered', '0.0800000000'],
      [ana, 'claude-opus-5.5', 'cursor', null, 'free', '0.0000000000'],
      [chi, 'claude-sonnet-5.5', 'cursor_background', 'max', 'billed', '0.2349000000'],
      [chi, 'default', 'cursor', null, 'billed', '0.0051000000'],
    ]);
    expect(sum(requests.map(({ claimed_cost }) => String(claimed_cost)))).toBe('0.6928400000');
  });

  it('count two equal events as two', () => {
    expect(moneyOf([event, event])).toEqual([['billed', '2', '0.0200000000']]);
  });

  it('never take request units for cents (case request-units-are-not-cents)', () => {
    const { values } = requestUnits.expect;
    const rows = rowsOf(requestUnits.given.usageEvents);
    const units = rows.filter(({ meter }) => meter === 'premium_requests').map(({ quantity }) => quantity);
    expect(moneyOf(requestUnits.given.usageEvents)).toEqual([
      ['billed', '1', '0.2256000000'],
      ['free', '1', '0.0000000000'],
    ]);
    expect(sum(units, 1)).toBe(values.request_units);
    expect(Number(values.billed_usd)).toBe(0.2256);
  });

  it('are of the same person under an address in other letters (case same-address-in-other-letters)', () => {
    const { userEmail, chargedCents } = sameAddress.given.cursor_event;
    const rows = rowsOf([
      { ...event, userEmail, chargedCents },
      { ...event, userEmail: ' ANA.RUIZ@acme.example ' },
    ]);
    expect(rows).toEqual([expect.objectContaining({ principal_id: ana, quantity: '2', claimed_cost: '7.2600000000' })]);
  });

  it('have nobody where an event names nobody', () => {
    expect(rowsOf([{ ...event, userEmail: null }])).toEqual([expect.objectContaining({ principal_id: null })]);
  });

  it.each([
    ['7.714000000000001', '0.0771400000'],
    ['0.30000000000000004', '0.0030000000'],
    ['1e-7', '0.0000000010'],
    ['39.0061', '0.3900610000'],
  ])('lose only the noise of doubles in %s cents', (cents, claimed) => {
    const body = sent([event]).replace('"chargedCents":1', `"chargedCents":${cents}`);
    const rows = [...cursorUsage.rows([answerTo(body)], where)];
    expect(rows.map(({ claimed_cost }) => claimed_cost)).toEqual([claimed]);
  });

  it.each([
    ['Usage-based', 'billed'],
    ['USAGE_EVENT_KIND_USAGE_BASED', 'billed'],
    ['Included in Business', 'covered'],
    ['USAGE_EVENT_KIND_INCLUDED_IN_PRO_PLUS', 'covered'],
    ['USAGE_EVENT_KIND_FREE_CREDIT', 'covered'],
    ['Errored, Not Charged', 'free'],
    ['USAGE_EVENT_KIND_ABORTED_NOT_CHARGED', 'free'],
    ['USAGE_EVENT_KIND_USER_API_KEY', 'copy'],
  ])('read %s as %s', (kind, claim) => {
    expect(moneyOf([{ ...event, kind }])).toEqual([[claim, '1', '0.0100000000']]);
  });

  it('do not guess the money of a kind that is new, unless the settings say', () => {
    const unknown = [{ ...event, kind: 'USAGE_EVENT_KIND_CUSTOM_SUBSCRIPTION' }];
    const told = { ...where.connection, settings: { 'kind.custom_subscription': 'covered' } };
    expect(() => rowsOf(unknown)).toThrow(/USAGE_EVENT_KIND_CUSTOM_SUBSCRIPTION.*'kind.custom_subscription'/s);
    expect(rowsOf(unknown, told)).toEqual([expect.objectContaining({ claim: 'covered' })]);
  });

  it('are refused for an event without its money, or of another time', () => {
    expect(() => rowsOf([{ ...event, chargedCents: null }])).toThrow('has no chargedCents');
    expect(() => rowsOf([{ ...event, timestamp: '1795046400001' }])).toThrow('when asked for');
  });

  it('leave an event on the end of the window to the next one', () => {
    expect(rowsOf([{ ...event, timestamp: '1795046400000' }])).toEqual([]);
  });
});

describe('pages that shift while they are read', () => {
  const [one, two] = [sent([event, event], 3, 1, 2), sent([event], 3, 2, 2)];

  it('end when all that was told of has been read', () => {
    expect([pagesAfter(one), pagesAfter(one, two), pagesAfter(sent([]))]).toEqual([['2'], [], []]);
  });

  it.each([
    ['the total moves', sent([event, event], 4, 2, 2)],
    ['fewer came than were told of', sent([], 3, 2, 2)],
    ['another page came', one],
  ])('are read anew from the first when %s', (_, second) => {
    expect(pagesAfter(one, second)).toEqual(['1']);
  });

  it('are refused when flag and numbers disagree (case more-pages-but-no-cursor)', () => {
    const page = { totalUsageEventsCount: 3, usageEvents: [event] };
    const body = JSON.stringify({ ...page, pagination: { numPages: 2, currentPage: 1, hasNextPage: false } });
    expect(() => read(cursorUsage, body)).toThrow('there is more without a page');
  });
});

it('says whom it met, removed members too, with the spelling of the address', () => {
  expect(new Set(heard.told.principals?.map(({ id }) => id))).toEqual(new Set([ana, ben, chi]));
  expect(heard.told.identities.map(({ email }) => email)).toContain('chi.tanaka@acme.example');
});

describe('the probe', () => {
  const week = asking(where.connection, '2026-11-10', '2026-11-13');
  const asks = cursorUsage.probe?.ask(week) ?? [];

  it('asks for the count of each day, a day a question', () => {
    expect(asks.map(({ about }) => about?.day)).toEqual(['2026-11-10', '2026-11-11', '2026-11-12']);
    const day = { startDate: Date.parse('2026-11-11T00:00:00Z'), endDate: Date.parse('2026-11-12T00:00:00Z') };
    expect(asks[1]?.body).toEqual({ ...day, pageSize: 1, page: 1 });
  });

  it('reads the count, nothing of nobody, and keeps no event', () => {
    const page = cursorUsage.probe?.page.parse(JSON.parse(recorded('cursor/teams_filtered_usage_events.page1')));
    const empty = cursorUsage.probe?.page.parse(JSON.parse(sent([])));
    const answers = asks.slice(0, 2).map((asked, i) => ({ asked, page: (i === 0 ? page : empty) as never }));
    expect([...(cursorUsage.probe?.readings(answers, week) ?? [])]).toEqual([{ day: '2026-11-10', figure: '7' }]);
    expect(page).toEqual({ totalUsageEventsCount: 7 });
  });
});
