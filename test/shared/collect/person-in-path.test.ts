import { expect, it } from 'vitest';
import { keep, kept } from '../../../shared/collect/checkpoint.ts';
import { collect } from '../../../shared/collect.ts';
import { type Ask, placeOf } from '../../../shared/source.ts';
import { testPlatform } from '../../platform/index.ts';
import { acmeMessage, acmeUsage, given } from '../acme.ts';

const asked: Ask = {
  url: 'https://api.acme.test/usage/users/ana.ruiz%40acme.example?from=1',
  about: { member: 'u_1' },
  namesPerson: true,
};
const window = { from: '2026-11-23T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' };

it.each([
  [asked, 'https://api.acme.test/usage/users/'],
  [{ url: asked.url }, 'https://api.acme.test/usage/users/ana.ruiz%40acme.example'],
  [{ url: 'https://api.acme.test/usage?after=ana' }, 'https://api.acme.test/usage'],
])('tells of a question only where it is asked', (question, place) => {
  expect(placeOf(question)).toBe(place);
});

it('is kept without the person, whose pseudonym stands beside it', async () => {
  const { platform } = testPlatform();
  await keep(platform, acmeMessage, window, [{ asked, page: {} }]);
  expect(await Array.fromAsync(kept(platform, acmeMessage, window))).toEqual([
    { asked: { url: 'https://api.acme.test/usage/users/', about: { member: 'u_1' } }, page: {} },
  ]);
});

it('is not told in the message of a refusal', async () => {
  const { platform } = testPlatform({ fetch: async () => new Response('{}', { status: 401 }) });
  const setting = given();
  const source = { ...acmeUsage, ask: () => [asked], refused: () => null };
  const refused = await collect(platform, acmeMessage, { ...setting, source }).then(
    () => '',
    (error: unknown) => String(error),
  );
  const told = JSON.stringify([refused, setting]);
  expect(told).not.toContain('ana.ruiz');
  expect(refused).toContain('acme.main at /usage/users/, and got 401');
});
