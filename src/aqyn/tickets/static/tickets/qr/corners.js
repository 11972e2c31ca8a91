// The three corner marks of a code: dark and light in the proportions 1 : 1 : 3 : 1 : 1 on every line through
// their middle (ISO/IEC 18004, 6.3.3.1).

const MOST = 40;

/** Triples of marks that may be the corners of one code, the likeliest first: {top, right, foot, module}. */
export function findCorners(bits) {
  const marks = findMarks(bits).sort((a, b) => b.seen - a.seen).slice(0, MOST);
  const triples = [];
  for (let i = 0; i < marks.length; i++) {
    for (let j = i + 1; j < marks.length; j++) {
      for (let k = j + 1; k < marks.length; k++) {
        const triple = asCorners(marks[i], marks[j], marks[k]);
        if (triple) triples.push(triple);
      }
    }
  }
  return triples.sort((a, b) => a.off - b.off).slice(0, 6);
}

function findMarks({ dark, width, height }) {
  const marks = [];
  for (let y = 0; y < height; y += 2) {
    const runs = [];
    for (let x = 0, from = 0; x < width; x++) {
      if (x + 1 < width && dark[y * width + x + 1] === dark[y * width + x]) continue;
      runs.push({ from, length: x + 1 - from, dark: dark[y * width + x] });
      from = x + 1;
    }
    for (let n = 0; n + 4 < runs.length; n++) {
      const five = runs.slice(n, n + 5);
      if (!five[0].dark || !inProportion(five.map((run) => run.length))) continue;
      const middle = five[2].from + five[2].length / 2;
      const column = across(dark, width, height, middle, y, 0, 1);
      if (!column) continue;
      const line = across(dark, width, height, middle, column.at, 1, 0);
      if (!line) continue;
      note(marks, line.at, column.at, (line.size + column.size) / 14);
    }
  }
  return marks.filter((mark) => mark.seen > 1);
}

/** The mark's extent along one direction through (x, y): where its middle lies and how long it is. */
function across(dark, width, height, x, y, dx, dy) {
  const column = Math.round(x);
  const row = Math.round(y);
  const at = (step) => {
    const cx = column + dx * step;
    const cy = row + dy * step;
    return cx >= 0 && cy >= 0 && cx < width && cy < height ? dark[cy * width + cx] : -1;
  };
  if (at(0) !== 1) return null;
  const ahead = lengths(at, 1);
  const behind = lengths(at, -1);
  if (!ahead || !behind) return null;
  const middle = ahead[0] + behind[0] - 1;
  const five = [behind[2], behind[1], middle, ahead[1], ahead[2]];
  if (!inProportion(five)) return null;
  const off = (ahead[0] - behind[0]) / 2;
  return { at: (dx ? column : row) + off, size: five.reduce((sum, one) => sum + one) };
}

function lengths(at, sign) {
  const found = [0, 0, 0];
  let step = 0;
  for (let part = 0; part < 3; part++) {
    const wanted = part === 1 ? 0 : 1;
    while (at(step * sign) === wanted) {
      found[part]++;
      step++;
    }
    if (!found[part] || (part < 2 && at(step * sign) === -1)) return null;
  }
  return found;
}

function inProportion(five) {
  const module = five.reduce((sum, one) => sum + one) / 7;
  if (module < 1) return false;
  return [1, 1, 3, 1, 1].every((wanted, n) => Math.abs(five[n] - wanted * module) < wanted * module * 0.6 + 0.4);
}

function note(marks, x, y, module) {
  const near = marks.find((mark) => Math.abs(mark.x - x) < mark.module * 2 && Math.abs(mark.y - y) < mark.module * 2);
  if (!near) {
    marks.push({ x, y, module, seen: 1 });
    return;
  }
  const seen = near.seen + 1;
  near.x += (x - near.x) / seen;
  near.y += (y - near.y) / seen;
  near.module += (module - near.module) / seen;
  near.seen = seen;
}

/** The three in their order, or null where they cannot be corners of one square. `off`: how far from one. */
function asCorners(...three) {
  const modules = three.map((mark) => mark.module);
  const module = modules.reduce((sum, one) => sum + one) / 3;
  if (Math.max(...modules) > Math.min(...modules) * 1.7) return null;
  const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
  // The top left one lies opposite the longest side.
  const sides = [far(three[1], three[2]), far(three[0], three[2]), far(three[0], three[1])];
  const top = sides.indexOf(Math.max(...sides));
  let [right, foot] = three.filter((_, n) => n !== top);
  const [a, b] = [far(three[top], right), far(three[top], foot)];
  const [longer, shorter] = [Math.max(a, b), Math.min(a, b)];
  if (longer > shorter * 1.6 || shorter < module * 12) return null;
  const corner = three[top];
  const turn = (right.x - corner.x) * (foot.y - corner.y) - (right.y - corner.y) * (foot.x - corner.x);
  if (turn < 0) [right, foot] = [foot, right];
  const off = Math.abs(sides[top] / Math.hypot(a, b) - 1) + (longer / shorter - 1) + (Math.max(...modules) / module - 1);
  return off > 0.9 ? null : { top: corner, right, foot, module, off };
}
