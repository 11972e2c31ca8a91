/* Where the song is: a position as it travels, and what it leads to as the house's clock goes on. The same as
   core/live/position.py, to the millisecond: tests/core/live/vectors.json holds both to it. */
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';
const STATES = new Set(['shut', 'wait', 'run', 'hold', 'hand', 'over', 'end']);
const FULL_TEMPO = 1000;

/** The position that a message says, or null where it says none. Times in ms; `order` empty: as written. */
export function read(data) {
  let told;
  try { told = JSON.parse(data); } catch { return null; }
  if (!Number.isInteger(told?.n) || !Number.isInteger(told.t) || !STATES.has(told.s)) return null;
  const { n: number, t: time, s: state, e: entry = 0, k: step = 0, at = 0, r: tempo = FULL_TEMPO, o: letters = '', l: line = 0, b: dark = 0, w: notice = 0 } = told;
  if (![entry, step, at, tempo, line, notice].every(Number.isInteger) || typeof letters !== 'string') return null;
  const order = [...letters].map(letter => LETTERS.indexOf(letter));
  if (order.includes(-1)) return null;
  return { number, time, state, entry, step, at, tempo, order, line, dark: Boolean(dark), notice };
}

/** Where it is at `now` of the house's clock: `{step, at, line, over}`; `line` is -1 before the first.
    `song` has `spans` ([from, until] of each section, or null) and `rises` (of each line, or null). */
export function where(position, song, now) {
  const { state, order } = position;
  if (state === 'hand') return { step: position.step, at: 0, line: position.line, over: false };
  if (state === 'over') return { step: position.step, at: position.at, line: -1, over: true };
  const passed = state === 'run' ? Math.max(0, now - position.time) : 0;
  const span = k => song.spans[order.length ? order[k] : k] ?? null;
  const count = order.length || song.spans.length;
  let at = position.at + passed * position.tempo / FULL_TEMPO, { step } = position;
  for (;;) {
    const here = span(step);
    if (here && at < here[1]) return { step, at, line: lineAt(song.rises, at), over: false };
    let following = step + 1;
    while (following < count && !span(following)) following++;
    if (following >= count) return { step, at, line: -1, over: true };
    if (here) at = span(following)[0] + at - here[1];
    step = following;
  }
}

/* The last line that has risen; of two at once the later one. */
function lineAt(rises, at) {
  let line = -1;
  rises.forEach((rise, i) => { if (rise !== null && rise <= at && (line < 0 || rise >= rises[line])) line = i; });
  return line;
}
