import * as z from 'zod';
import type { Pseudonyms } from '../../pseudonym.ts';
import {
  type Answer,
  type Ask,
  type Asking,
  type Disguised,
  defineSource,
  type Identity,
  type Principal,
  SNAPSHOT,
  type SourceRow,
} from '../../source.ts';
import { principals } from '../../tables/principals.ts';
import { instant, millis } from '../../time.ts';
import { address, beginsDay, from } from '../paging.ts';
import { identityOf, once, principalOf } from '../principal.ts';
import { keysAfter, keysAsked } from './keys.ts';

// Of a key's `label`, which shows a part of the key itself, nothing is kept.
const key = z.object({
  hash: z.string(),
  name: z.string().nullish(),
  disabled: z.boolean(),
  created_at: z.string(),
  creator_user_id: z.string().nullish(),
  workspace_id: z.string().nullish(),
});
const workspace = z.object({ id: z.string(), name: z.string().nullish(), created_at: z.string() });
const member = z.object({
  id: z.string(),
  email: z.string().nullable(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
});

// A member alone has an address, a key alone a hash; the order decides which is tried first.
const page = z.object({ data: z.array(z.union([key, member, workspace])), total_count: z.int().nullish() });

type Page = z.infer<typeof page>;
type Entry = Page['data'][number];

const fullName = ({ first_name, last_name }: z.infer<typeof member>): string | null =>
  [first_name, last_name].filter((part) => typeof part === 'string' && part !== '').join(' ') || null;

function disguiseEntry(entry: Entry, names: Pseudonyms): { entry: Entry; identity: Identity } {
  if ('hash' in entry) {
    const owner = entry.creator_user_id ?? null;
    return {
      entry: { ...entry, name: null, creator_user_id: owner === null ? null : names.user('openrouter', owner) },
      identity: identityOf({ kind: 'credential', id: entry.hash, label: entry.name ?? null }),
    };
  }
  if ('email' in entry) {
    const id = names.user('openrouter', entry.id);
    const { email } = entry;
    return {
      entry: { id, email: email === null ? null : names.email(email), first_name: null, last_name: null },
      identity: identityOf({ kind: 'person', id, email, name: fullName(entry) }),
    };
  }
  return {
    entry: { ...entry, name: null },
    identity: identityOf({ kind: 'workspace', id: entry.id, label: entry.name ?? null }),
  };
}

function disguise(told: Page, names: Pseudonyms): Disguised<Page> {
  const clean = told.data.map((entry) => disguiseEntry(entry, names));
  return {
    page: { ...told, data: clean.map(({ entry }) => entry) },
    identities: once(clean.map(({ identity }) => identity)),
  };
}

function principalIn(entry: Entry): Principal {
  if ('hash' in entry)
    return principalOf({
      kind: 'credential',
      id: entry.hash,
      parent_id: entry.workspace_id ?? null,
      owner_id: entry.creator_user_id ?? null,
      status: entry.disabled ? 'inactive' : 'active',
      created_at: instant(millis(entry.created_at)),
    });
  if ('email' in entry) return principalOf({ kind: 'person', id: entry.id, email_hint: entry.email, status: 'active' });
  return principalOf({
    kind: 'workspace',
    id: entry.id,
    status: 'active',
    created_at: instant(millis(entry.created_at)),
  });
}

function rows(answers: readonly Answer<Page>[], { window }: Asking): SourceRow<typeof principals>[] {
  const day = window.from.slice(0, 10);
  return once(answers.flatMap(({ page: told }) => told.data.map(principalIn))).map((entry) => ({ ...entry, day }));
}

const LIMIT = 100;

const directory = (baseUrl: string, path: string): Ask => ({
  url: address(baseUrl, path, [
    ['offset', '0'],
    ['limit', String(LIMIT)],
  ]),
  about: { list: path },
});

/** The rest of a directory that tells how long it is. */
function after(asked: Ask, { data, total_count }: Page): Ask[] {
  const offset = Number(new URL(asked.url).searchParams.get('offset')) + data.length;
  return data.length > 0 && offset < (total_count ?? 0) ? [from(asked, 'offset', String(offset))] : [];
}

/** Keys, workspaces and members, as they are today. */
export const openrouterPrincipals = defineSource<typeof principals, Page>({
  id: 'openrouter_principals',
  vendor: 'openrouter',
  title: 'OpenRouter keys, workspaces and members',
  ...SNAPSHOT,
  table: principals,
  page,
  exact: [],
  ask: ({ window, connection: { baseUrl } }) =>
    beginsDay(window)
      ? [keysAsked(baseUrl), directory(baseUrl, '/workspaces'), directory(baseUrl, '/organization/members')]
      : [],
  next: ({ asked, page: told }) =>
    asked.about?.list === 'keys' ? keysAfter(asked, told.data.length) : after(asked, told),
  // An account of one person has keys alone: neither workspaces nor members.
  refused: ({ asked, status }) => (asked.about?.list !== 'keys' && (status === 403 || status === 404) ? [] : null),
  disguise,
  rows,
  blindSpots:
    'Deleted keys and members who have left (the vendor forgets them; ours are kept), and who uses a key that was made for somebody else.',
});
