import { join } from 'node:path';
import { filesBelow } from './platform/file-stamp.ts';

/** What a page is drawn from besides the months of marts, whose pointers say which they are. */
const READ = ['status', 'reference', 'identities', 'marts'];

/**
 * A text that changes whenever what the page shows does: an incident answered, names forgotten, a day collected and made,
 * by whichever command. Some hundred files are looked at, and none is opened.
 */
export function generationOf(root: string): string {
  const stamps: string[] = [];
  for (const folder of READ)
    for (const { path, stamp } of filesBelow(join(root, folder)))
      if (folder !== 'marts' || path.endsWith('_pointers.json')) stamps.push(stamp);
  return stamps.join('\n');
}
