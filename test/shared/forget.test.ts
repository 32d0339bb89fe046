import { describe, expect, it } from 'vitest';
import { bytesIn } from '../../shared/bytes.ts';
import { collect } from '../../shared/collect.ts';
import { forget } from '../../shared/forget.ts';
import type { Platform } from '../../shared/platform.ts';
import { pseudonyms } from '../../shared/pseudonym.ts';
import { cloudPrincipals } from '../../shared/tables/cloud-bill.ts';
import { identities } from '../../shared/tables/identities.ts';
import { testPlatform } from '../platform/index.ts';
import { acmeMessage, acmeServer, given, linesOf } from './acme.ts';

const names = async (platform: Platform): Promise<unknown[]> => {
  const stored = await platform.objects.get('identities/identities/acme_usage.main.parquet');
  return stored === null
    ? []
    : (await platform.codec.readParquet(identities, stored.body)).map(({ email }) => email).sort();
};

describe('forget', () => {
  it('takes a person out of identities, and the next read does not bring them back', async () => {
    const { platform } = testPlatform({ fetch: acmeServer(() => linesOf('2026-11-23')) });
    await collect(platform, acmeMessage, given());
    expect(await names(platform)).toEqual(['dev0@larkspur.test', 'dev1@larkspur.test']);
    expect(await forget(platform, ' Dev0@Larkspur.test ')).toMatchObject({ rows: 1 });
    expect(await names(platform)).toEqual(['dev1@larkspur.test']);
    await collect(platform, { ...acmeMessage, due: '2026-11-25T05:00:00.000Z' }, given());
    expect(await names(platform)).toEqual(['dev1@larkspur.test']);
  });

  it('leaves the facts as they are', async () => {
    const { platform, bucket } = testPlatform({ fetch: acmeServer(() => linesOf('2026-11-23')) });
    await collect(platform, acmeMessage, given());
    const facts = () => [...bucket].filter(([key]) => key.startsWith('facts/')).map(([key, { etag }]) => [key, etag]);
    const before = facts();
    await forget(platform, 'dev0@larkspur.test');
    expect(facts()).toEqual(before);
  });

  it('takes them out of the callers that the AWS bill names', async () => {
    const { platform } = testPlatform();
    const person = pseudonyms(platform.crypto).email('ana@larkspur.test');
    const callers = [
      { iam_principal: 'arn:aws:sts::1:assumed-role/Code/ana@larkspur.test', principal_id: person, kind: 'person' },
      { iam_principal: 'arn:aws:sts::1:assumed-role/Bot/bot', principal_id: 'role/Bot', kind: 'role' },
    ];
    const key = 'identities/cloud_principals/data.parquet';
    await platform.objects.put(key, await bytesIn(platform.codec.writeParquet(cloudPrincipals, callers)), {
      when: 'any',
    });
    expect(await forget(platform, 'ana@larkspur.test')).toMatchObject({ rows: 1 });
    const stored = await platform.objects.get(key);
    expect(stored === null ? null : await platform.codec.readParquet(cloudPrincipals, stored.body)).toEqual(
      callers.slice(1),
    );
  });

  it('says that nothing was there of a stranger', async () => {
    const { platform } = testPlatform();
    expect(await forget(platform, 'nobody@larkspur.test')).toMatchObject({ rows: 0 });
  });
});
