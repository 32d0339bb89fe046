import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { UnloadedFile } from './unload.ts';

/** Objects of an S3-compatible server, and the same as files that Trino reads. */
export interface LakeMirror {
  /** Brings the folders to what the buckets hold now (CDK's own buckets and raw answers left out). */
  pull(): Promise<void>;
  /** Puts files that Trino wrote into their bucket. */
  push(files: readonly UnloadedFile[]): Promise<void>;
}

const LEFT_OUT = { buckets: 'cdk-', keys: 'raw/' };

/** Mirrors every bucket into the folder of its name below `root`. */
export function lakeMirror(s3: S3Client, root: string): LakeMirror {
  const known = new Map<string, string>();
  const pull = async (bucket: string): Promise<string[]> => {
    const seen: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket }))
      for (const { Key = '', ETag = '' } of Contents) {
        if (Key.startsWith(LEFT_OUT.keys)) continue;
        const path = join(root, bucket, Key);
        seen.push(path);
        if (known.get(path) === ETag) continue;
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, (await Body?.transformToByteArray()) ?? '');
        known.set(path, ETag);
      }
    return seen;
  };
  return {
    pull: async () => {
      const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
      const seen = new Set<string>();
      for (const { Name = '' } of Buckets)
        if (!Name.startsWith(LEFT_OUT.buckets)) for (const path of await pull(Name)) seen.add(path);
      for (const path of [...known.keys()].filter((former) => !seen.has(former))) {
        await rm(path, { force: true });
        known.delete(path);
      }
    },
    push: async (files) => {
      for (const { bucket, key, bytes } of files) {
        const { ETag = '' } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }));
        known.set(join(root, bucket, key), ETag);
      }
    },
  };
}
