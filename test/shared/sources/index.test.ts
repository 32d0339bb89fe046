import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SOURCES, sourceById, VENDORS, vendorById } from '../../../shared/sources/index.ts';
import { FACTS } from '../../../shared/tables/index.ts';

const folder = join(import.meta.dirname, '../../../shared/sources');
const vendors = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const modules = vendors.flatMap((vendor) =>
  readdirSync(join(folder, vendor)).map((file): [vendor: string, path: string] => [vendor, join(folder, vendor, file)]),
);
const exported = await Promise.all(
  modules.map(async ([vendor, path]) => {
    const values: Record<string, unknown> = await import(path);
    return Object.values(values).map((value) => ({
      vendor,
      value: value as { id?: string; table?: unknown; signIn?: unknown },
    }));
  }),
);
const things = exported.flat().filter(({ value }) => typeof value === 'object' && value !== null);
const facts = new Set<unknown>(FACTS);

it('lists every source that a folder of a vendor exports: what is missing here goes into SOURCES', () => {
  const written = things.flatMap(({ value }) => (facts.has(value.table) ? [value.id] : []));
  expect(SOURCES.map(({ id }) => id).sort()).toEqual([...new Set(written)].sort());
});

it('lists every vendor that has a folder: what is missing here goes into VENDORS', () => {
  const written = things.flatMap(({ vendor, value }) => (value.signIn === undefined ? [] : [[vendor, value.id]]));
  expect(written.map(([vendor]) => vendor)).toEqual(written.map(([, id]) => id));
  expect(VENDORS.map(({ id }) => id).sort()).toEqual(vendors.sort());
});

it('knows every source and vendor by its id, and nothing else', () => {
  expect(SOURCES.map(({ id }) => sourceById(id))).toEqual(SOURCES);
  expect(VENDORS.map(({ id }) => vendorById(id))).toEqual(VENDORS);
  expect([sourceById('acme_usage'), vendorById('acme')]).toEqual([undefined, undefined]);
});
