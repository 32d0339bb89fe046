/** The vendor said no; `status` and `body` as it answered. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: string;

  constructor(message: string, status: number, body: string) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

/** An answer that cannot be used: silence, torn, or not as documented. */
export class Unreadable extends Error {}

/** A window holds more than fits into memory, as its first answer says. */
export class TooMuch extends Error {}

/** What stands in the way passes by itself, but not before this run must end: the queue tries again. */
export class NotYet extends Error {}

/** What a run may still spend, and what it spent. */
export interface Budget {
  requests: number;
  retries: number;
  /** Waits, or throws NotYet (caused by `why`) when the wait would outlast the run. */
  readonly pause: (ms: number, why: Error) => Promise<void>;
  /** Whether another window may be begun. */
  readonly roomForAnother: () => boolean;
}
