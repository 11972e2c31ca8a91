/* Times by tapping and by spreading. `cues`: each line's times by its id; `song`: `{lines: [{id, words: [{weights}],
 * count, lasts}], duration, sure}`. Every deed gives new cues and leaves the old as they are, or throws `Refused`. */
import { byWord, clamped, endOf, from, fitted, guessed, moved, provenance, refitted, SPREAD, spread, startOf, TAPPED } from './times.js';

const SYLLABLE = 600, SHORTEST_LINE = 1000;   // ms; core/lyrics/spreading.py
const QUICK = 250;   // ms: what is still to be tapped of a line keeps this for each syllable, where there is room

/** A deed that cannot be done; `why` names the sentence. */
export class Refused extends Error {
  constructor(why) { super(why); this.why = why; }
}

export const lineAt = (song, cues, i) => cues[song.lines[i]?.id] ?? null;
export const weightsOf = line => line.words.map(word => word.weights);

/** Cues with line `i` as `value`, or without it. */
export function withLine(song, cues, i, value) {
  const { [song.lines[i].id]: _gone, ...rest } = cues;
  return value ? { ...rest, [song.lines[i].id]: value } : rest;
}

/** The timed line next to `i` in the direction `step`, `{i, line}`, or null. */
export function neighbour(song, cues, i, step) {
  for (let n = i + step; n >= 0 && n < song.lines.length; n += step) {
    const line = lineAt(song, cues, n);
    if (line) return { i: n, line };
  }
  return null;
}

const lasts = weights => Math.max(SHORTEST_LINE, SYLLABLE * weights.flat().length);

/** Where a line that begins at `t` ends while nobody has marked it: with the next, or when its words must be over. */
function openEnd(song, cues, i, t) {
  const next = neighbour(song, cues, i, 1), until = next && startOf(next.line) > t ? startOf(next.line) : song.duration;
  return Math.max(t, Math.min(until, t + song.lines[i].lasts));
}

/* Make room for line `i` to begin at `t`: lines after it that would begin earlier are to be tapped again, and the
   one before it ends here at the latest. */
function begun(song, cues, i, t) {
  const old = lineAt(song, cues, i);
  let made = cues, last = neighbour(song, made, i, -1);
  // What the house only proposed above it gives way, to be heard again.
  for (; last && startOf(last.line) > t && guessed(last.line); last = neighbour(song, made, i, -1)) made = withLine(song, made, last.i, null);
  if (last && startOf(last.line) > t) throw new Refused('before');
  for (let next = neighbour(song, made, i, 1); next && startOf(next.line) < t; next = neighbour(song, made, i, 1)) {
    made = withLine(song, made, next.i, null);
  }
  if (!last) return made;
  const { line } = last, end = endOf(line);
  if (!byWord(line) && (end > t || end === (old && startOf(old)))) {
    const [start, , ...told] = line;
    return withLine(song, made, last.i, [start, Math.min(t, start + song.lines[last.i].lasts), ...told]);
  }
  // Whole words that are sung after this begins stay: two voices may sing at once.
  if (byWord(line) && end > t && line.at(-1)[0] < t) {
    return withLine(song, made, last.i, [...line.slice(0, -1), fitted(line.at(-1), line.at(-1)[0], t)]);
  }
  return made;
}

/** Line `i` begins at `t`. Words that it has go along; where none was tapped or placed they are spread anew. */
export function tapLine(song, cues, i, t, sure) {
  const at = clamped(t, 0, song.duration), made = begun(song, cues, i, at), line = lineAt(song, cues, i);
  if (!byWord(line)) return withLine(song, made, i, [at, openEnd(song, made, i, at), TAPPED, sure]);
  const end = endOf(line) + at - startOf(line);
  const words = line.every(word => provenance(word).origin === SPREAD)
    ? spread(at, openEnd(song, made, i, at), weightsOf(song.lines[i]), song.sure.spread)
    : end <= song.duration ? line.map(word => moved(word, at - startOf(line))) : refitted(line, at, song.duration);
  return withLine(song, made, i, [from(words[0], TAPPED, sure), ...words.slice(1)]);
}

/** Line `i` ends at `t`. */
export function endLine(song, cues, i, t) {
  const line = lineAt(song, cues, i), at = clamped(t, 0, song.duration);
  if (!line) throw new Refused('untimed');
  if (at <= startOf(line)) throw new Refused('ends-early');
  if (!byWord(line)) return withLine(song, cues, i, [line[0], at, ...line.slice(2)]);
  const last = line.at(-1);
  if (at > last[0]) return withLine(song, cues, i, [...line.slice(0, -1), fitted(last, last[0], at)]);
  if (line.some((word, k) => k && provenance(word).origin !== SPREAD)) throw new Refused('word-there');
  const [{ origin, sure }] = line.map(provenance), words = spread(line[0][0], at, weightsOf(song.lines[i]), song.sure.spread);
  return withLine(song, cues, i, [from(words[0], origin, sure), ...words.slice(1)]);
}

/** The words of line `i` over its time, by their syllables. */
export function spreadLine(song, cues, i) {
  const line = lineAt(song, cues, i);
  if (!line) throw new Refused('untimed');
  return withLine(song, cues, i, spread(startOf(line), endOf(line), weightsOf(song.lines[i]), song.sure.spread));
}

/** Word `k` of line `i` begins at `t`. Words behind it that nobody gave a time stay spread behind it. */
export function tapWord(song, cues, i, k, t, sure) {
  const at = clamped(t, 0, song.duration), weights = weightsOf(song.lines[i]), old = lineAt(song, cues, i);
  if (!old && k) throw new Refused('first-word');
  const made = k ? cues : begun(song, cues, i, at);
  const line = !old ? spread(at, openEnd(song, made, i, at), weights, song.sure.spread)
    : byWord(old) ? old : spread(startOf(old), endOf(old), weights, song.sure.spread);
  if (k && line[k - 1][0] > at) throw new Refused('before-word');
  const kept = line.findIndex((word, n) => n > k && provenance(word).origin !== SPREAD && word[0] > at);
  const end = kept < 0 ? tail(song, made, i, at, endOf(line), weights.slice(k)) : line[kept][0];
  const run = spread(at, end, weights.slice(k, kept < 0 ? undefined : kept), song.sure.spread);
  const words = [...heard(line.slice(0, k), at, weights), from(run[0], TAPPED, sure), ...run.slice(1), ...(kept < 0 ? [] : line.slice(kept))];
  return withLine(song, made, i, words);
}

function tail(song, cues, i, at, end, weights) {
  const next = neighbour(song, cues, i, 1), until = next && startOf(next.line) > at ? startOf(next.line) : song.duration;
  return Math.max(end, Math.min(until, at + QUICK * weights.flat().length));
}

/* The words before the tapped one: the last of them ends where this begins, unless its end was placed earlier. */
function heard(words, at, weights) {
  const last = words.at(-1);
  if (!last) return [];
  const { origin } = provenance(last), open = origin === SPREAD || origin === TAPPED;
  const end = Math.min(at, open ? last[0] + lasts([weights[words.length - 1]]) : last[1]);
  return [...words.slice(0, -1), fitted(last, last[0], Math.max(last[0], end))];
}
