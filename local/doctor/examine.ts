import * as z from 'zod';
import type { Platform } from '../../shared/platform.ts';
import type { AnySource, Ask, Asking, Connection, Vendor } from '../../shared/source.ts';
import { addDays, dayOf, instant, startOf } from '../../shared/time.ts';
import { STRENGTH } from './strength.ts';

/** One line of the doctor's: all is well, to be looked at, or to be put right. */
export interface Finding {
  readonly state: 'ok' | 'look' | 'wrong';
  readonly of: string;
  readonly says: string;
}

type Ports = Pick<Platform, 'fetch' | 'clock' | 'crypto' | 'secrets'>;

/** How long a vendor may take, in milliseconds. */
const PATIENCE = 30_000;

/** Asks a vendor what a key may do: who it belongs to, each source's first question, and one that we never need. */
export async function examine(
  ports: Ports,
  { vendor, connection, sources }: { vendor: Vendor; connection: Connection; sources: readonly AnySource[] },
): Promise<Finding[]> {
  const secret = await ports.secrets.read(connection.secret).catch((error: unknown) => said(error));
  if (typeof secret === 'object') return [{ state: 'wrong', of: connection.id, says: `${secret.says}` }];
  const call = await caller(ports, vendor, connection, secret).catch((error: unknown) => said(error));
  if (typeof call === 'object') return [{ state: 'wrong', of: connection.id, says: call.says }];
  const findings: Finding[] = [];
  const find = (state: Finding['state'], says: string, of = connection.id): void =>
    void findings.push({ state, of, says });
  const self = vendor.whoAmI === undefined ? null : await call(vendor.whoAmI(connection.baseUrl));
  if (self !== null && self.refusal !== null) {
    find('wrong', `${self.refusal}; needed is ${vendor.credential}`);
    return findings;
  }
  find('ok', `the key works${self === null ? '' : ownerOf(self)}`);
  for (const source of sources) {
    const { state, says } = await answering(call, source, { window: yesterday(ports), connection });
    find(state, state === 'wrong' ? `${says}; needed is ${vendor.credential}` : says, `${connection.id} ${source.id}`);
  }
  const mayRead = async (path: string): Promise<boolean> =>
    (await call({ url: `${connection.baseUrl}${path}` })).refusal === null;
  const more = await STRENGTH[vendor.id]?.({ secret, headers: self?.headers ?? new Headers(), mayRead });
  if (more !== null && more !== undefined) find('look', `stronger than needed: ${more}`);
  return findings;
}

/** Ways that are tried of one source: a refused question may have another way, and that one too. */
const WAYS = 4;

/** Whether a source's first question is answered, if need be another way, and what is to be known of it. */
async function answering(
  call: (ask: Ask) => Promise<Heard>,
  source: AnySource,
  asking: Asking,
): Promise<Pick<Finding, 'state' | 'says'>> {
  const first = firstAsk(source, asking);
  if (first !== undefined && 'says' in first) return { state: 'wrong', says: first.says };
  const answered: Ask[] = [];
  let refusal = '';
  for (let ask: Ask | undefined = first, ways = 1; ask !== undefined; ways += 1) {
    const asked: Ask = ask;
    const heard = await call(asked);
    if (heard.refusal === null) {
      answered.push(asked);
      break;
    }
    refusal = heard.refusal;
    const others = source.refused?.({ ...asking, asked, status: heard.status, body: heard.body }) ?? null;
    if (others === null || ways === WAYS) return { state: 'wrong', says: refusal };
    ask = others[0];
  }
  const note = source.note?.(answered, asking) ?? null;
  if (note !== null) return { state: 'look', says: `${refusal === '' ? '' : `${refusal}; `}${note}` };
  return { state: 'ok', says: 'answers' };
}

/** A source's first question, or what its connection lacks for it; undefined: it asks nothing. */
function firstAsk(source: AnySource, asking: Asking): Ask | { readonly says: string } | undefined {
  try {
    return source.ask(asking)[0];
  } catch (error) {
    return said(error);
  }
}

interface Heard {
  /** What came back instead of an answer; null: an answer. */
  readonly refusal: string | null;
  /** 0: no answer came. */
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

async function caller(
  ports: Ports,
  vendor: Vendor,
  { baseUrl }: Connection,
  secret: string,
): Promise<(ask: Ask) => Promise<Heard>> {
  const signed = await vendor.signIn(ports, secret, baseUrl);
  return async ({ url, method = 'GET', body, headers = {} }) => {
    const none = new Headers();
    try {
      const answer = await ports.fetch(url, {
        method,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
          ...signed,
        },
        signal: AbortSignal.timeout(PATIENCE),
        redirect: 'manual',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const status = vendor.disguised?.(text, answer.status) ?? answer.status;
      const words = vendor.errorMessage(text);
      const refusal =
        status < 300 ? null : `${new URL(url).host} answered ${status}${words === null ? '' : `: ${words}`}`;
      return { refusal, status, headers: answer.headers, body: text };
    } catch (error) {
      return {
        refusal: `${new URL(url).host} did not answer (${said(error).says})`,
        status: 0,
        headers: none,
        body: '',
      };
    }
  };
}

const named = z.object({ name: z.string() });
const viewer = z.object({ data: z.object({ viewer: z.object({ login: z.string() }) }) });

/** Whose a key is, from the answer or its headers. */
function ownerOf({ body, headers }: Heard): string {
  const id = headers.get('anthropic-organization-id') ?? headers.get('openai-organization');
  const value = parsed(body);
  const name = named.safeParse(value).data?.name ?? viewer.safeParse(value).data?.data.viewer.login ?? null;
  const told = [name, id].filter((one) => one !== null);
  return told.length === 0 ? '' : `: ${told.join(', ')}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function yesterday({ clock }: Pick<Ports, 'clock'>) {
  const day = addDays(dayOf(clock.now()), -1);
  return { from: instant(startOf(day)), to: instant(startOf(addDays(day, 1))) };
}

function said(error: unknown): { readonly says: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return { says: error instanceof Error ? `${error.message}${cause}` : String(error) };
}
