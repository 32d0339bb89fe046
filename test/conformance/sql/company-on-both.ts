import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LakeFacts } from '../../../local/lake.ts';
import { openViews, type Views } from '../../../local/views.ts';
import { type Emulator, startEmulator } from '../engines/emulator.ts';
import { startTrino, type Trino } from '../engines/trino.ts';
import { type MadeOnAws, madeOnAws } from './both-engines.ts';
import { companyLake } from './company-lake.ts';

/** The made-up company's lake, made on a laptop and by what runs on AWS. */
export interface CompanyOnBoth {
  /** The laptop's lake in `laptop`, the other in `aws`. */
  readonly folder: string;
  readonly facts: LakeFacts;
  readonly duck: Views;
  readonly trino: Trino;
  readonly emulator: Emulator;
  readonly aws: MadeOnAws;
  readonly stop: () => Promise<void>;
}

/** Makes both lakes and starts their engines; what had started is stopped where the rest does not. */
export async function companyOnBoth(): Promise<CompanyOnBoth> {
  const stops: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.toReversed()) await end();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'outlay-sql-'));
    stops.push(() => rm(folder, { recursive: true, force: true }));
    const facts = await companyLake(join(folder, 'laptop'));
    const duck = await openViews(join(folder, 'laptop'));
    stops.push(duck.close);
    const trino = await startTrino();
    stops.push(trino.stop);
    const emulator = await startEmulator();
    stops.push(emulator.stop);
    const aws = await madeOnAws(trino, emulator, { from: join(folder, 'laptop'), folder: join(folder, 'aws'), facts });
    stops.push(aws.stop);
    return { folder, facts, duck, trino, emulator, aws, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
