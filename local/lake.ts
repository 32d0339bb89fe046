import { readFileSync } from 'node:fs';
import { access, constants, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { isDay } from '../shared/time.ts';
import { whyNot } from './file-error.ts';
import { inCaseFull } from './platform/lake-full.ts';
import { replaceFile } from './platform/replace-file.ts';

/** What a lake was begun with; the same lake cannot hold two companies. */
export const lakeFacts = z.strictObject({
  company: z.string(),
  /** Seed and size of the made-up company; null: real vendors. */
  simulated: z.strictObject({ seed: z.int(), developers: z.int() }).nullable(),
  connections: z.array(z.string()),
  since: z.string().refine(isDay),
  through: z.string().refine(isDay),
  /** Key of the pseudonyms, on a laptop only: on AWS it is a secret. */
  pseudonymKey: z.string(),
});

/** What a lake was begun with. */
export type LakeFacts = z.infer<typeof lakeFacts>;

const FILE = 'lake.json';

/** Reads what a lake was begun with; null when there is none. @throws Error in a sentence when it cannot be read. */
export async function readLake(root: string): Promise<LakeFacts | null> {
  const text = await readFile(join(root, FILE), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw new Error(`The lake ${root} cannot be read: ${whyNot(cause)}. Give another with --lake DIR.`, { cause });
  });
  if (text === null) return null;
  const parsed = lakeFacts.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(
    `${join(root, FILE)} is not as this version writes it; move ${root} away, or give another with --lake DIR.`,
  );
}

/** The days of a made-up company's lake; null where none stands. */
export function standingLake(root: string): Pick<LakeFacts, 'since' | 'through'> | null {
  try {
    const parsed = lakeFacts.safeParse(JSON.parse(readFileSync(join(root, FILE), 'utf8')));
    return parsed.success && parsed.data.simulated !== null ? parsed.data : null;
  } catch {
    // What is wrong with it is said when it is opened.
    return null;
  }
}

/** What a command says where it needs a lake and finds none. */
export const noLakeIn = (root: string): Error =>
  new Error(`There is no lake in ${root} yet; 'npm start' makes one, --lake DIR names another.`);

/** What is said where a lake cannot be written. */
export function cannotWrite(root: string, cause: unknown): unknown {
  const full = inCaseFull(cause, root);
  if (full !== cause) return full;
  return new Error(
    `The lake ${root} cannot be written: ${whyNot(cause)}. Make it writable, or give another with --lake DIR.`,
    { cause },
  );
}

/** A lake that must be there. */
export async function needLake(root: string): Promise<LakeFacts> {
  const facts = await readLake(root);
  if (facts === null) throw noLakeIn(root);
  return facts;
}

/**
 * Begins a lake, or goes on with one: same company, same vendors; the last day may move on, never back.
 * @throws Error in a sentence when the lake belongs to another company or cannot be written.
 */
export async function beginLake(root: string, wanted: LakeFacts): Promise<LakeFacts> {
  await writable(root);
  const known = await readLake(root);
  if (known === null) {
    writeFacts(root, wanted);
    return wanted;
  }
  const differs = difference(known, wanted);
  if (differs !== null)
    throw new Error(`The lake ${root} ${differs}; give another with --lake DIR, or remove it to begin anew.`);
  const facts = { ...known, since: known.since < wanted.since ? known.since : wanted.since, through: wanted.through };
  writeFacts(root, facts);
  return facts;
}

/** In one step: a lake whose facts are half-written could not be opened again. */
const writeFacts = (root: string, facts: LakeFacts): void =>
  replaceFile(root, join(root, FILE), JSON.stringify(facts, null, 2));

function difference(known: LakeFacts, wanted: LakeFacts): string | null {
  if (wanted.through < known.through)
    return `is already at ${known.through}, and was asked for ${wanted.through}: its clock cannot go back`;
  if (known.simulated?.seed !== wanted.simulated?.seed)
    return `holds ${madeUp(known)}, and was asked for ${madeUp(wanted)}`;
  if (known.simulated?.developers !== wanted.simulated?.developers)
    return `was begun with ${known.simulated?.developers} developers, not ${wanted.simulated?.developers}`;
  if (known.connections.join() !== wanted.connections.join())
    return `was begun with ${known.connections.join(', ')}, not ${wanted.connections.join(', ')}`;
  if (known.since !== wanted.since && wanted.since < known.since && known.simulated !== null)
    return `begins on ${known.since}, and was asked for ${wanted.since}`;
  return null;
}

const madeUp = ({ simulated }: LakeFacts): string =>
  simulated === null ? 'real vendors' : `the made-up company with seed ${simulated.seed}`;

async function writable(root: string): Promise<void> {
  try {
    await mkdir(root, { recursive: true });
    await access(root, constants.W_OK);
    const probe = join(root, `.probe-${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (cause) {
    throw cannotWrite(root, cause);
  }
}
