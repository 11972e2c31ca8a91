/* Lines that were timed elsewhere meanwhile: both ways to time them stand side by side, and one is chosen. */
import { text } from './blocks.js';
import { byWord, endOf, startOf } from './times.js';
import { clockface } from './wave.js';

/** Whether mine are to be kept (true) or theirs taken. `theirs`: what the house holds of each line, by its id. */
export function ask(desk, theirs) {
  const dialog = desk.querySelector('.elsewhere'), list = dialog.querySelector('dl');
  list.replaceChildren(...Object.entries(theirs).flatMap(([id, there]) => {
    const i = desk.song.lines.findIndex(line => String(line.id) === id), line = desk.song.lines[i], title = document.createElement('dt');
    title.append(`${i + 1} · `, text(line.words.map(word => word.text).join(' '), line));
    return [title, told(desk, 'mine', line, desk.cues[id]), told(desk, 'theirs', line, there)];
  }));
  // It opens while somebody taps: neither button has the focus, so that the space bar answers nothing.
  desk.playing.pause();
  if (!dialog.open) dialog.showModal();
  dialog.focus();
  return new Promise(done => {
    dialog.addEventListener('cancel', event => event.preventDefault());
    dialog.addEventListener('close', () => done(dialog.returnValue === 'mine'), { once: true });
  });
}

function told(desk, whose, line, times) {
  const row = document.createElement('dd'), name = Object.assign(document.createElement('b'), { textContent: desk.say(whose) });
  const span = Object.assign(document.createElement('bdi'), { dir: 'ltr', className: 'num' });
  span.textContent = times ? `${clockface(startOf(times) / 1000, 2)} – ${clockface(endOf(times) / 1000, 2)}` : desk.say('line-untimed');
  row.append(name, ' ', span);
  if (byWord(times)) {
    const words = Object.assign(document.createElement('span'), { className: 'each' });
    line.words.forEach((word, k) => {
      const at = Object.assign(document.createElement('small'), { textContent: clockface(times[k][0] / 1000, 2), className: 'num' });
      words.append(text(word.text, word), ' ', at, ' ');
    });
    row.append(words);
  }
  return row;
}
