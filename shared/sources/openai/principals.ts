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
import { instant } from '../../time.ts';
import { address, beginsDay, from } from '../paging.ts';
import { identityOf, once, principalOf } from '../principal.ts';
import { userId } from './report.ts';

const name = z.string().nullish();

const user = z.object({
  object: z.literal('organization.user'),
  id: z.string(),
  email: z.string().nullish(),
  name,
  added_at: z.int(),
  is_service_account: z.boolean().nullish(),
});

const project = z.object({
  object: z.literal('organization.project'),
  id: z.string(),
  name,
  created_at: z.int(),
  status: z.string().nullish(),
});

const owner = z.object({ id: z.string(), name, email: z.string().nullish() });

const key = z.object({
  object: z.literal('organization.project.api_key'),
  id: z.string(),
  name,
  created_at: z.int(),
  owner_project_access: z.string().nullish(),
  owner: z.object({ type: z.string(), user: owner.nullish(), service_account: owner.nullish() }).nullish(),
});

const serviceAccount = z.object({
  object: z.literal('organization.project.service_account'),
  id: z.string(),
  name,
  created_at: z.int(),
});

const page = z
  .object({
    data: z.array(z.discriminatedUnion('object', [user, project, key, serviceAccount])),
    has_more: z.boolean(),
    last_id: z.string().nullish(),
  })
  .refine(({ has_more, last_id }) => !has_more || typeof last_id === 'string', {
    path: ['last_id'],
    error: 'is missing although there is more',
  });

type Page = z.infer<typeof page>;
type Entry = Page['data'][number];
interface Clean {
  readonly entry: Entry;
  readonly identities: readonly Identity[];
}

function disguiseKey(entry: z.infer<typeof key>, names: Pseudonyms): Clean {
  const account = entry.owner?.service_account ?? null;
  const person = entry.owner?.user ?? null;
  const label = identityOf({ kind: 'credential', id: entry.id, label: entry.name ?? null });
  if (person !== null) {
    const id = userId(person.id, names);
    return {
      entry: { ...entry, name: null, owner: { type: 'user', user: { id } } },
      identities: [label, identityOf({ kind: 'person', id, email: person.email ?? null, name: person.name ?? null })],
    };
  }
  const shown = account === null ? null : { type: 'service_account', service_account: { id: account.id } };
  return { entry: { ...entry, name: null, owner: shown }, identities: [label] };
}

function disguiseEntry(entry: Entry, names: Pseudonyms): Clean {
  const label = entry.name ?? null;
  switch (entry.object) {
    case 'organization.user': {
      const id = userId(entry.id, names);
      const email = entry.email ?? null;
      const identity = entry.is_service_account
        ? identityOf({ kind: 'service', id, label })
        : identityOf({ kind: 'person', id, email, name: label });
      return {
        entry: { ...entry, id, email: email === null ? null : names.email(email), name: null },
        identities: [identity],
      };
    }
    case 'organization.project':
      return {
        entry: { ...entry, name: null },
        identities: [identityOf({ kind: 'workspace', id: entry.id, label })],
      };
    case 'organization.project.service_account':
      return { entry: { ...entry, name: null }, identities: [identityOf({ kind: 'service', id: entry.id, label })] };
    case 'organization.project.api_key':
      return disguiseKey(entry, names);
    default:
      return entry satisfies never;
  }
}

function disguise(told: Page, names: Pseudonyms): Disguised<Page> {
  const clean = told.data.map((entry) => disguiseEntry(entry, names));
  return {
    // The cursor may be the id of a person: kept only where the next page is asked with it.
    page: { ...told, data: clean.map(({ entry }) => entry), last_id: null, has_more: false },
    identities: once(clean.flatMap(({ identities }) => identities)),
  };
}

const ACCESS: Readonly<Record<string, Principal['status']>> = { active: 'active', inactive: 'inactive' };

function principalIn(entry: Entry, parent: string | null): Principal {
  const { id } = entry;
  switch (entry.object) {
    case 'organization.user':
      return principalOf({
        kind: entry.is_service_account ? 'service' : 'person',
        id,
        email_hint: entry.is_service_account ? null : (entry.email ?? null),
        status: 'active',
        created_at: instant(entry.added_at * 1000),
      });
    case 'organization.project':
      return principalOf({
        kind: 'workspace',
        id,
        status: entry.status === 'active' || entry.status === 'archived' ? entry.status : 'unknown',
        created_at: instant(entry.created_at * 1000),
      });
    case 'organization.project.service_account':
      return principalOf({
        kind: 'service',
        id,
        parent_id: parent,
        status: 'active',
        created_at: instant(entry.created_at * 1000),
      });
    case 'organization.project.api_key':
      return principalOf({
        kind: 'credential',
        id,
        parent_id: parent,
        owner_id: entry.owner?.user?.id ?? entry.owner?.service_account?.id ?? null,
        status: ACCESS[entry.owner_project_access ?? ''] ?? 'unknown',
        created_at: instant(entry.created_at * 1000),
      });
    default:
      return entry satisfies never;
  }
}

function rows(answers: readonly Answer<Page>[], { window }: Asking): SourceRow<typeof principals>[] {
  const day = window.from.slice(0, 10);
  return once(
    answers.flatMap(({ asked, page: told }) =>
      told.data.map((entry) => principalIn(entry, asked.about?.project ?? null)),
    ),
  ).map((entry) => ({ ...entry, day }));
}

const directory = (baseUrl: string, of: string, more: readonly [string, string][] = []): Ask => ({
  url: address(baseUrl, `/organization/${of}`, [...more, ['limit', '100']]),
});

/** The keys (whoever owns them, whether they still may) and the service accounts of a project. */
const inProject = (baseUrl: string, id: string): Ask[] => {
  const path = `projects/${encodeURIComponent(id)}`;
  const about = { project: id };
  return [
    { ...directory(baseUrl, `${path}/api_keys`, [['owner_project_access', 'any']]), about },
    { ...directory(baseUrl, `${path}/service_accounts`), about },
  ];
};

/** Users, projects, and each project's keys and service accounts, as they are today. */
export const openaiPrincipals = defineSource<typeof principals, Page>({
  id: 'openai_principals',
  vendor: 'openai',
  title: 'OpenAI users, projects and keys',
  ...SNAPSHOT,
  table: principals,
  page,
  exact: [],
  ask: ({ window, connection }) =>
    beginsDay(window)
      ? [
          directory(connection.baseUrl, 'users'),
          directory(connection.baseUrl, 'projects', [['include_archived', 'true']]),
        ]
      : [],
  next: ({ asked, page: told, connection }) => [
    ...(told.has_more && typeof told.last_id === 'string' ? [from(asked, 'after', told.last_id)] : []),
    ...told.data.flatMap((entry) =>
      entry.object === 'organization.project' ? inProject(connection.baseUrl, entry.id) : [],
    ),
  ],
  // A project may go while its neighbours are read.
  refused: ({ asked, status }) => (status === 404 && asked.about?.project !== undefined ? [] : null),
  disguise,
  rows,
  blindSpots:
    'Deleted keys and members who have left (the vendor forgets them; ours are kept), and tags: a project has none, so cost centres come from rules.',
});
