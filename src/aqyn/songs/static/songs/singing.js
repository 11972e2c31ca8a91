/* Finds the line and the word that are sung now. Between two turns of a line a frame only moves the light. */
import { stops } from './rows.js';
import { Light } from './light.js';
import { Stage } from './stage.js';
import { Follow } from './follow.js';

export class Singing {
  #element; #song; #score; #list; #lines = []; #n = -1; #frame = 0; #loop = false;
  #light = new Light(); #stage; #follow;

  constructor(element) {
    this.#element = element;
    this.#song = element.song;
    this.#score = element.score;
    this.#list = element.list;
    this.#stage = new Stage(this.#list);
    this.#follow = new Follow(element, element.querySelector('.back-to-line'));
    const { audio } = this.#song;
    for (const name of ['playing', 'pause', 'seeked', 'timeupdate', 'ended']) audio.addEventListener(name, () => this.draw());
    audio.addEventListener('play', () => { this.#list.classList.add('live'); this.#run(); });
    audio.addEventListener('seeking', () => { this.#list.classList.add('live'); this.#free(); this.draw(); });
    this.#song.hear('step', by => this.#go(this.#n + by));
    this.#song.hear('loop', on => { this.#loop = on; element.toggleAttribute('data-loop', on); });
    this.#song.hear('hall', () => this.#again());
    let width = this.#list.clientWidth;
    new ResizeObserver(() => { if (width !== (width = this.#list.clientWidth)) this.#again(); }).observe(this.#list);
  }

  /** The index of the lit line among all lines, -1 before the first. */
  get i() { return this.#score.sung[this.#n]?.i ?? -1; }

  /** Go on with these lines, written anew: `[{item, rows}]`. */
  sing(lines) {
    this.#stage.lower();
    this.#light.drop();
    this.#lines = lines;
    this.#again();
  }

  /** Sing from line `i` of the song. */
  jump(i) {
    const n = this.#score.sung.findIndex(one => one.i === i);
    if (n >= 0) this.#go(n);
  }

  #go(to) {
    const n = Math.min(this.#score.sung.length - 1, Math.max(0, to));
    this.#turn(n);
    this.#follow.return();
    this.#song.jump(this.#score.sung[n].start);
  }

  #run() {
    cancelAnimationFrame(this.#frame);
    const frame = () => { this.draw(); if (!this.#song.audio.paused) this.#frame = requestAnimationFrame(frame); };
    this.#frame = requestAnimationFrame(frame);
  }

  /** Light what is sung now. */
  draw() {
    if (!this.#lines.length) return;
    const { clock, audio } = this.#song, ms = clock.ms(), held = this.#loop && this.#score.sung[this.#n];
    if (held && clock.running && ms >= this.#end()) { audio.currentTime = held.from / 1000; return; }
    const begun = ms > 0 || !audio.paused;              // before that nothing is sung, not even a line from 0:00
    const n = held && ms >= held.from ? this.#n : begun ? this.#score.at(ms, this.#n) : -1;
    if (n !== this.#n) this.#turn(n);
    const turned = this.#light.draw(ms);
    if (!turned) return;
    this.#element.dataset.word = turned.k;
    this.#element.toggleAttribute('data-filling', turned.filling);
    this.#song.tell('word', { rows: this.#lines[this.i]?.rows, ...turned });
  }

  /* A repeated line ends a breath after its last word, but never in the next line. */
  #end() {
    return Math.min(this.#score.sung[this.#n].end + 250, this.#score.sung[this.#n + 1]?.start ?? Infinity);
  }

  /* Whoever goes elsewhere while a line repeats repeats the line they went to. */
  #free() {
    const n = this.#score.at(this.#song.clock.ms() + 1, this.#n);
    if (this.#loop && n !== this.#n) this.#turn(n);
  }

  #turn(n) {
    const one = this.#score.sung[n], now = this.#lines[one?.i];
    this.#lines[this.i]?.item.removeAttribute('aria-current');
    const grown = now && this.#stage.measure(now), lit = now ? this.#lit(now) : [];   // all reading before all writing
    this.#n = n;
    this.#lines.forEach((line, i) => mark(line.item, !now ? '' : i < one.i ? 'past' : i === one.i ? 'here' : 'soon', i === one?.i + 1));
    for (const part of this.#list.querySelectorAll('.part')) {
      part.classList.toggle('soon', Boolean(now && now.item.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING));
    }
    this.#element.dataset.sung = now ? this.#score.lines[one.i].id : '';
    this.#song.tell('line', { i: this.i });
    if (!now) { this.#light.drop(); this.#stage.lower(); this.#follow.stop(); return; }
    now.item.setAttribute('aria-current', 'true');
    this.#light.take(lit, lit.length ? this.#score.lines[one.i].cues : []);
    this.#stage.raise(now);
    this.#follow.to(now.item, grown.lift, grown.height);
    const next = this.#lines[this.#score.sung[n + 1]?.i];
    if (next) (window.requestIdleCallback ?? setTimeout)(() => { if (next.item.isConnected) { this.#stage.measure(next); this.#lit(next); } });
  }

  /* The rows of a line whose words can be lit, with the stops of their syllables. */
  #lit(line) {
    const rows = line.rows.filter(row => row.reading.cues);
    for (const row of rows) row.stops ??= row.words.map((word, w) => stops(word, row.reading.words[w].pieces));
    return rows;
  }

  /* After a change of layers, width or hall: measure anew and put everything in its place at once. */
  #again() {
    this.#list.classList.add('at-once');
    this.#stage.lower();
    this.#stage.forget();
    this.#turn(this.#n);
    this.draw();
    requestAnimationFrame(() => requestAnimationFrame(() => this.#list.classList.remove('at-once')));
  }
}

function mark(item, state, next) {
  const name = `line${state && ` ${state}`}${next ? ' next' : ''}`;
  if (item.className !== name) item.className = name;
}
