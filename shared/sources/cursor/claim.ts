import * as z from 'zod';
import { CLAIMS } from '../../tables/usage.ts';

/** What an event says of its own money. */
export type Claim = (typeof CLAIMS)[number];

const setting = z.enum(CLAIMS);

/** Kinds as Cursor's dashboard and its API name them, in plain words; the API has both spellings: `Usage-based`, `USAGE_EVENT_KIND_USAGE_BASED`. */
const KINDS: readonly (readonly [kind: RegExp, claim: Claim])[] = [
  [/^usage based$/, 'billed'],
  // In Business, Pro, Ultra …: inside what the seat or the plan's pool pays.
  [/^included in /, 'covered'],
  [/^free credit$/, 'covered'],
  [/ not charged$/, 'free'],
  // The model's vendor bills it on the company's own key.
  [/^user api key$/, 'copy'],
];

const wordsOf = (kind: string): string =>
  kind
    .replace(/^USAGE_EVENT_KIND_/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

/**
 * The claim of an event's kind. A kind that is new is not guessed: the connection's settings may say (`kind.<words>`).
 * @throws Error naming the kind and the setting.
 */
export function claimOf(kind: string, settings: Readonly<Record<string, string>>): Claim {
  const words = wordsOf(kind);
  const name = `kind.${words.replaceAll(' ', '_')}`;
  const told = setting.safeParse(settings[name]);
  if (told.success) return told.data;
  const known = KINDS.find(([pattern]) => pattern.test(words));
  if (known !== undefined) return known[1];
  throw new Error(
    `cursor_usage: read an event of the kind '${kind}', which is none that we know, and its money is not guessed; ` +
      `ask Cursor who pays it, then set '${name}' of the connection to ${CLAIMS.join(', ')}`,
  );
}
