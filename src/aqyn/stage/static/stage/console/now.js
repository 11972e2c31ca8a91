/* The present line and the next one, in the script that this console reads. */
import { Light } from '../../songs/light.js';
import { stops, write } from '../../songs/rows.js';
import { lineAfter } from '../hall/course.js';

export class Now {
  #desk; #line; #next; #light = new Light(); #shown = ''; #lit = false;

  constructor(desk, line, next) {
    this.#desk = desk;
    this.#line = line;
    this.#next = next;
  }

  /** Write both anew at the next draw. */
  forget() { this.#shown = ''; }

  draw() {
    const { position, song, where } = this.#desk, sings = song && where && !where.over;
    const byClock = position.state === 'run' || position.state === 'hold', i = sings ? where.line : -1;
    const here = sings ? { step: where.step, line: i } : position.state === 'wait' ? { step: 0, line: -1 } : null;
    const next = song && here ? lineAfter(song, position.order, here, byClock) : null;
    const shown = [position.entry, position.state, where?.over, i, where?.step, next?.line, next?.step].join();
    if (shown !== this.#shown) this.#write(i, next, byClock);
    this.#shown = shown;
    if (this.#lit) this.#light.draw(where.at);
  }

  #write(i, next, byClock) {
    this.#light.drop();
    this.#lit = false;
    if (i < 0) {
      this.#line.dir = document.documentElement.dir;
      this.#line.replaceChildren(...this.#said());
    } else {
      const [row] = this.#put(this.#line, i), { cues } = row.reading;
      this.#lit = byClock && Boolean(cues);
      if (this.#lit) this.#light.take([{ ...row, stops: row.words.map((word, w) => stops(word, row.reading.words[w].pieces)) }], cues);
    }
    if (next) this.#put(this.#next, next.line); else this.#next.replaceChildren();
  }

  #put(item, i) {
    const { song, layers } = this.#desk, line = song.lines[i];
    item.dir = song.layer(layers.tag)?.dir ?? 'ltr';
    return write(item, song.reading(line, layers.tag) ?? song.reading(line, song.main), null, false);
  }

  /* What stands in the line's place while none is sung. */
  #said() {
    const { position, side, where } = this.#desk, title = side.title(position.entry), text = document.createElement('span');
    text.className = 'rests';
    if (position.state === 'over' || where?.over) text.textContent = this.#desk.say('sung-over');
    else if (title) text.append(title);
    else text.textContent = this.#desk.say('choose-first');
    return [text];
  }
}
