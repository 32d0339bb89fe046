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

const maker = z.object({ id: z.string(), type: z.string() }).nullish();

const user = z.object({
  type: z.literal('user'),
  id: z.string(),
  email: z.string().nullable(),
  name: z.string().nullish(),
  added_at: z.string(),
});

const workspace = z.object({
  type: z.literal('workspace'),
  id: z.string(),
  name: z.string().nullable(),
  created_at: z.string(),
  archived_at: z.string().nullable(),
  // Of a company's own tags only these are ours to read.
  tags: z
    .object({ team: z.string().optional(), cost_center: z.string().optional(), 'cost-center': z.string().optional() })
    .nullish(),
});

const apiKey = z.object({
  type: z.literal('api_key'),
  id: z.string(),
  name: z.string().nullable(),
  created_at: z.string(),
  status: z.string(),
  created_by: maker,
  principal: z
    .object({ type: z.string(), user_id: z.string().optional(), service_account_id: z.string().optional() })
    .nullish(),
  // Older answers carry the workspace itself, null for the default one.
  scope: z.object({ type: z.string(), workspace_id: z.string().optional() }).optional(),
  workspace_id: z.string().nullish(),
});

const page = z
  .object({
    data: z.array(z.discriminatedUnion('type', [user, workspace, apiKey])),
    has_more: z.boolean(),
    last_id: z.string().nullable(),
  })
  .refine(({ has_more, last_id }) => !has_more || last_id !== null, {
    path: ['last_id'],
    error: 'is missing although there is more',
  });

type Page = z.infer<typeof page>;
type Entry = Page['data'][number];
type Owner = { readonly id: string; readonly isPerson: boolean };

const STATUS: Readonly<Record<string, Principal['status']>> = {
  active: 'active',
  inactive: 'inactive',
  expired: 'inactive',
  archived: 'archived',
};

function ownerOf({ principal, created_by }: z.infer<typeof apiKey>): Owner | null {
  if (principal?.service_account_id !== undefined) return { id: principal.service_account_id, isPerson: false };
  if (principal?.user_id !== undefined) return { id: principal.user_id, isPerson: true };
  // Whatever is not plainly a service account may be a person.
  return created_by ? { id: created_by.id, isPerson: !created_by.id.startsWith('svac_') } : null;
}

function disguiseEntry(entry: Entry, names: Pseudonyms): { entry: Entry; identity: Identity } {
  switch (entry.type) {
    case 'user': {
      const id = names.user('anthropic', entry.id);
      return {
        entry: { ...entry, id, email: entry.email === null ? null : names.email(entry.email), name: null },
        identity: identityOf({ kind: 'person', id, email: entry.email, name: entry.name ?? null }),
      };
    }
    case 'workspace':
      return {
        entry: { ...entry, name: null },
        identity: identityOf({ kind: 'workspace', id: entry.id, label: entry.name }),
      };
    case 'api_key': {
      const owner = ownerOf(entry);
      const shown = owner?.isPerson ? names.user('anthropic', owner.id) : (owner?.id ?? null);
      return {
        entry: {
          ...entry,
          name: null,
          principal: null,
          created_by: shown === null ? null : { id: shown, type: owner?.isPerson ? 'user' : 'service_account' },
        },
        identity: identityOf({ kind: 'credential', id: entry.id, label: entry.name }),
      };
    }
    default:
      return entry satisfies never;
  }
}

function disguise(told: Page, names: Pseudonyms): Disguised<Page> {
  const entries = told.data.map((entry) => disguiseEntry(entry, names));
  return {
    // The cursor may be the id of a person: kept only where the next page is asked with it.
    page: { ...told, data: entries.map(({ entry }) => entry), last_id: null, has_more: false },
    identities: entries.map(({ identity }) => identity),
  };
}

function principalsOf(entry: Entry): Principal[] {
  switch (entry.type) {
    case 'user':
      return [
        principalOf({
          kind: 'person',
          id: entry.id,
          email_hint: entry.email,
          status: 'active',
          created_at: instant(millis(entry.added_at)),
        }),
      ];
    case 'workspace':
      return [
        principalOf({
          kind: 'workspace',
          id: entry.id,
          team_hint: entry.tags?.team ?? null,
          cost_center_hint: entry.tags?.cost_center ?? entry.tags?.['cost-center'] ?? null,
          status: entry.archived_at === null ? 'active' : 'archived',
          created_at: instant(millis(entry.created_at)),
        }),
      ];
    case 'api_key': {
      const key = principalOf({
        kind: 'credential',
        id: entry.id,
        parent_id: entry.scope?.workspace_id ?? entry.workspace_id ?? null,
        owner_id: entry.created_by?.id ?? null,
        status: STATUS[entry.status] ?? 'unknown',
        created_at: instant(millis(entry.created_at)),
      });
      const owner = entry.created_by;
      // The list of service accounts needs a stronger credential than we ask for; their keys name them.
      return owner?.type === 'service_account' ? [key, principalOf({ kind: 'service', id: owner.id })] : [key];
    }
    default:
      return entry satisfies never;
  }
}

function rows(answers: readonly Answer<Page>[], { window }: Asking): SourceRow<typeof principals>[] {
  const day = window.from.slice(0, 10);
  return once(answers.flatMap(({ page: told }) => told.data.flatMap(principalsOf))).map((entry) => ({ ...entry, day }));
}

const directory = (baseUrl: string, of: string, more: readonly [string, string][] = []): Ask => ({
  url: address(baseUrl, `/v1/organizations/${of}`, [...more, ['limit', '1000']]),
});

/** Users, workspaces with their tags, and API keys, as they are today. */
export const anthropicPrincipals = defineSource<typeof principals, Page>({
  id: 'anthropic_principals',
  vendor: 'anthropic',
  title: 'Anthropic users, workspaces and keys',
  ...SNAPSHOT,
  table: principals,
  // The key to Enterprise reports opens no directory; they name whom they tell of.
  wanted: ({ settings }) => settings.reports !== 'enterprise',
  page,
  exact: [],
  ask: ({ window, connection }) =>
    beginsDay(window)
      ? [
          directory(connection.baseUrl, 'users'),
          directory(connection.baseUrl, 'workspaces', [
            ['include_archived', 'true'],
            ['include_default', 'true'],
          ]),
          directory(connection.baseUrl, 'api_keys'),
        ]
      : [],
  next: ({ asked, page: told }) =>
    told.has_more && told.last_id !== null ? [from(asked, 'after_id', told.last_id)] : [],
  disguise,
  rows,
  blindSpots:
    'Members who have left (the vendor forgets them; ours are kept), service accounts without a key, and names of service accounts, which need an OAuth token with org:admin.',
});
