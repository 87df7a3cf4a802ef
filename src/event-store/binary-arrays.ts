/** One-dimensional arrays in PostgreSQL's binary form: neither side has to escape or parse anything. */

const OID = { bytea: 17, int4: 23, text: 25, uuid: 2950 };

/** Dimensions, null flag, element type, length, lower bound: 4 bytes each. */
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const UUID_BYTES = 16;

export function textArray(values: readonly string[]): Buffer {
  const sizes = values.map((value) => Buffer.byteLength(value));
  return arrayOf(OID.text, sizes, (into, index, at) => into.write(values[index]!, at, 'utf8'));
}

export function byteaArray(values: readonly Buffer[]): Buffer {
  const sizes = values.map((value) => value.length);
  return arrayOf(OID.bytea, sizes, (into, index, at) => values[index]!.copy(into, at));
}

export function int4Array(values: readonly number[]): Buffer {
  const sizes = values.map(() => 4);
  return arrayOf(OID.int4, sizes, (into, index, at) => into.writeInt32BE(values[index]!, at));
}

/** UUIDs in their usual form with dashes. Throws a TypeError for anything else. */
export function uuidArray(values: readonly string[]): Buffer {
  const sizes = values.map(() => UUID_BYTES);
  return arrayOf(OID.uuid, sizes, (into, index, at) => {
    const digits = values[index]!.replaceAll('-', '');
    if (into.write(digits, at, 'hex') !== UUID_BYTES || digits.length !== 2 * UUID_BYTES) {
      throw new TypeError(`${values[index]} is not a UUID.`);
    }
  });
}

function arrayOf(
  oid: number,
  sizes: readonly number[],
  write: (into: Buffer, index: number, at: number) => unknown,
): Buffer {
  const total = sizes.reduce((sum, size) => sum + LENGTH_BYTES + size, HEADER_BYTES);
  const array = Buffer.allocUnsafe(total);
  const dimensions = 1;
  const header = [dimensions, 0, oid, sizes.length, 1];
  header.forEach((value, index) => array.writeInt32BE(value, index * 4));
  let at = HEADER_BYTES;
  sizes.forEach((size, index) => {
    array.writeInt32BE(size, at);
    write(array, index, at + LENGTH_BYTES);
    at += LENGTH_BYTES + size;
  });
  return array;
}
