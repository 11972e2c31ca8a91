// From three corners in a picture to a square of modules.

import { isDark } from "./bits.js";

/** The squares that the code may be, the likeliest first: rows of 0 and 1. */
export function* squares(bits, corners) {
  const { top, right, foot } = corners;
  const module = (along(bits, top, right) + along(bits, top, foot) + along(bits, right, top) + along(bits, foot, top)) / 4;
  if (!Number.isFinite(module)) return;
  const sides = Math.hypot(right.x - top.x, right.y - top.y) + Math.hypot(foot.x - top.x, foot.y - top.y);
  const exact = (sides / 2 / module + 7 - 17) / 4;
  const first = Math.round(exact);
  const second = exact > first ? first + 1 : first - 1;
  for (const version of [first, second]) {
    if (version < 1 || version > 10) continue;
    const size = version * 4 + 17;
    const far = farCorner(bits, corners, size, version);
    for (const place of far) yield sample(bits, corners, size, place);
  }
}

/** How large a module is, measured from the middle of one mark towards another: seven lie across a mark. */
function along(bits, from, to) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  return (reach(bits, from, dx, dy) + reach(bits, from, -dx, -dy)) / 7;
}

/** How far it is from the middle of a mark to its outer edge: dark, light, dark, and then light again. */
function reach(bits, from, dx, dy) {
  let dark = true;
  let changes = 0;
  for (let step = 0; step < 400; step += 0.5) {
    if (isDark(bits, from.x + dx * step, from.y + dy * step) !== dark) {
      dark = !dark;
      changes++;
      if (changes === 3) return step;
    }
  }
  return NaN;
}

/** Where the module (size - 7, size - 7) may lie: by the alignment mark there, and by the three corners alone. */
function farCorner(bits, { top, right, foot }, size, version) {
  const span = size - 7;
  const across = { x: (right.x - top.x) / span, y: (right.y - top.y) / span };
  const down = { x: (foot.x - top.x) / span, y: (foot.y - top.y) / span };
  const steps = size - 10;
  const guess = {
    x: top.x + across.x * steps + down.x * steps,
    y: top.y + across.y * steps + down.y * steps,
  };
  if (version === 1) return [null];
  const module = Math.hypot(across.x, across.y);
  const found = [];
  const reachOf = Math.max(4, span * 0.25) * module;
  const stride = Math.max(1, module / 3);
  for (let y = guess.y - reachOf; y <= guess.y + reachOf; y += stride) {
    for (let x = guess.x - reachOf; x <= guess.x + reachOf; x += stride) {
      if (!isDark(bits, x, y)) continue;
      const score = likeMark(bits, x, y, across, down);
      if (score >= 22) found.push({ x, y, score: score - Math.hypot(x - guess.x, y - guess.y) / reachOf });
    }
  }
  found.sort((a, b) => b.score - a.score);
  return [...(found.length ? [middle(bits, found[0], across, down)] : []), null];
}

/** How many of the 25 modules around (x, y) are as in an alignment mark. */
function likeMark(bits, x, y, across, down) {
  let score = 0;
  for (let row = -2; row <= 2; row++) {
    for (let column = -2; column <= 2; column++) {
      const ring = Math.max(Math.abs(row), Math.abs(column));
      const dark = isDark(bits, x + across.x * column + down.x * row, y + across.y * column + down.y * row);
      if (dark === (ring !== 1)) score++;
    }
  }
  return score;
}

/** The middle of the mark's dark heart. */
function middle(bits, found, across, down) {
  let [x, y, count] = [0, 0, 0];
  for (let row = -0.9; row <= 0.9; row += 0.15) {
    for (let column = -0.9; column <= 0.9; column += 0.15) {
      const px = found.x + across.x * column + down.x * row;
      const py = found.y + across.y * column + down.y * row;
      if (isDark(bits, px, py)) [x, y, count] = [x + px, y + py, count + 1];
    }
  }
  return count ? { x: x / count, y: y / count } : found;
}

function sample(bits, { top, right, foot }, size, place) {
  const far = place
    ? { x: place.x, y: place.y, at: size - 6.5 }
    : { x: right.x + foot.x - top.x, y: right.y + foot.y - top.y, at: size - 3.5 };
  const map = perspective(
    [3.5, 3.5, size - 3.5, 3.5, far.at, far.at, 3.5, size - 3.5],
    [top.x, top.y, right.x, right.y, far.x, far.y, foot.x, foot.y],
  );
  const rows = [];
  for (let row = 0; row < size; row++) {
    const line = new Uint8Array(size);
    for (let column = 0; column < size; column++) {
      let votes = 0;
      for (const [dx, dy] of [[0, 0], [0.2, 0], [-0.2, 0], [0, 0.2], [0, -0.2]]) {
        const [x, y] = map(column + 0.5 + dx, row + 0.5 + dy);
        if (isDark(bits, x, y)) votes++;
      }
      line[column] = votes > 2 ? 1 : 0;
    }
    rows.push(line);
  }
  return rows;
}

/** The projective map that takes four points to four others, each list x, y, x, y, … */
function perspective(from, to) {
  const rows = [];
  for (let n = 0; n < 8; n += 2) {
    const [x, y, u, v] = [from[n], from[n + 1], to[n], to[n + 1]];
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]);
  }
  for (let n = 0; n < 8; n++) {
    const pivot = rows.slice(n).reduce((best, row, i) => (Math.abs(row[n]) > Math.abs(rows[best][n]) ? n + i : best), n);
    [rows[n], rows[pivot]] = [rows[pivot], rows[n]];
    for (let other = 0; other < 8; other++) {
      if (other === n) continue;
      const share = rows[other][n] / rows[n][n];
      for (let column = n; column < 9; column++) rows[other][column] -= share * rows[n][column];
    }
  }
  const [a, b, c, d, e, f, g, h] = rows.map((row, n) => row[8] / row[n]);
  return (x, y) => {
    const w = g * x + h * y + 1;
    return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
  };
}
