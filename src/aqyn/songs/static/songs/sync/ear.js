/* What the house's ear is asked for by name: listen, the next doubtful line, approve. */
import { approved, proposes } from './times.js';

/* Whether a person has timed anything, and whether anything is left to be heard. */
function timed({ song, cues }) {
  const lines = song.lines.map(({ id }) => cues[id]);
  return { own: lines.some(line => line && !proposes(line)), open: lines.some(line => !line || proposes(line) || !Array.isArray(line[0])) };
}

/* The ears beside the house's own that can be chosen in a part of the desk. */
const ears = part => [...part.querySelectorAll('[name=ear]')];

/* The chosen one's name, "" for the house's own. It is chosen for one listening. */
function chosen(desk, part) {
  const name = ears(part).find(box => box.checked)?.value ?? '';
  for (const box of ears(desk)) box.checked = false;
  return name;
}

function hear(desk) {
  const { own, open } = timed(desk), dialog = desk.querySelector('.hear-what'), strip = desk.querySelector('.ear');
  if (desk.listening.busy) { desk.tell('hearing-already'); return; }
  // Where the strip offers no ears, they are offered here.
  const offered = ['offer', 'fault'].includes(desk.dataset.ear) || !ears(dialog).length;
  if (!own && offered) { desk.listening.start(false, chosen(desk, strip)); return; }
  dialog.querySelector('[value=rest]').hidden = !open;
  dialog.querySelector('[value=all]').hidden = !own;
  for (const box of ears(dialog)) box.checked = ears(strip).some(({ value, checked }) => checked && value === box.value);
  desk.open('hear-what');
  dialog.querySelector('.acts button:not([hidden])').focus();
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'rest' || dialog.returnValue === 'all') desk.listening.start(dialog.returnValue === 'all', chosen(desk, dialog));
  }, { once: true });
  dialog.returnValue = '';
}

/* The least sure line that nobody has looked at, from a breath before it. */
function doubt(desk) {
  const [next] = desk.doubts.left(desk.cues);
  if (next === undefined) { desk.tell(desk.doubts.waiting(desk.cues).length ? 'no-doubt' : 'none-proposed'); return; }
  desk.choose(next, 0);
  desk.look(next);
  desk.focusLine();
  desk.do('again');
}

function approve(desk) {
  const waiting = desk.doubts.waiting(desk.cues), left = desk.doubts.left(desk.cues).sort((a, b) => a - b);
  if (!waiting.length) { desk.tell('none-proposed'); return; }
  const dialog = desk.querySelector('.approval'), part = name => dialog.querySelector(`[data-of=${name}]`);
  part('count').textContent = desk.say('approve-count', { n: waiting.length });
  part('left').textContent = desk.say(left.length ? 'approve-left' : 'approve-seen', { n: left.length, lines: left.map(i => i + 1).join(', ') });
  part('left').className = left.length ? 'unlooked' : 'quiet';
  dialog.querySelector('[value=look]').hidden = !left.length;
  dialog.returnValue = '';
  desk.open('approval');
  dialog.querySelector(left.length ? '[value=look]' : '[value=yes]').focus();
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'look') doubt(desk);
    if (dialog.returnValue !== 'yes') return;
    const all = Object.fromEntries(Object.entries(desk.cues).map(([id, line]) => [id, proposes(line) ? approved(line) : line]));
    if (desk.commit(() => all)) desk.tell('approved');
  }, { once: true });
}

export const EAR = { hear, doubt, approve, 'stop-hearing': desk => desk.listening.stop() };
