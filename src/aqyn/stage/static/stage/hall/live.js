/* <aqyn-live>: a page that follows the hall. It holds the follower and the choice, tells its parts what is to be seen, and
   writes on the document what tests and benches watch: data-state, -entry, -line, -word, -number, -link. */
import { Follower } from '../live/follower.js';
import { choose, direction } from './texts.js';
import { viewOf } from './view.js';

const marks = document.documentElement.dataset;

class AqynLive extends HTMLElement {
  choice = {}; link = ''; #view = ''; #frame = 0;

  connectedCallback() {
    this.wanted = this.dataset.wanted.split(' ');
    this.lines = this.querySelector('[data-lines]');
    this.hue = marks.hue;
    const follower = this.follower = new Follower({
      show: this.dataset.show, rehearsal: new URLSearchParams(location.search).get('rehearsal') ?? '',
    });
    for (const name of ['position', 'song', 'settled']) follower.addEventListener(name, () => this.#turned());
    follower.addEventListener('state', ({ detail }) => this.#linked(detail));
    follower.setlist.addEventListener('loaded', () => {
      this.tell('layers', follower.setlist.data.layers);
      this.#turned();
    });
    this.hear('again', () => { marks.word = ''; this.#look(); });
  }

  /** Tell the other parts: "aqyn:<name>" on this element. */
  tell(name, detail) { this.dispatchEvent(new CustomEvent(`aqyn:${name}`, { detail })); }

  hear(name, deed) { this.addEventListener(`aqyn:${name}`, event => deed(event.detail)); }

  get position() { return this.follower.position; }

  /** The state of the hall; an evening that has ended is told of without a position. */
  get state() { return this.link === 'end' ? 'end' : this.position?.state; }

  /* Known by the setlist before its words are here. */
  get #entry() { return this.follower.entry ?? this.follower.setlist.entry(this.position?.entry); }

  choose(choice) {
    this.choice = choice;
    this.tell('choice', choice);
    this.#look();
  }

  /** A text by tag, for this reader: `{text, tag, dir}`. */
  said(texts) {
    const { text, tag } = choose(texts, [this.choice.main, ...this.wanted].filter(Boolean));
    return { text, tag, dir: direction(tag) };
  }

  /** Puts it into `element`, with its own `lang` and `dir`. */
  say(element, texts) {
    const { text, tag, dir } = this.said(texts);
    Object.assign(element, { textContent: text, lang: tag, dir });
  }

  #linked(link) {
    this.link = marks.link = link;
    this.tell('link', link);
    this.#turned();
  }

  /* Another position, the words of another song, or the line is another than it was. */
  #turned() {
    const { position } = this, entry = this.#entry;
    if (this.state) marks.state = this.state;
    if (position) Object.assign(marks, { entry: position.entry || '', number: position.number });
    const hue = String(entry?.hue ?? this.hue);
    if (marks.hue !== hue) marks.hue = hue;
    this.tell('position', position);
    this.#look();
  }

  /* What is to be seen at this moment; while the clock runs, at each frame. */
  #look() {
    cancelAnimationFrame(this.#frame);
    const { position, song } = this.follower, entry = this.#entry, where = this.follower.where();
    const view = viewOf({ link: this.link, position, song, where });
    const key = [view, entry?.id, Boolean(song)].join();
    if (key !== this.#view) {
      this.#view = key;
      this.tell('view', { view, entry, song, position });
    }
    if (view === 'sing') this.#sing({ position, entry, song, where }); else { marks.line = ''; marks.word = ''; }
    if (position?.state === 'run') this.#frame = requestAnimationFrame(() => this.#look());
  }

  #sing({ position, entry, song, where: { step, line, at } }) {
    const byClock = position.state !== 'hand';
    this.lines.turn({ song, entry: entry.id, order: position.order, step, line, at, byClock, title: this.said(entry.title) });
    if (marks.line !== String(line)) { marks.line = line; marks.word = ''; }
    const lit = this.lines.draw?.(at);
    if (lit) marks.word = lit.k;
  }
}
customElements.define('aqyn-live', AqynLive);
