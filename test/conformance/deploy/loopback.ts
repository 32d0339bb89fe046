import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A server on a free port of 127.0.0.1. */
export interface Loopback {
  readonly url: string;
  stop(): Promise<void>;
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Loopback> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server on loopback has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A channel as Slack's webhooks answer. */
export interface SlackDouble extends Loopback {
  /** Messages taken so far. */
  readonly taken: readonly string[];
}

/** Starts a Slack double. */
export async function startSlack(): Promise<SlackDouble> {
  const taken: string[] = [];
  const server = await listen(async (request, response) => {
    taken.push(await text(request));
    response.writeHead(200).end('ok');
  });
  return { ...server, taken };
}

/** A gate before a vendor: what passes it goes to the vendor as it is. */
export interface Gate extends Loopback {
  /** Requests that got no answer while the gate was shut. */
  readonly held: number;
  shut(): void;
  open(): void;
}

/** Starts a gate before the server at `target`, open. */
export async function startGate(target: string): Promise<Gate> {
  let isShut = false;
  let held = 0;
  const server = await listen(async (request, response) => {
    const body = await text(request);
    if (isShut) {
      held += 1;
      return;
    }
    const { authorization = '', accept = '*/*', 'content-type': type = 'application/json' } = request.headers;
    const answered = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { authorization, accept, 'content-type': type, 'user-agent': request.headers['user-agent'] ?? 'outlay' },
      ...(request.method === 'POST' ? { body } : {}),
    });
    const headers = Object.fromEntries(
      [...answered.headers].filter(([name]) => !/^(content-|transfer-|connection)/.test(name)),
    );
    response.writeHead(answered.status, { ...headers, 'content-type': 'application/json' }).end(await answered.text());
  });
  return {
    ...server,
    get held() {
      return held;
    },
    shut: () => {
      isShut = true;
    },
    open: () => {
      isShut = false;
    },
  };
}
