// Reed-Solomon over GF(256), as QR codes use it (ISO/IEC 18004, 7.5): x^8 + x^4 + x^3 + x^2 + 1, first root 1.

const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = EXP[power + 255] = value;
  LOG[value] = power;
  value = value & 128 ? (value << 1) ^ 0x11d : value << 1;
}

const times = (a, b) => (a && b ? EXP[LOG[a] + LOG[b]] : 0);
const over = (a, b) => (a ? EXP[LOG[a] + 255 - LOG[b]] : 0);
// Polynomials are lists of coefficients, the constant first.
const at = (polynomial, x) => polynomial.reduceRight((sum, coefficient) => times(sum, x) ^ coefficient, 0);

/** The block with its errors put right, in place; false where there are more than `check` codewords can mend. */
export function mend(block, check) {
  const syndromes = Array.from({ length: check }, (_, power) =>
    block.reduce((sum, codeword) => times(sum, EXP[power]) ^ codeword, 0),
  );
  if (syndromes.every((syndrome) => !syndrome)) return true;
  const locator = locate(syndromes);
  const wrong = locator.length - 1;
  const places = [];
  for (let place = 0; place < block.length; place++) {
    if (!at(locator, EXP[(255 - place) % 255])) places.push(place);
  }
  if (!wrong || wrong * 2 > check || places.length !== wrong) return false;
  // Forney: how much is wrong at each place.
  const evaluator = new Array(check).fill(0);
  for (let i = 0; i < check; i++) {
    for (let j = 0; j <= Math.min(i, wrong); j++) evaluator[i] ^= times(syndromes[i - j], locator[j]);
  }
  for (const place of places) {
    const inverse = EXP[(255 - place) % 255];
    let slope = 0;
    for (let i = 1; i < locator.length; i += 2) slope ^= times(locator[i], power(inverse, i - 1));
    if (!slope) return false;
    block[block.length - 1 - place] ^= times(EXP[place], over(at(evaluator, inverse), slope));
  }
  return true;
}

const power = (value, exponent) => (value ? EXP[(LOG[value] * exponent) % 255] : exponent ? 0 : 1);

/** The error locator, by Berlekamp and Massey. */
function locate(syndromes) {
  let locator = [1];
  let before = [1];
  let length = 0;
  let shift = 1;
  let last = 1;
  for (let n = 0; n < syndromes.length; n++) {
    let off = syndromes[n];
    for (let i = 1; i <= length; i++) off ^= times(locator[i] ?? 0, syndromes[n - i]);
    if (!off) {
      shift++;
      continue;
    }
    const kept = locator;
    const scale = over(off, last);
    locator = Array.from({ length: Math.max(kept.length, before.length + shift) }, (_, i) =>
      (kept[i] ?? 0) ^ times(scale, before[i - shift] ?? 0),
    );
    if (2 * length > n) {
      shift++;
    } else {
      length = n + 1 - length;
      before = kept;
      last = off;
      shift = 1;
    }
  }
  while (locator.length > 1 && !locator.at(-1)) locator.pop();
  return locator;
}
