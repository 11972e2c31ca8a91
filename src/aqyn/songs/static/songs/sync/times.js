/* One line's times as the house keeps them: null, [start, end, origin, sure], or [start, end, [syllables], origin,
 * sure] for each word; whole milliseconds. Nothing here changes what it is given. */
export const SPREAD = 'spread', TAPPED = 'tapped', PLACED = 'placed', PROPOSED = 'proposed', APPROVED = 'approved';

export const byWord = line => Array.isArray(line?.[0]);
export const startOf = line => byWord(line) ? line[0][0] : line[0];
export const endOf = line => byWord(line) ? line.at(-1)[1] : line[1];

/** Where a word, or a line without words, has its time from: `{origin, sure}`; "" and null where nobody knows. */
export function provenance(cue) {
  const [origin = '', sure = null] = Array.isArray(cue[2]) ? cue.slice(3) : cue.slice(2);
  return { origin, sure };
}

const each = line => byWord(line) ? line : line ? [line] : [];

/** Whether a time of the line is one that the house proposes and nobody has approved. */
export const proposes = line => each(line).some(cue => provenance(cue).origin === PROPOSED);

/** Whether no person has said anything of the line: it gives way to what one says of another. */
export const guessed = line => Boolean(line) && each(line).every(cue => provenance(cue).origin === PROPOSED);

/** The line with what was proposed of it approved, as sure as it was. */
export function approved(line) {
  const one = cue => { const { origin, sure } = provenance(cue); return origin === PROPOSED ? from(cue, APPROVED, sure) : cue; };
  return byWord(line) ? line.map(one) : one(line);
}

/** The same times, from another source. */
export const from = (cue, origin, sure) => [...cue.slice(0, Array.isArray(cue[2]) ? 3 : 2), origin, sure];

/** The word later by `by`. */
export const moved = ([start, end, marks, ...told], by) => [start + by, end + by, marks.map(mark => mark + by), ...told];

/** The word from `start` to `end`, its syllables where they were in proportion. */
export function fitted([a, b, marks, ...told], start, end) {
  const inner = marks.map(mark => b > a ? start + Math.floor((mark - a) * (end - start) / (b - a)) : start);
  return [start, end, [start, ...inner.slice(1)], ...told];
}

/** The words of a line fitted into another span together. */
export function refitted(words, start, end) {
  const a = startOf(words), b = endOf(words), at = ms => b > a ? start + Math.floor((ms - a) * (end - start) / (b - a)) : start;
  return words.map(word => fitted(word, at(word[0]), at(word[1])));
}

/** Words over `start` to `end` by the weights of their syllables: core/lyrics/spreading.py is the rule. */
export function spread(start, end, weights, sure) {
  const whole = weights.flat().reduce((sum, one) => sum + one, 0);
  const at = before => start + Math.floor((end - start) * before / whole);
  let before = 0;
  return weights.map(word => {
    const marks = word.map(one => { const mark = at(before); before += one; return mark; });
    return [marks[0], at(before), marks, SPREAD, sure];
  });
}

export const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
export const clamped = (ms, least, most) => Math.max(least, Math.min(Math.max(least, most), Math.round(ms)));

/** Whether `value` can be the times of the song's line with this id: it has one cue a word, or none. */
export function fitting(song, id, value) {
  const line = song.lines.find(one => String(one.id) === id);
  return Boolean(line) && (!byWord(value) || value.length === line.words.length);
}

const SLACK = 10;   // ms past the end: lengths are rounded; services/recordings.py

/** What could not be sung, as core/lyrics/timing.py looks for it: the index of the first line at fault, or -1. */
export function fault(song, cues) {
  let before = 0;
  return song.lines.findIndex(({ id, words }) => {
    const line = cues[id];
    if (!line) return false;
    const wrong = startOf(line) < before || endOf(line) < startOf(line) || endOf(line) > song.duration + SLACK
      || (byWord(line) && (line.length !== words.length || !follow(line)));
    before = startOf(line);
    return wrong;
  });
}

function follow(words) {
  let at = words[0][0];
  return words.every(([start, end, marks]) => {
    const fine = start >= at && end >= start && marks[0] === start && marks.at(-1) <= end
      && marks.every((mark, j) => !j || mark >= marks[j - 1]);
    at = end;
    return fine;
  });
}
