import * as z from 'zod';
import type { Pseudonyms } from '../../pseudonym.ts';
import type { Disguised } from '../../source.ts';
import { identityOf, principalOf } from '../principal.ts';

/** Who an answer puts a row down to. */
export interface Actor {
  readonly type: string;
  /** Null for a kind of actor that we do not know. */
  readonly id: string | null;
  readonly email: string | null;
  readonly name: string | null;
}

const nobody = { email: null, name: null };
const maybe = z.string().nullish();
const provider = z.object({
  type: z.string(),
  account_id: maybe,
  signed_principal: maybe,
  project_number: maybe,
  subscription_id: maybe,
  issuer: maybe,
});

const known = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('user_actor'),
      user_id: z.string(),
      email_address: z.string().nullable(),
      name: z.string().nullable(),
    })
    .transform(({ type, user_id: id, email_address: email, name }): Actor => ({ type, id, email, name })),
  z
    .object({ type: z.literal('service_account_actor'), service_account_id: z.string() })
    .transform(({ type, service_account_id: id }): Actor => ({ ...nobody, type, id })),
  z
    .object({ type: z.literal('api_actor'), api_key_id: z.string() })
    .transform(({ type, api_key_id: id }): Actor => ({ ...nobody, type, id })),
  z
    .object({ type: z.literal('federated_actor'), provider, subject: maybe })
    .transform(({ type, provider: by, subject }): Actor => {
      const home = by.account_id ?? by.project_number ?? by.subscription_id ?? by.issuer ?? null;
      const words = [by.type, home, by.signed_principal, subject].filter((word) => typeof word === 'string');
      return { ...nobody, type, id: words.join(' ') };
    }),
]);

const KNOWN: readonly string[] = ['user_actor', 'service_account_actor', 'api_actor', 'federated_actor'];

/** The actor of a row; null where the vendor cannot show it. A kind that is new is nobody, the row still counts. */
export const actor = z
  .union([
    known,
    z
      .looseObject({ type: z.string().refine((type) => !KNOWN.includes(type)) })
      .transform(({ type }): Actor => ({ ...nobody, type, id: null })),
  ])
  .nullable();

/** The principal that a row with this actor carries, once disguised; a key is no principal but the row's credential. */
export const principalIdOf = (of: Actor | null): string | null =>
  of === null || of.type === 'api_actor' ? null : of.id;

/** Takes the names out of an actor. A federated identity may spell out a person, so it is a pseudonym too. */
export function disguiseActor(of: Actor | null, names: Pseudonyms): Disguised<Actor | null> {
  if (of === null || of.id === null) return { page: of, identities: [] };
  switch (of.type) {
    case 'user_actor': {
      const id = names.user('anthropic', of.id);
      return {
        page: { ...of, id, email: null, name: null },
        identities:
          of.email === null && of.name === null
            ? []
            : [identityOf({ kind: 'person', id, email: of.email, name: of.name })],
        // Whether they are still there is told of now, not of the day of the row.
        principals: [principalOf({ kind: 'person', id, email_hint: of.email === null ? null : names.email(of.email) })],
      };
    }
    case 'federated_actor': {
      const id = names.user('anthropic', `federated ${of.id}`);
      return {
        page: { ...of, id },
        identities: [identityOf({ kind: 'service', id, label: of.id })],
        principals: [principalOf({ kind: 'service', id })],
      };
    }
    case 'service_account_actor':
      return { page: of, identities: [], principals: [principalOf({ kind: 'service', id: of.id })] };
    default:
      return { page: of, identities: [] };
  }
}
