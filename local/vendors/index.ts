import { Worker } from 'node:worker_threads';
import { type Company, companyOf } from './company/company.ts';
import type { Setting } from './company/setting.ts';
import type { VendorOptions } from './options.ts';
import type { LogLine } from './servers.ts';

export type { Company } from './company/company.ts';

export { type Oddity, oddities, type VendorOptions } from './options.ts';

/** The simulated vendors while they run. */
export interface Vendors {
  /** Base URL of each connection, as a company would configure it (`openai.main` ends in `/v1`). */
  readonly urls: Readonly<Record<string, string>>;
  /** The key or token that signs in to each connection. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Every request answered so far, oldest first. */
  readonly log: () => Promise<readonly LogLine[]>;
  readonly stop: () => Promise<void>;
}

/** Room for what is new, in megabytes: an answer of a day is made of objects that live until it is sent. */
const YOUNG = 64;

/** Starts the vendors' servers on 127.0.0.1 in one worker thread; rejects when a server cannot start. */
export async function startVendors(options: VendorOptions): Promise<Vendors> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: options,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
  });
  const { urls, secrets } = await answerOf<Pick<Vendors, 'urls' | 'secrets'>>(worker, 'urls');
  return {
    urls,
    secrets,
    log: async () => {
      const answer = answerOf<{ readonly log: readonly LogLine[] }>(worker, 'log');
      worker.postMessage('log');
      return (await answer).log;
    },
    stop: async () => {
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage('stop');
      await ended;
    },
  };
}

/** The made-up company without its servers: names, reference files and the incidents planted. */
export function company(setting: Setting): Company {
  return companyOf(setting);
}

function answerOf<Message extends object>(worker: Worker, field: keyof Message & string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
    };
    // Both ends of this channel are in this folder: what carries the field is the message.
    const onMessage = (message: Message): void => {
      if (!(field in message)) return;
      settle();
      resolve(message);
    };
    const onError = (cause: unknown): void => {
      settle();
      reject(new Error('The simulated vendors could not start; see the cause.', { cause }));
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
  });
}
