import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';

/** One request as a simulated vendor sees it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One answer of a simulated vendor; the body is finished text. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What happens to an answer on its way: it arrives, breaks off after so many bytes, or never comes. */
export type Delivery =
  | { readonly kind: 'whole'; readonly answer: Answer }
  | { readonly kind: 'cut'; readonly answer: Answer; readonly bytes: number }
  | { readonly kind: 'silence'; readonly milliseconds: number };

/** A server that runs. */
export interface Running {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** An answer with a JSON body made from a value. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** The credential of a `Bearer` sign-in, or null. */
export function bearer(headers: IncomingHttpHeaders): string | null {
  return /^bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** The values of an array parameter, in brackets (`models[]=a`), repeated (`models=a&models=b`) or both. */
export function listParameter(query: URLSearchParams, name: string): readonly string[] {
  return [...query.getAll(`${name}[]`), ...query.getAll(name)];
}

/** Serves on a free port of 127.0.0.1 until closed. */
export async function serve(deliver: (asked: Asked) => Delivery): Promise<Running> {
  const server = createServer((request, response) => {
    handle(request, response, deliver).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  deliver: (asked: Asked) => Delivery,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const url = new URL(request.url ?? '/', 'http://vendor.invalid');
  const delivery = deliver({
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  });
  if (delivery.kind === 'silence') {
    setTimeout(() => response.destroy(), delivery.milliseconds).unref();
    return;
  }
  const { status, headers, body } = delivery.answer;
  const bytes = Buffer.from(body, 'utf8');
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (delivery.kind === 'whole') {
    response.end(bytes);
    return;
  }
  // The length promised is the whole one, so that a reader can tell that the connection broke.
  response.write(bytes.subarray(0, Math.min(delivery.bytes, bytes.length - 1)), () => response.destroy());
}
