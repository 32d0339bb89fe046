import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Layers in the order in which a view may read another. */
export const LAYERS = ['staging', 'core', 'marts', 'findings', 'checks'] as const;

/** Reads queries/: name to text, lower layers first, by name within one. */
export async function readQueries(folder: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const there = await readdir(folder); // an archive holds no empty folder
  for (const layer of LAYERS.filter((name) => there.includes(name)))
    for (const file of (await readdir(join(folder, layer))).filter((name) => name.endsWith('.sql')).sort())
      texts.set(file.slice(0, -'.sql'.length), await readFile(join(folder, layer, file), 'utf8'));
  return texts;
}
