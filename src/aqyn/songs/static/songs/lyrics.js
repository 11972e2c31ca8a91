/* <aqyn-lyrics>: the words. Shows the chosen layers, finds the sung line, and lights it while the sound plays. */
import { write, stops } from './rows.js';
import { Light } from './light.js';
import { Stage } from './stage.js';
import { Follow } from './follow.js';

class AqynLyrics extends HTMLElement {
  #n = -1; #frame = 0; #loop = false;

  async connectedCallback() {
    this.song = this.closest('aqyn-song');
    this.list = this.querySelector('.lyrics');
    this.song.hear('choice', () => this.#show());
    try { this.score = await this.song.score; } catch { return; } finally { this.classList.add('ready'); }
    this.sings = Boolean(this.song.audio) && this.score.timed;
    if (this.sings) this.#begin();
    if (this.sings || this.#other()) this.#show();
  }

  #begin() {
    this.light = new Light();
    this.stage = new Stage(this.list);
    this.follow = new Follow(this, this.querySelector('.back-to-line'));
    const { audio } = this.song, draw = () => this.draw();
    for (const name of ['playing', 'pause', 'seeked', 'timeupdate', 'ended']) audio.addEventListener(name, draw);
    audio.addEventListener('play', () => { this.list.classList.add('live'); this.#run(); });
    this.song.hear('step', by => this.step(by));
    this.song.hear('loop', on => { this.#loop = on; this.toggleAttribute('data-loop', on); });
    this.song.hear('hall', () => this.#again());
    this.addEventListener('click', event => this.#tapped(event));
    // A tap sings; it does not take the keyboard away from where it was.
    this.addEventListener('mousedown', event => { if (event.target.closest('.line')) event.preventDefault(); });
    this.addEventListener('keydown', event => this.#walk(event));
    let width = this.list.clientWidth;
    new ResizeObserver(() => { if (width !== (width = this.list.clientWidth)) this.#again(); }).observe(this.list);
  }

  #other() {
    return this.song.choice.main !== this.song.dataset.main || this.song.choice.under !== this.song.dataset.under;
  }

  /* Writes every line in the chosen layers; lines that a layer lacks show the song's own words. */
  #show() {
    if (!this.score) return;
    const { main, under } = this.song.choice, { score } = this;
    this.stage?.lower();
    this.light?.drop();
    this.list.dir = score.layer(main)?.dir ?? 'ltr';
    for (const part of this.list.querySelectorAll('.part')) part.lang = main;
    this.lines = score.lines.map(line => {
      const item = this.list.querySelector(`[data-line="${line.id}"]`);
      const read = score.reading(line, main) ?? score.reading(line, score.main);
      return { item, rows: write(item, read, score.reading(line, under), this.sings && line.start !== null) };
    });
    if (this.sings) { this.#rove(Math.max(0, this.#n)); this.#again(); }
  }

  /* After a change of layers, width or hall: measure anew and put everything in its place at once. */
  #again() {
    this.list.classList.add('at-once');
    this.stage.lower();
    this.stage.forget();
    const n = this.#n;
    this.#n = -1;
    this.#turn(n);
    this.draw();
    requestAnimationFrame(() => requestAnimationFrame(() => this.list.classList.remove('at-once')));
  }

  #run() {
    cancelAnimationFrame(this.#frame);
    const frame = () => { this.draw(); if (!this.song.audio.paused) this.#frame = requestAnimationFrame(frame); };
    this.#frame = requestAnimationFrame(frame);
  }

  /** Light what is sung now. */
  draw() {
    if (!this.lines) return;
    const ms = this.song.clock.ms();
    if (this.#loop && this.#n >= 0 && !this.song.audio.paused && ms >= this.#end(this.#n)) {
      this.song.audio.currentTime = this.score.sung[this.#n].from / 1000;
      return;
    }
    const n = this.#loop && this.#n >= 0 && this.song.clock.running && ms >= this.score.sung[this.#n].from ? this.#n : this.score.at(ms, this.#n);
    if (n !== this.#n && (n >= 0 || this.#n >= 0)) this.#turn(n);
    const turned = this.light.draw(ms);
    if (turned) { this.dataset.word = turned.k; this.toggleAttribute('data-filling', turned.filling); this.song.tell('word', { n, ...turned }); }
  }

  /* The end of a repeated line: a breath after its last word, but never into the next line. */
  #end(n) {
    return Math.min(this.score.sung[n].end + 250, this.score.sung[n + 1]?.start ?? Infinity);
  }

  #turn(n) {
    const before = this.lines[this.score.sung[this.#n]?.i], one = this.score.sung[n], now = this.lines[one?.i];
    this.#n = n;
    before?.item.removeAttribute('aria-current');
    const [grown, rows] = now ? [this.stage.measure(now), this.#lit(now, one.i)] : [];
    this.lines.forEach((line, i) => mark(line.item, !now ? '' : i < one.i ? 'past' : i === one.i ? 'here' : 'soon', i === one?.i + 1));
    for (const part of this.list.querySelectorAll('.part')) part.classList.toggle('soon', Boolean(now) && Boolean(now.item.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING));
    this.dataset.sung = now ? this.score.lines[one.i].id : '';
    if (!now) { this.light.drop(); this.stage.lower(); this.follow.stop(); return; }
    now.item.setAttribute('aria-current', 'true');
    this.#rove(one.i);
    this.light.take(rows, rows.length ? this.score.lines[one.i].cues : []);
    this.stage.raise(now);
    this.follow.to(now.item, grown.lift, grown.height);
    this.song.tell('line', { n, item: now.item });
    const next = this.lines[this.score.sung[n + 1]?.i];
    if (next) (window.requestIdleCallback ?? setTimeout)(() => { this.stage.measure(next); this.#lit(next); });
  }

  /* The rows of a line whose words can be lit, with the stops of their syllables. */
  #lit(line) {
    return line.rows.filter(row => row.reading.cues).map(row => Object.assign(row, {
      rtl: row.reading.dir === 'rtl',
      stops: row.stops ?? row.words.map((word, w) => stops(word, row.reading.words[w].pieces)),
    }));
  }

  step(by) {
    const { sung } = this.score, n = Math.min(sung.length - 1, Math.max(0, this.#n + by));
    this.#go(n);
  }

  #go(n) {
    this.#turn(n);
    this.follow.return();
    this.song.jump(this.score.sung[n].start);
  }

  #tapped(event) {
    const item = event.target.closest('.line');
    if (!item || getSelection().type === 'Range') return;
    const i = this.score.byId.get(item.dataset.line), n = this.score.sung.findIndex(one => one.i === i);
    if (n >= 0) this.#go(n);
  }

  /* One stop for the Tab key in the whole song; up and down walk its lines. */
  #walk(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key], here = event.target.closest?.('.line');
    if (!by || !here || !event.target.matches('.main')) return;
    const to = this.lines[this.score.byId.get(here.dataset.line) + by]?.rows[0].element;
    event.preventDefault();
    to?.focus();
  }

  #rove(i) {
    this.lines.forEach((line, j) => { const tab = j === i ? 0 : -1; if (line.rows[0].element.tabIndex !== tab) line.rows[0].element.tabIndex = tab; });
  }
}

function mark(item, state, next) {
  const name = `line${state && ` ${state}`}${next ? ' next' : ''}`;
  if (item.className !== name) item.className = name;
}
customElements.define('aqyn-lyrics', AqynLyrics);
