/* The order in which a song is sung tonight, line by line: which lines stand together, and which one comes next. */

/** The lines of the part that is sung at a place of the order. By the clock only those that are timed are ever lit. */
export function linesAt(song, order, step, byClock) {
  const part = song.sections[steps(song, order)[step]];
  if (!part) return [];
  const lines = part.lines.map(id => song.byId.get(String(id)));
  if (!byClock) return lines;
  return lines.filter(i => song.lines[i].start !== null).sort((a, b) => song.lines[a].start - song.lines[b].start);
}

/** The line after this one as it will be sung, `{step, line}`, or null after the last. `line` -1: before the first. */
export function lineAfter(song, order, { step, line }, byClock) {
  const here = linesAt(song, order, step, byClock), place = here.indexOf(line);
  if (place + 1 < here.length) return { step, line: here[place + 1] };
  for (let k = step + 1; k < steps(song, order).length; k++) {
    const [first] = linesAt(song, order, k, byClock);
    if (first !== undefined) return { step: k, line: first };
  }
  return null;
}

/** The line before it, or null at the first. */
export function lineBefore(song, order, { step, line }, byClock) {
  const here = linesAt(song, order, step, byClock), place = here.indexOf(line);
  if (place > 0) return { step, line: here[place - 1] };
  for (let k = step - 1; k >= 0; k--) {
    const last = linesAt(song, order, k, byClock).at(-1);
    if (last !== undefined) return { step: k, line: last };
  }
  return null;
}

/** The sections as they are sung, by number; as written where nobody says otherwise. */
export function steps(song, order) {
  return order?.length ? order : song.sections.map((_, i) => i);
}
