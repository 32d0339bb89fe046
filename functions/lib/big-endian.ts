/** As many bytes as a decimal of 38 digits takes. */
const MOST = 16;
const scratch = new DataView(new ArrayBuffer(MOST));
const bytes = new Uint8Array(scratch.buffer);

/** A signed integer in so many bytes, 16 at most, the highest first; it must fit. */
export function toBigEndian(n: bigint, length: number): Uint8Array {
  scratch.setBigInt64(0, n >> 64n);
  scratch.setBigUint64(8, n);
  return bytes.slice(MOST - length);
}

/** The signed integer that bytes stand for, the highest first. */
export function fromBigEndian(from: Uint8Array): bigint {
  let n = 0n;
  for (const byte of from) n = (n << 8n) | BigInt(byte);
  return BigInt.asIntN(from.length * 8, n);
}
