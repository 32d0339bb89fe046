import { notificationOf } from '../alerts/sns.ts';
import { firstIdOf, type Incident, incident } from '../incidents.ts';
import type { Platform, StateItem } from '../platform.ts';
import { addDays, dayOf } from '../time.ts';
import { INCIDENTS } from './book.ts';

/** What is older than this has been sent or is of no use any more. */
const LOOK_BACK = 120;

/**
 * Publishes whatever waits in the incidents' outboxes, in order, and marks it sent; answers how many.
 * A crash in between sends once more under the same id, which the receiver drops.
 * @throws AggregateError when some could not be published; all others were, and these wait.
 */
export async function deliver({ state, notify, clock }: Pick<Platform, 'state' | 'notify' | 'clock'>): Promise<number> {
  const failures: unknown[] = [];
  let sent = 0;
  for await (const item of state.range(INCIDENTS, firstIdOf(addDays(dayOf(clock.now()), -LOOK_BACK)))) {
    for (const message of incident.parse(item.data).unsent) {
      const failure = await notify.publish(notificationOf(message)).then(
        () => null,
        (error: unknown) => ({ error }),
      );
      if (failure !== null) {
        failures.push(failure.error);
        break;
      }
      await markSent(state, item, message.id);
      sent += 1;
    }
  }
  if (failures.length > 0) {
    throw new AggregateError(
      failures,
      `${failures.length} alerts could not be published; they wait and are sent again`,
    );
  }
  return sent;
}

/** Takes a message out of its outbox, whatever else happens to the incident meanwhile. */
async function markSent(state: Platform['state'], at: StateItem, id: string): Promise<void> {
  for (;;) {
    const item = await state.get(at);
    if (item === null) return;
    const found: Incident = incident.parse(item.data);
    const left = { ...found, unsent: found.unsent.filter((message) => message.id !== id) };
    if (await state.update(at, left, item.version)) return;
  }
}
