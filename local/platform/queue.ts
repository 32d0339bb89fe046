import type { Queue, QueueMessage } from '../../shared/platform.ts';

/** Handles a message; throwing puts it back. */
export type Handler = (message: QueueMessage) => Promise<void>;

/** A message that was given up, and why. */
export interface DeadLetter {
  readonly message: QueueMessage;
  readonly error: unknown;
}

/** Receives before a message is a dead letter. */
const RECEIVES = 3;

/**
 * FIFO queues in the process: groups in order, each id once, groups side by side.
 * `drain` works until nothing is left, and gives back what was given up.
 */
export function memoryQueue(
  handlers: Readonly<Record<string, Handler>>,
  sideBySide = 4,
): Queue & { readonly drain: () => Promise<readonly DeadLetter[]> } {
  const groups = new Map<string, { message: QueueMessage; receives: number }[]>();
  const ids = new Set<string>();
  const busy = new Set<string>();
  const dead: DeadLetter[] = [];
  const handlerOf = ({ queue }: QueueMessage): Handler => {
    const handler = handlers[queue] ?? handlers[`${queue.split('.')[0] ?? ''}.*`];
    if (handler === undefined) throw new Error(`nothing listens to the queue ${queue}`);
    return handler;
  };
  const work = async (group: string): Promise<void> => {
    const waiting = groups.get(group) ?? [];
    const next = waiting[0];
    if (next === undefined) return;
    try {
      await handlerOf(next.message)(next.message);
      waiting.shift();
    } catch (error) {
      next.receives += 1;
      if (next.receives >= RECEIVES) {
        waiting.shift();
        dead.push({ message: next.message, error });
      }
    }
    if (waiting.length === 0) groups.delete(group);
  };
  return {
    send: async (messages) => {
      for (const message of messages) {
        const id = `${message.queue} ${message.id}`;
        if (ids.has(id)) continue;
        ids.add(id);
        handlerOf(message);
        const group = `${message.queue} ${message.group}`;
        const waiting = groups.get(group) ?? [];
        waiting.push({ message, receives: 0 });
        groups.set(group, waiting);
      }
    },
    drain: async () => {
      const running = new Set<Promise<void>>();
      for (;;) {
        const free = [...groups.keys()].find((group) => !busy.has(group));
        if (free === undefined && running.size === 0) return dead;
        if (free === undefined || running.size >= sideBySide) {
          await Promise.race(running);
          continue;
        }
        busy.add(free);
        const run: Promise<void> = work(free).finally(() => {
          busy.delete(free);
          running.delete(run);
        });
        running.add(run);
      }
    },
  };
}
