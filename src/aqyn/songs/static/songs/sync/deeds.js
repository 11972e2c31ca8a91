/* What can be done on the desk, by name: keys and buttons ask for these. */
import { endLine, lineAt, spreadLine, tapLine, tapWord } from './cues.js';
import { EAR } from './ear.js';
import { clear, join, nudge, split, vouch } from './placing.js';
import { byWord, endOf, startOf } from './times.js';

const NUDGES = ['word', 'line', 'all'];
const LARGER = 1.35, SPEED = .05, SLOW = .5;
const TWICE = { lines: 200, words: 80 };   // ms: so soon after the last press it is the same one, of a key or a hand that trembles

const times = desk => lineAt(desk.song, desk.cues, desk.here.i);

/* The last line that has begun at `ms`: it is the one that is being sung. */
export function sungAt(song, cues, ms) {
  let sung = -1;
  song.lines.forEach(({ id }, i) => { if (cues[id] && startOf(cues[id]) <= ms) sung = i; });
  return sung;
}

function tap(desk, event) {
  const { playing, song, cues, here, tapping } = desk, at = event?.timeStamp ?? performance.now(), twice = at - desk.pressed < TWICE[desk.mode];
  desk.pressed = at;
  if (twice) return;
  if (!playing.running) { desk.scene.view.following = true; playing.play(); return; }
  const ago = performance.now() - at, { i, k } = here;
  const ms = tapping.meant(playing.ms, ago, playing.rate), lines = desk.mode === 'lines';
  const after = lines || k + 1 >= song.lines[i].words.length ? { i: i + 1, k: 0 } : { i, k: k + 1 };
  const next = after.i < song.lines.length ? after : here;
  if (!desk.commit(() => lines ? tapLine(song, cues, i, ms, tapping.sure) : tapWord(song, cues, i, k, ms, tapping.sure), next)) return;
  desk.strike();
  desk.hearAgain(i);
  if (next === here) desk.tell('last-tapped');
}

/* Play from before the chosen line; one without times is taken up where the one before it ended. */
function again(desk) {
  const { song, cues, here, mode } = desk, line = times(desk);
  const word = mode === 'words' && byWord(line) ? line[here.k][0] : null;
  let at = word ?? (line && startOf(line));
  for (let i = here.i - 1; at === null && i >= 0; i--) if (cues[song.lines[i].id]) at = endOf(cues[song.lines[i].id]);
  desk.scene.view.following = true;
  desk.playing.again(at ?? 0);
}

function move(desk, far, by) {
  const { here, nudges } = desk, step = (far ? 100 : 10) * by, line = times(desk);
  const i = nudges === 'all' ? -1 : here.i, k = nudges === 'word' && byWord(line) ? here.k : -1;
  desk.commit(() => nudge(desk.song, desk.cues, i, k, here.j, step));
}

function word(desk, by) {
  const { song, here } = desk, k = here.k + by;
  if (k >= 0 && k < song.lines[here.i].words.length) desk.choose(here.i, k);
  else if (song.lines[here.i + by]) desk.choose(here.i + by, by > 0 ? 0 : song.lines[here.i - 1].words.length - 1);
  desk.focusWord();
}

function line(desk, i) {
  desk.choose(Math.max(0, Math.min(i, desk.song.lines.length - 1)), 0);
  desk.focusLine();
}

function syllable(desk, by) {
  const { here } = desk, count = byWord(times(desk)) ? times(desk)[here.k][2].length : 0;
  if (count > 1) desk.choose(here.i, here.k, Math.max(0, Math.min(count - 1, Math.max(0, here.j) + by)));
}

function find(desk) {
  const { song, cues } = desk, ms = desk.playing.ms, i = Math.max(0, sungAt(song, cues, ms)), cue = cues[song.lines[i].id];
  desk.choose(i, byWord(cue) ? Math.max(0, cue.findLastIndex(one => one[0] <= ms)) : 0);
}

export const DEEDS = {
  ...EAR,
  tap,
  again,
  find,
  play: desk => { desk.scene.view.following = true; desk.playing.toggle(); },
  end: desk => {
    const { song, cues, playing, tapping } = desk, ms = tapping.meant(playing.ms, 0, playing.running ? playing.rate : 0);
    const i = sungAt(song, cues, ms);
    desk.commit(() => endLine(song, cues, i < 0 ? desk.here.i : i, ms));
  },
  back: desk => { line(desk, desk.here.i - 1); again(desk); },
  mode: desk => desk.tapBy(desk.mode === 'lines' ? 'words' : 'lines'),
  nudges: desk => desk.nudgeBy(NUDGES[(NUDGES.indexOf(desk.nudges) + 1) % NUDGES.length]),
  earlier: desk => move(desk, false, -1),
  later: desk => move(desk, false, 1),
  'earlier-far': desk => move(desk, true, -1),
  'later-far': desk => move(desk, true, 1),
  spread: desk => desk.commit(() => spreadLine(desk.song, desk.cues, desk.here.i)),
  split: desk => {
    const { song, cues, here, playing } = desk;
    desk.commit(() => split(song, cues, here.i, here.k, playing.running ? null : playing.ms));
  },
  join: desk => desk.commit(() => join(desk.song, desk.cues, desk.here.i, desk.here.k, desk.here.j)),
  clear: desk => desk.commit(() => clear(desk.song, desk.cues, desk.here.i)),
  vouch: desk => {
    const { i } = desk.here;
    if (desk.commit(() => vouch(desk.song, desk.cues, i))) desk.hearAgain(i);
  },
  undo: desk => desk.turn('undo'),
  redo: desk => desk.turn('redo'),
  loop: ({ repeating }) => repeating.turn(!repeating.on),
  from: ({ repeating, playing }) => repeating.mark(playing.ms, repeating.marked?.end ?? Infinity),
  upto: ({ repeating, playing }) => repeating.mark(repeating.marked?.start ?? 0, playing.ms),
  slower: desk => desk.speed(desk.playing.rate - SPEED),
  faster: desk => desk.speed(desk.playing.rate + SPEED),
  slow: desk => desk.speed(desk.playing.rate > SLOW ? SLOW : 1),
  larger: desk => desk.scene.zoom(LARGER),
  smaller: desk => desk.scene.zoom(1 / LARGER),
  'word-before': desk => word(desk, -1),
  'word-after': desk => word(desk, 1),
  'line-before': desk => line(desk, desk.here.i - 1),
  'line-after': desk => line(desk, desk.here.i + 1),
  first: desk => line(desk, 0),
  last: desk => line(desk, Infinity),
  'syllable-before': desk => syllable(desk, -1),
  'syllable-after': desk => syllable(desk, 1),
  escape: desk => desk.escape(),
  help: desk => desk.open('help'),
  calibrate: desk => desk.open('calibration'),
  panel: desk => desk.togglePanel(),
};
