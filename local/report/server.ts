import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { QueryRow } from '../../shared/platform.ts';
import { csv } from '../terminal/table.ts';
import { AddressError, type Filters, readAddress } from './address.ts';
import { csvSelect } from './csv.ts';
import { readReport } from './data.ts';
import { type Labels, readLabels } from './labels.ts';
import { type Lake, readLake } from './lake.ts';
import { page } from './page.ts';
import { PANELS } from './panels.ts';
import { refusal } from './refusal.ts';
import { type Remembered, remembering } from './remembered.ts';
import { bundleScripts } from './scripts.ts';
import type { Query } from './select.ts';
import type { Stamp } from './stamp.ts';
import { styleSheet } from './style.ts';

/** What the report is served from. */
export interface ReportOptions {
  /** Rows of a select over the marts and exported tables. */
  readonly rows: (sql: string) => AsyncIterable<QueryRow> | Promise<readonly QueryRow[]>;
  /** The same rows, where some are known already, until the lake changes; absent: they are read. */
  readonly known?: Pick<Remembered, 'query' | 'forget'>;
  /** Names of the lake as it is now; read again when it has changed. */
  readonly labels: Labels;
  /** The generation of the lake that `known` and `labels` were read of; absent: that of the first answer. */
  readonly generation?: string;
  /** The state of the lake; asked before every answer, so it must be cheap. */
  readonly stamp: () => Stamp | Promise<Stamp>;
  /** A port on loopback; 0: any that is free. */
  readonly port: number;
  /** Whether single people are shown, by handle (default: yes). */
  readonly showPeople?: boolean;
}

/** The report while it is served. */
export interface ReportServer {
  readonly url: string;
  /** Draws the first page anew of what is known, which is of the lake in this generation. */
  readonly renew: (generation: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const HEADERS = {
  'content-security-policy': "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18"><path d="M1 16V9h4v7zM7 16V2h4v14z" fill="#1f4f9e"/><path d="M13 16V6h4v10z" fill="none" stroke="#1f4f9e" stroke-width="1.4" stroke-dasharray="2 1.6"/></svg>';
const LONGEST_ADDRESS = 2000;
const KEPT_PAGES = 50;

/** Rows gathered, whichever way they come. */
export function queryOf(rows: ReportOptions['rows']): Query {
  return async (sql) => {
    const answer = rows(sql);
    return Symbol.asyncIterator in answer ? Array.fromAsync(answer) : answer;
  };
}

/** Serves the report on loopback; its first page is drawn before anybody asks. @throws Error with a sentence when the port is taken. */
export async function reportServer(options: ReportOptions): Promise<ReportServer> {
  const [style, scripts] = await Promise.all([styleSheet(), bundleScripts()]);
  const fixed: Readonly<Record<string, readonly [kind: string, body: string]>> = {
    '/report.css': ['text/css; charset=utf-8', style],
    '/report.js': ['text/javascript; charset=utf-8', scripts.report],
    '/theme.js': ['text/javascript; charset=utf-8', scripts.theme],
    '/icon.svg': ['image/svg+xml', ICON],
  };
  const { answer, warm, renew } = answering(options);
  const server = createServer((request, response) => {
    const send = (status: number, kind: string, body: string): void => {
      response
        .writeHead(status, { ...HEADERS, 'content-type': kind })
        .end(request.method === 'HEAD' ? undefined : body);
    };
    const { pathname } = new URL(request.url ?? '/', 'http://report');
    const found = fixed[pathname];
    if (!isOwnHost(request))
      send(403, 'text/plain; charset=utf-8', 'This report answers only under 127.0.0.1 and localhost.\n');
    else if (request.method !== 'GET' && request.method !== 'HEAD')
      send(405, 'text/plain; charset=utf-8', 'Only GET and HEAD are answered here.\n');
    else if (found !== undefined) send(200, ...found);
    else {
      answer(request, response, send).catch((error: unknown) => {
        console.error(`The report could not be drawn: ${error instanceof Error ? error.message : String(error)}`);
        if (response.headersSent) response.destroy();
        else
          send(
            500,
            'text/html; charset=utf-8',
            refusal('The report could not be drawn.', 'The terminal that serves it says why.'),
          );
      });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(
        taken
          ? new Error(
              `The report could not be served on 127.0.0.1:${options.port}: the port is ${error.code === 'EACCES' ? 'not allowed' : 'in use'}; choose another with --port N, or --port 0 for any that is free.`,
            )
          : error,
      );
    });
    server.listen(options.port, '127.0.0.1', resolve);
  });
  // What is wrong then is said to whoever asks.
  await warm().catch(() => {});
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://127.0.0.1:${port}`,
    renew,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A page of another site that lets its own name point here must not read the report. */
function isOwnHost({ headers: { host } }: IncomingMessage): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '');
}

type Send = (status: number, kind: string, body: string) => void;
const HTML = 'text/html; charset=utf-8';

function answering({
  rows,
  known = remembering(queryOf(rows)),
  labels,
  stamp,
  showPeople = true,
  ...of
}: ReportOptions) {
  const { query, forget } = known;
  let names = labels;
  const pages = new Map<string, string>();
  // Pages and rows are kept for one generation of the lake; a newer one drops everything.
  let generation = of.generation ?? null;
  let lake: Lake | null = null;
  const drop = (): void => {
    forget();
    pages.clear();
  };
  const current = async (): Promise<Stamp> => {
    const now = await stamp();
    if (generation !== null && generation !== now.generation) {
      drop();
      names = await readLabels(query);
    }
    // Remembered until the lake changes.
    lake = await readLake(query);
    generation = now.generation;
    return now;
  };
  const drawn = async (filters: Filters, of: Lake, now: Stamp): Promise<string> => {
    const id = JSON.stringify(filters);
    const known = pages.get(id);
    if (known !== undefined) return known;
    if (pages.size >= KEPT_PAGES) drop();
    const fresh = page({ data: await readReport(query, filters, of, now), labels: names, showPeople });
    if (generation === now.generation) pages.set(id, fresh);
    return fresh;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse, send: Send): Promise<void> => {
    const { pathname, searchParams, search } = new URL(request.url ?? '/', 'http://report');
    const csvOf = PANELS.find(({ id }) => pathname === `/csv/${id}`);
    if (pathname !== '/' && csvOf === undefined) {
      const ways = PANELS.map(({ id }) => `/csv/${id}`).join(', ');
      return send(404, HTML, refusal('There is no such page.', `There are / and ${ways}.`));
    }
    if (search.length > LONGEST_ADDRESS) {
      return send(414, HTML, refusal('The address is too long.', 'Start again from the page without filters.'));
    }
    const now = await current();
    if (lake === null) {
      const next = 'Run npm start, or npm run collect for a day; then reload.';
      return send(200, HTML, refusal('The lake holds no spend yet.', next));
    }
    try {
      const filters = readAddress(searchParams, lake);
      if (csvOf === undefined) return send(200, HTML, await drawn(filters, lake, now));
      await sendCsv(rows, csvSelect(csvOf, filters, lake), `outlay-${csvOf.id}-${filters.period.id}.csv`, response);
    } catch (error) {
      if (!(error instanceof AddressError)) throw error;
      send(400, HTML, refusal('That choice is not known here.', error.message));
    }
  };
  const warm = async (): Promise<void> => {
    const now = await current();
    if (lake !== null) await drawn(readAddress(new URLSearchParams(), lake), lake, now);
  };
  const renew = async (of: string): Promise<void> => {
    generation = of;
    pages.clear();
    await warm();
  };
  return { answer, warm, renew };
}

async function sendCsv(
  rows: ReportOptions['rows'],
  { sql, columns }: ReturnType<typeof csvSelect>,
  name: string,
  response: ServerResponse,
): Promise<void> {
  const answer = rows(sql);
  const found = Symbol.asyncIterator in answer ? answer : await answer;
  response.writeHead(200, {
    ...HEADERS,
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
  });
  for await (const text of csv(found, columns)) {
    if (!response.write(text)) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end();
}
