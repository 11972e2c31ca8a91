// What the data codewords say: segments of digits, of capital letters and digits, or of bytes.

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const [END, DIGITS, CAPITALS, BYTES, CHARSET] = [0, 1, 2, 4, 7];

/** The text, bytes taken as UTF-8; null for what is none of this. */
export function textOf(codewords, version) {
  let at = 0;
  const left = () => codewords.length * 8 - at;
  const take = (count) => {
    let value = 0;
    for (let n = 0; n < count; n++, at++) value = (value << 1) | ((codewords[at >> 3] >> (7 - (at & 7))) & 1);
    return value;
  };
  const wide = version >= 10;
  let text = "";
  while (left() >= 4) {
    const mode = take(4);
    if (mode === END) break;
    if (mode === CHARSET) {
      take(8);
    } else if (mode === DIGITS) {
      let count = take(wide ? 12 : 10);
      if (left() < Math.ceil((count * 10) / 3)) return null;
      for (; count >= 3; count -= 3) text += String(take(10)).padStart(3, "0");
      if (count) text += String(take(count === 2 ? 7 : 4)).padStart(count, "0");
    } else if (mode === CAPITALS) {
      let count = take(wide ? 11 : 9);
      if (left() < Math.ceil((count * 11) / 2)) return null;
      for (; count >= 2; count -= 2) {
        const pair = take(11);
        text += (LETTERS[Math.floor(pair / 45)] ?? "") + LETTERS[pair % 45];
      }
      if (count) text += LETTERS[take(6)] ?? "";
    } else if (mode === BYTES) {
      const count = take(wide ? 16 : 8);
      if (left() < count * 8) return null;
      text += new TextDecoder().decode(Uint8Array.from({ length: count }, () => take(8)));
    } else {
      return null;
    }
  }
  return text;
}
