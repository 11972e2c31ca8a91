/* <aqyn-screen-teeth>: the song's teeth along the foot, lit as far as it was sung: by the clock in its order of tonight, by
   hand line by line. */
import { teeth } from '../../songs/teeth.js';
import { linesAt, steps } from '../hall/course.js';

class AqynScreenTeeth extends HTMLElement {
  #entry = 0; #frame = 0;

  connectedCallback() {
    this.live = this.closest('aqyn-live');
    for (const name of ['position', 'view']) this.live.hear(name, () => this.#look());
  }

  #look() {
    cancelAnimationFrame(this.#frame);
    const { entry, position, song } = this.live.follower;
    if (entry && entry.id !== this.#entry) this.#draw(entry);
    this.classList.toggle('seen', Boolean(song && position && !position.notice && ['run', 'hold', 'hand'].includes(position.state)));
    const where = song && position && this.live.follower.where();
    if (where && this.firstChild) this.querySelector('.lit').style.transform = `scaleX(${sung(song, position, where).toFixed(4)})`;
    if (song && position?.state === 'run') this.#frame = requestAnimationFrame(() => this.#look());
  }

  #draw(entry) {
    this.#entry = entry.id;
    this.replaceChildren(teeth(between(entry.wave)));
  }
}

/** The share of the song that was sung, from 0 to 1. */
export function sung(song, { state, order }, { step, at, line, over }) {
  if (over) return 1;
  const all = steps(song, order);
  if (state === 'hand') {
    const counts = all.map((_, k) => linesAt(song, order, k, false).length);
    return (sum(counts.slice(0, step)) + linesAt(song, order, step, false).indexOf(line) + 1) / Math.max(1, sum(counts));
  }
  const spans = all.map(section => song.spans[section]), long = spans.map(span => span ? span[1] - span[0] : 0);
  const here = spans[step] ? Math.max(0, at - spans[step][0]) : 0;
  return Math.min(1, (sum(long.slice(0, step)) + here) / Math.max(1, sum(long)));
}

function sum(numbers) { return numbers.reduce((one, other) => one + other, 0); }

/* Twice as many teeth as the wave has numbers, the new ones half way between. */
function between(wave) { return wave.flatMap((loud, i) => [loud, (loud + (wave[i + 1] ?? loud)) / 2]); }
customElements.define('aqyn-screen-teeth', AqynScreenTeeth);
