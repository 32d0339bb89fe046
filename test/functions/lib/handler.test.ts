import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { handler } from '../../../functions/lib/handler.ts';
import { testPlatform } from '../../platform/index.ts';
import { context } from './context.ts';

const shape = {
  event: z.object({ day: z.iso.date() }),
  env: z.object({ LAKE_BUCKET: z.string() }),
  about: ({ day }: { day: string }) => ({ day }),
};
const { platform } = testPlatform();
const supply = async () => platform;

describe('handler', () => {
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    vi.stubEnv('LAKE_BUCKET', 'lake');
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('gives the work a parsed event, its environment and a deadline, and logs one line of what came of it', async () => {
    const work = vi.fn(async () => ({ rows: 3 }));
    await handler(shape, work, supply)({ day: '2026-11-24', prompt: 'secret words' }, context);
    expect(work).toHaveBeenCalledWith({
      event: { day: '2026-11-24' },
      env: { LAKE_BUCKET: 'lake' },
      platform,
      deadline: platform.clock.now() + 60_000,
    });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 'INFO', message: 'done', day: '2026-11-24', rows: 3 }),
    ]);
    expect(lines.join()).not.toContain('secret words');
  });

  it('logs a failure once, with what it was about, and throws it on', async () => {
    const work = async () => {
      throw new Error('the vendor refused');
    };
    await expect(handler(shape, work, supply)({ day: '2026-11-24' }, context)).rejects.toThrow('the vendor refused');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 'ERROR', message: 'failed', day: '2026-11-24' }),
    ]);
  });

  it('names the wrong field of an event and never shows its value', async () => {
    const refused = handler(shape, async () => ({}), supply)({ day: 'sk-ant-secret' }, context);
    await expect(refused).rejects.toThrow('the event is not as expected: day: Invalid ISO date');
    expect(lines.join()).not.toContain('sk-ant-secret');
  });

  it('names a missing variable, and reads the environment again next time', async () => {
    vi.stubEnv('LAKE_BUCKET', undefined);
    const run = handler(shape, async () => ({}), supply);
    await expect(run({ day: '2026-11-24' }, context)).rejects.toThrow(
      'the environment is not as expected: LAKE_BUCKET',
    );
    vi.stubEnv('LAKE_BUCKET', 'lake');
    await expect(run({ day: '2026-11-24' }, context)).resolves.toBeUndefined();
  });
});
