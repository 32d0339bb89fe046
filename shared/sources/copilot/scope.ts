import * as z from 'zod';
import type { Ask, Connection } from '../../source.ts';
import { either, has } from '../either.ts';

/** Whose Copilot a connection reads: an organisation's, or a whole enterprise's. */
export interface Scope {
  readonly kind: 'organization' | 'enterprise';
  /** Path of Copilot's own endpoints. */
  readonly copilot: string;
  /** Path of billing's endpoints. */
  readonly billing: string;
  /** The billing account: as configured, else the organisation's or enterprise's own name. */
  readonly account: string;
}

/** The scope that a connection's settings name. @throws Error when they name none. */
export function scopeOf({ id, baseUrl, accountId, settings }: Connection): Scope {
  const { organization, enterprise } = settings;
  const base = baseUrl.replace(/\/$/, '');
  if (enterprise !== undefined) {
    const path = `${base}/enterprises/${encodeURIComponent(enterprise)}`;
    return {
      kind: 'enterprise',
      copilot: `${path}/copilot`,
      billing: `${path}/settings/billing`,
      account: accountId ?? enterprise,
    };
  }
  if (organization === undefined) {
    throw new Error(
      `${id} names neither organization nor enterprise; add settings: { organization: '…' } to the connection`,
    );
  }
  const name = encodeURIComponent(organization);
  return {
    kind: 'organization',
    copilot: `${base}/orgs/${name}/copilot`,
    billing: `${base}/organizations/${name}/settings/billing`,
    account: accountId ?? organization,
  };
}

/** A question, its parameters in the given order. */
export const question = (path: string, parameters: Readonly<Record<string, string>> = {}): Ask => {
  const query = new URLSearchParams(parameters).toString();
  return { url: query === '' ? path : `${path}?${query}` };
};

/**
 * The same question where its answer's `Link` header says that it goes on. Only the parameters are taken: the header
 * names GitHub's own address, whatever proxy we ask through.
 */
export function onward(asked: Ask, following: string | null | undefined): Ask[] {
  if (following === null || following === undefined) return [];
  const url = new URL(asked.url);
  url.search = new URL(following, asked.url).search;
  return [{ ...asked, url: url.href }];
}

/**
 * The schema of answers that are told apart by a member of theirs; unlike a plain union it names what is missing.
 * `nothing`: that of no answer (204).
 */
export function byMember<Page>(
  kinds: Readonly<Record<string, z.ZodType<Page>>>,
  nothing?: z.ZodType<Page>,
): z.ZodType<Page> {
  const none = z.custom<Page>(() => false, { error: `has none of ${Object.keys(kinds).join(', ')}` });
  return either((value) => {
    const kind = Object.entries(kinds).find(([member]) => has(value, member))?.[1];
    return (value === null ? nothing : kind) ?? none;
  });
}
