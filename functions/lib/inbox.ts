import type { State, StateItem } from '../../shared/platform.ts';

/** What waits where messages are better done together: bodies in the state, looked at by a schedule. */
export interface Inbox {
  readonly items: readonly StateItem[];
  /** Takes out what has been done; what came again meanwhile stays for the next look. */
  readonly done: () => Promise<void>;
}

const group = (queue: string): string => `inbox#${queue}`;

/** Puts a body in. The same id again is the same work, but newer: whoever is at it now must not count it as done. */
export async function putIn(state: State, queue: string, id: string, body: unknown): Promise<void> {
  const at = { group: group(queue), key: id };
  for (;;) {
    const item = await state.get(at);
    if (await state.update(at, body, item?.version ?? null)) return;
  }
}

/** Everything that waits now. */
export async function openInbox(state: State, queue: string): Promise<Inbox> {
  const items: StateItem[] = [];
  for await (const item of state.range(group(queue))) items.push(item);
  return {
    items,
    done: async () => {
      for (const item of items) await state.remove(item, item.version);
    },
  };
}
