/* What a ticket's code says: version, key, sale, serial and signature, written in base 45 (RFC 9285). */
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const VERSION = 1, LENGTH = 77, SIGNED = 13;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The bytes that base 45 stands for, or null. */
export function unwritten(text) {
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = [...text.slice(at, at + 3)].map(letter => LETTERS.indexOf(letter));
    if (digits.length < 2 || digits.includes(-1)) return null;
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (value >= (digits.length === 3 ? 1 << 16 : 1 << 8)) return null;
    if (digits.length === 3) bytes.push(value >> 8, value & 255); else bytes.push(value);
  }
  return Uint8Array.from(bytes);
}

/** {key, sale, serial, message, signature}, or null where it is no ticket's code at all. */
export function read(text) {
  const bytes = unwritten(text.toUpperCase());
  if (bytes?.length !== LENGTH || bytes[0] !== VERSION) return null;
  const number = (from, to) => bytes.subarray(from, to).reduce((sum, byte) => sum * 256 + byte, 0);
  return { key: bytes[1], sale: number(2, 6), serial: number(6, 13), message: bytes.subarray(0, SIGNED), signature: bytes.subarray(SIGNED) };
}

/** The serial that somebody typed ("7KQ4M-2XP9A"), or null. As `core.passes.serials` reads it. */
export function typedSerial(text) {
  const bare = text.replace(/[-\s]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  if (bare.length !== 10) return null;
  let value = 0;
  for (const letter of bare) {
    const digit = CROCKFORD.indexOf(letter);
    if (digit < 0) return null;
    value = value * 32 + digit;
  }
  return value;
}
