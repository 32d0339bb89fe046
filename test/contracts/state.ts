import { describe, expect, it } from 'vitest';
import type { State } from '../../shared/platform.ts';

const at = { group: 'g', key: 'k' };

/** What every supplier of `State` keeps. */
export function stateContract(name: string, make: () => Promise<State>): void {
  describe(`state: ${name}`, () => {
    it('creates only what is not there, and changes only what was seen', async () => {
      const state = await make();
      expect(await state.update(at, { n: 1 }, null)).toBe(true);
      expect(await state.update(at, { n: 2 }, null)).toBe(false);
      const first = await state.get(at);
      expect(first?.data).toEqual({ n: 1 });
      expect(await state.update(at, { n: 2 }, first?.version ?? -1)).toBe(true);
      expect(await state.update(at, { n: 3 }, first?.version ?? -1)).toBe(false);
      expect((await state.get(at))?.data).toEqual({ n: 2 });
    });

    it('refuses to change what is gone', async () => {
      const state = await make();
      await state.update(at, 1, null);
      const item = await state.get(at);
      expect(await state.remove(at, item?.version ?? -1)).toBe(true);
      expect(await state.update(at, 2, item?.version ?? -1)).toBe(false);
      expect(await state.get(at)).toBeNull();
    });

    it('lets one of two racing changes win', async () => {
      const state = await make();
      await state.update(at, 0, null);
      const version = (await state.get(at))?.version ?? -1;
      const won = await Promise.all([1, 2, 3].map((n) => state.update(at, n, version)));
      expect(won.filter(Boolean)).toHaveLength(1);
    });

    it('adds from nothing, and says the new total', async () => {
      const state = await make();
      expect(await state.add(at, 2)).toBe(2);
      expect(await state.add(at, 3)).toBe(5);
    });

    it('ranges over a group in order of key, from inclusive, to exclusive', async () => {
      const state = await make();
      for (const key of ['2026-11-03', '2026-11-01', '2026-11-02']) await state.update({ group: 'g', key }, key, null);
      await state.update({ group: 'other', key: '2026-11-01' }, 'x', null);
      const seen: string[] = [];
      for await (const { key } of state.range('g', '2026-11-01', '2026-11-03')) seen.push(key);
      expect(seen).toEqual(['2026-11-01', '2026-11-02']);
    });

    it('keeps JSON as it is: nested, null, accents', async () => {
      const state = await make();
      const data = { list: [1, null, { name: 'Équipe' }], text: '', flag: false };
      await state.update(at, data, null);
      expect((await state.get(at))?.data).toEqual(data);
    });
  });
}
