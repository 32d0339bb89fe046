import type { CollectMessage, Window } from '../source.ts';
import { DAY, HOUR, instant, startOf } from '../time.ts';

/** Cuts a message's days into the windows it is asked in; hours that lie wholly after the due time are left out. */
export function windowsOf({ from, to, window, due }: Pick<CollectMessage, 'from' | 'to' | 'window' | 'due'>): Window[] {
  const end = startOf(to);
  if (window === 'run') return [{ from: instant(startOf(from)), to: instant(end) }];
  const step = window === 'hour' ? HOUR : DAY;
  const windows: Window[] = [];
  for (let at = startOf(from); at < end; at += step) {
    if (at > Date.parse(due)) break;
    windows.push({ from: instant(at), to: instant(at + step) });
  }
  return windows;
}
