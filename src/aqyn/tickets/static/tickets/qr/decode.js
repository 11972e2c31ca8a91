// From a square of modules to what it says (ISO/IEC 18004, 7).

import { mend } from "./galois.js";
import { BLOCKS, CODEWORDS, MARKS } from "./tables.js";
import { textOf } from "./text.js";

const LEVELS = [1, 0, 3, 2]; // The two bits of the format: 01 is L, 00 M, 11 Q, 10 H.
const MASKS = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];
const FORMATS = Array.from({ length: 32 }, (_, data) => {
  let rest = data << 10;
  for (let bit = 14; bit >= 10; bit--) if (rest & (1 << bit)) rest ^= 0x537 << (bit - 10);
  return ((data << 10) | rest) ^ 0x5412;
});

/** The text in the square, or null where it cannot be read. */
export function decode(rows) {
  const size = rows.length;
  const version = (size - 17) / 4;
  const format = formatOf(rows, size);
  if (format === null) return null;
  const level = LEVELS[format >> 3];
  const codewords = read(rows, size, version, MASKS[format & 7]);
  const data = parted(codewords, version, level);
  return data && textOf(data, version);
}

/** The five bits of the format: from either place, at most three bits off. */
function formatOf(rows, size) {
  let [one, two] = [0, 0];
  const first = [];
  for (let n = 0; n <= 5; n++) first.push([8, n]);
  first.push([8, 7], [8, 8], [7, 8]);
  for (let n = 5; n >= 0; n--) first.push([n, 8]);
  for (const [row, column] of first) one = (one << 1) | rows[row][column];
  for (let n = 1; n <= 7; n++) two = (two << 1) | rows[size - n][8];
  for (let n = 8; n >= 1; n--) two = (two << 1) | rows[8][size - n];
  let [best, off] = [null, 4];
  for (const seen of [one, two]) {
    FORMATS.forEach((format, data) => {
      const bits = ones(seen ^ format);
      if (bits < off) [best, off] = [data, bits];
    });
  }
  return best;
}

function ones(value) {
  let count = 0;
  for (let rest = value; rest; rest &= rest - 1) count++;
  return count;
}

/** All codewords, in the order in which they stand: in pairs of columns, from the right, up and down. */
function read(rows, size, version, mask) {
  const taken = functionModules(size, version);
  const codewords = new Uint8Array(CODEWORDS[version - 1]);
  let bit = 0;
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const row = up ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (taken[row][column] || bit >= codewords.length * 8) continue;
        const value = rows[row][column] ^ (mask(row, column) ? 1 : 0);
        codewords[bit >> 3] |= value << (7 - (bit & 7));
        bit++;
      }
    }
    up = !up;
  }
  return codewords;
}

function functionModules(size, version) {
  const taken = Array.from({ length: size }, () => new Uint8Array(size));
  const fill = (row, column, height, width) => {
    for (let y = row; y < row + height; y++) taken[y].fill(1, column, column + width);
  };
  fill(0, 0, 9, 9);
  fill(0, size - 8, 9, 8);
  fill(size - 8, 0, 8, 9);
  fill(6, 0, 1, size);
  fill(0, 6, size, 1);
  const middles = MARKS[version - 1];
  for (const row of middles) {
    for (const column of middles) {
      const atCorner = (row === 6 && (column === 6 || column === size - 7)) || (row === size - 7 && column === 6);
      if (!atCorner) fill(row - 2, column - 2, 5, 5);
    }
  }
  if (version >= 7) {
    fill(0, size - 11, 6, 3);
    fill(size - 11, 0, 3, 6);
  }
  return taken;
}

/** The data codewords, taken apart into their blocks and mended; null where a block cannot be. */
function parted(codewords, version, level) {
  const [check, count, least] = BLOCKS[version - 1][level];
  const longer = CODEWORDS[version - 1] - count * (check + least);
  const blocks = Array.from({ length: count }, (_, n) => new Uint8Array(check + least + (n >= count - longer ? 1 : 0)));
  let from = 0;
  for (let n = 0; n <= least; n++) {
    for (const block of blocks) if (n < block.length - check) block[n] = codewords[from++];
  }
  for (let n = check; n > 0; n--) for (const block of blocks) block[block.length - n] = codewords[from++];
  if (!blocks.every((block) => mend(block, check))) return null;
  return blocks.flatMap((block) => [...block.slice(0, block.length - check)]);
}
