/* Times set by hand: dragging, nudging, syllables, and taking times away. As in cues.js, nothing given is changed. */
import { lineAt, neighbour, Refused, weightsOf, withLine } from './cues.js';
import { byWord, clamped, endOf, fitted, from, moved, PLACED, startOf } from './times.js';

export const LEAST = 20;   // ms: no shorter is a word made by pushing it

const placed = (song, cue) => from(cue, PLACED, song.sure.placed);
const room = cue => Math.min(LEAST, cue[1] - cue[0]);

/* The neighbours of line `i` and how far it may reach. Where they do not overlap they give way as words do: the end of
   the one before, the beginning of the one after; where they do, lines only keep their order. */
function bounds(song, cues, i) {
  const line = lineAt(song, cues, i), last = neighbour(song, cues, i, -1), next = neighbour(song, cues, i, 1);
  const before = last && endOf(last.line) <= startOf(line) ? lastCue(last.line) : null;
  const after = next && startOf(next.line) >= endOf(line) ? firstCue(next.line) : null;
  const least = before ? before[0] + room(before) : last ? startOf(last.line) : 0;
  const most = after ? after[1] - room(after) : song.duration;
  return { least, most, latest: after || !next ? most : startOf(next.line), last: before && last, next: after && next };
}

const lastCue = line => byWord(line) ? line.at(-1) : line;
const firstCue = line => byWord(line) ? line[0] : line;

/* The line put in, its neighbours out of its way. */
function pushing(song, cues, i, line, { last, next }) {
  let made = withLine(song, cues, i, line);
  if (last && endOf(last.line) > startOf(line)) {
    const before = until(lastCue(last.line), lastCue(last.line)[0], startOf(line));
    made = withLine(song, made, last.i, byWord(last.line) ? [...last.line.slice(0, -1), before] : before);
  }
  if (next && startOf(next.line) < endOf(line)) {
    const after = until(firstCue(next.line), endOf(line), firstCue(next.line)[1]);
    made = withLine(song, made, next.i, byWord(next.line) ? [after, ...next.line.slice(1)] : after);
  }
  return made;
}

const until = (cue, start, end) => Array.isArray(cue[2]) ? fitted(cue, start, end) : [start, end, ...cue.slice(2)];

function timed(song, cues, i, k) {
  const line = lineAt(song, cues, i);
  if (!line) throw new Refused('untimed');
  if (k >= 0 && !byWord(line)) throw new Refused('no-words');
  return line;
}

/** Drag a word (`part` "start", "end", "word" or the number of a syllable) of line `i` to `t`; `k` -1: the line. */
export function place(song, cues, i, k, part, t) {
  const line = timed(song, cues, i, k), reach = bounds(song, cues, i), { least, latest, most } = reach;
  if (k < 0) return pushing(song, cues, i, placedLine(song, line, part, t, reach), reach);
  const words = [...line], word = words[k];
  if (typeof part === 'number') {
    const marks = [...word[2]];
    marks[part] = clamped(t, marks[part - 1], marks[part + 1] ?? word[1]);
    words[k] = placed(song, [word[0], word[1], marks]);
    return withLine(song, cues, i, words);
  }
  const before = words[k - 1], after = words[k + 1];
  const low = before ? before[0] + room(before) : least, high = after ? after[1] - room(after) : most;
  const first = k ? high : latest;   // the line still begins before the next one does
  const length = word[1] - word[0];
  const start = part === 'end' ? word[0] : clamped(t, low, Math.min(first, part === 'start' ? word[1] - room(word) : high - length));
  const end = part === 'start' ? word[1] : part === 'end' ? clamped(t, word[0] + room(word), high) : start + length;
  words[k] = placed(song, part === 'word' ? moved(word, start - word[0]) : fitted(word, start, end));
  if (before && before[1] > start) words[k - 1] = fitted(before, before[0], start);
  if (after && after[0] < end) words[k + 1] = fitted(after, end, after[1]);
  return pushing(song, cues, i, words, reach);
}

function placedLine(song, line, part, t, { least, latest, most }) {
  const start = startOf(line), end = endOf(line);
  if (byWord(line)) {
    const by = clamped(t, least, Math.min(latest, most - (end - start))) - start;
    return line.map(word => moved(word, by));
  }
  const a = part === 'end' ? start : clamped(t, least, Math.min(latest, part === 'start' ? end : most - (end - start)));
  const b = part === 'start' ? end : part === 'end' ? clamped(t, start, most) : a + end - start;
  return placed(song, [a, b]);
}

/** Earlier or later by `by` ms: a word (`j` > 0: its syllable j), with `k` -1 the line, with `i` -1 the song. */
export function nudge(song, cues, i, k, j, by) {
  if (i < 0) return nudgeAll(song, cues, by);
  const line = timed(song, cues, i, k);
  const made = k < 0 ? place(song, cues, i, -1, 'word', startOf(line) + by)
    : j > 0 && j < line[k][2].length ? place(song, cues, i, k, j, line[k][2][j] + by)
      : place(song, cues, i, k, 'word', line[k][0] + by);
  if (startsOf(lineAt(song, made, i)) === startsOf(line)) throw new Refused('no-room');
  return made;
}

const startsOf = line => byWord(line) ? line.map(word => word[2]).join() : String(line[0]);

function nudgeAll(song, cues, by) {
  const lines = song.lines.map(({ id }) => cues[id]).filter(Boolean);
  if (!lines.length) throw new Refused('untimed');
  const step = Math.max(-Math.min(...lines.map(startOf)), Math.min(by, song.duration - Math.max(...lines.map(endOf))));
  if (!step) throw new Refused('no-room');
  const later = line => byWord(line) ? line.map(word => moved(word, step)) : [line[0] + step, line[1] + step, ...line.slice(2)];
  return Object.fromEntries(Object.entries(cues).map(([id, line]) => [id, later(line)]));
}

/** One syllable more in a word: at `t` where that lies inside it, else all that it has, by their weights. */
export function split(song, cues, i, k, t) {
  const word = timed(song, cues, i, k)[k], weights = weightsOf(song.lines[i])[k], [start, end, marks] = word;
  if (marks.length >= weights.length) throw new Refused('all-split');
  const whole = weights.reduce((sum, one) => sum + one, 0);
  const own = weights.map((_, j) => start + Math.floor((end - start) * weights.slice(0, j).reduce((sum, one) => sum + one, 0) / whole));
  const inside = t !== null && t > start && t < end;
  const cut = inside ? [...marks, Math.round(t)].sort((a, b) => a - b) : own;
  return withWord(song, cues, i, k, [start, end, cut]);
}

/** The syllable `j` of a word sung with the one before it; the last one where `j` is not inside. */
export function join(song, cues, i, k, j) {
  const [start, end, marks] = timed(song, cues, i, k)[k], at = j > 0 && j < marks.length ? j : marks.length - 1;
  if (marks.length < 2) throw new Refused('one-syllable');
  return withWord(song, cues, i, k, [start, end, marks.filter((_, n) => n !== at)]);
}

function withWord(song, cues, i, k, word) {
  return withLine(song, cues, i, lineAt(song, cues, i).map((old, n) => n === k ? placed(song, word) : old));
}

/** Line `i` without times. */
export function clear(song, cues, i) {
  timed(song, cues, i, -1);
  return withLine(song, cues, i, null);
}

/** Line `i` as it is, heard and found right: its times are as sure as placed ones. */
export function vouch(song, cues, i) {
  const line = timed(song, cues, i, -1);
  return withLine(song, cues, i, byWord(line) ? line.map(word => placed(song, word)) : placed(song, line));
}
