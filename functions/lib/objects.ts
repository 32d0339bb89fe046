import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Objects, PutCondition } from '../../shared/platform.ts';
import { statusOf } from './failure.ts';

/** A part of a multipart upload; S3 wants 5 MiB at least, and one part at a time keeps memory flat. */
const PART = 8 * 1024 * 1024;
/** Most keys one DeleteObjects takes. */
const MOST_KEYS = 1000;

/** The lake's bucket on S3. */
export function s3Objects(s3: S3Client, bucket: string): Objects {
  const at = (key: string) => ({ Bucket: bucket, Key: key });
  return {
    get: async (key) => {
      const found = await unlessStatus([404], s3.send(new GetObjectCommand(at(key))));
      if (found === null) return null;
      if (!(found.Body instanceof Readable)) throw new Error(`S3 answered ${key} without a body`);
      return { body: found.Body, etag: found.ETag ?? '', metadata: found.Metadata ?? {} };
    },
    head: async (key) => {
      const found = await unlessStatus([404], s3.send(new HeadObjectCommand(at(key))));
      return found === null ? null : { etag: found.ETag ?? '', metadata: found.Metadata ?? {} };
    },
    list: async function* (prefix) {
      for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix }))
        for (const { Key = '', Size = 0, ETag = '' } of page.Contents ?? []) yield { key: Key, size: Size, etag: ETag };
    },
    put: async (key, body, { metadata = {}, when }) => {
      const upload = { ...at(key), Metadata: { ...metadata } };
      const parts = inParts(body);
      const first = await parts.next();
      const second = first.done === true ? first : await parts.next();
      if (first.done !== true && second.done !== true)
        return putInParts(s3, upload, when, first.value, second.value, parts);
      const whole = first.done === true ? new Uint8Array() : first.value;
      const put = new PutObjectCommand({ ...upload, ...conditions(when), Body: whole });
      return (await unlessStatus(LOST, s3.send(put)))?.ETag ?? null;
    },
    remove: async (keys) => {
      for (let from = 0; from < keys.length; from += MOST_KEYS) {
        const some = keys.slice(from, from + MOST_KEYS).map((Key) => ({ Key }));
        const asked = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: some, Quiet: true } });
        const [refused] = (await s3.send(asked)).Errors ?? [];
        if (refused !== undefined) throw new Error(`S3 did not delete ${refused.Key}: ${refused.Code}`);
      }
    },
  };
}

/** Where an object goes and what it carries. */
interface Upload {
  readonly Bucket: string;
  readonly Key: string;
  readonly Metadata: Record<string, string>;
}

/**
 * Several parts, joined only if the condition holds at the end. Until then nothing is seen of them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
async function putInParts(
  s3: S3Client,
  upload: Upload,
  when: PutCondition,
  first: Uint8Array,
  second: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): Promise<string | null> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(upload));
  const at = { Bucket: upload.Bucket, Key: upload.Key, UploadId };
  const done: { PartNumber: number; ETag: string | undefined; ChecksumCRC32: string | undefined }[] = [];
  const send = async (Body: Uint8Array): Promise<void> => {
    const PartNumber = done.length + 1;
    const { ETag, ChecksumCRC32 } = await s3.send(new UploadPartCommand({ ...at, PartNumber, Body }));
    done.push({ PartNumber, ETag, ChecksumCRC32 });
  };
  try {
    await send(first);
    await send(second);
    for await (const part of rest) await send(part);
    const joined = new CompleteMultipartUploadCommand({ ...at, ...conditions(when), MultipartUpload: { Parts: done } });
    const answer = await unlessStatus(LOST, s3.send(joined));
    if (answer === null) await s3.send(new AbortMultipartUploadCommand(at));
    return answer?.ETag ?? null;
  } catch (error) {
    await s3.send(new AbortMultipartUploadCommand(at)).catch(() => {}); // the bucket's lifecycle clears what stays
    throw error;
  }
}

/** 412: the condition does not hold; 404: nothing there to match; 409: another put of this key is on its way. */
const LOST = [412, 404, 409];

const conditions = (when: PutCondition): { IfMatch?: string; IfNoneMatch?: string } =>
  when === 'any' ? {} : when === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: when.match };

/** What a call answers; null when S3 refused it with one of these statuses. */
async function unlessStatus<T>(statuses: readonly number[], call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    const status = statusOf(error);
    // A bucket that is not there is no missing object.
    if (status !== null && statuses.includes(status) && !isNoBucket(error)) return null;
    throw error;
  }
}

const isNoBucket = (error: unknown): boolean => error instanceof Error && error.name === 'NoSuchBucket';

/** A body cut into parts of PART bytes, the last one shorter; none for an empty body. */
async function* inParts(body: AsyncIterable<Uint8Array> | Uint8Array): AsyncGenerator<Uint8Array, void> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body instanceof Uint8Array ? [body] : body) {
    for (let from = 0; from < piece.byteLength; ) {
      const taken = piece.subarray(from, from + PART - size);
      from += taken.byteLength;
      size += taken.byteLength;
      held.push(taken);
      if (size < PART) continue;
      yield Buffer.concat(held);
      held = [];
      size = 0;
    }
  }
  if (size > 0) yield Buffer.concat(held);
}
