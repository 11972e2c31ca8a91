/* <aqyn-lyrics>: the words. Writes the chosen layers into the page's lines; a tap, or Enter, on a line sings from there. */
import { write } from './rows.js';
import { Singing } from './singing.js';

class AqynLyrics extends HTMLElement {
  async connectedCallback() {
    this.song = this.closest('aqyn-song');
    this.list = this.querySelector('.lyrics');
    this.song.hear('choice', () => this.#show());
    try { this.score = await this.song.score; } catch { return; } finally { this.classList.add('ready'); }
    if (this.song.audio && this.score.timed) {
      this.singing = new Singing(this);
      this.addEventListener('click', event => this.#tapped(event));
      // A tap sings; it does not take the keyboard away from where it was.
      this.addEventListener('mousedown', event => { if (event.target.closest('.line')) event.preventDefault(); });
      this.addEventListener('keydown', event => this.#walk(event));
      this.song.hear('line', ({ i }) => this.#rove(i));
    }
    if (this.singing || this.#chosenOther()) this.#show();
  }

  #chosenOther() {
    return this.song.choice.main !== this.song.dataset.main || this.song.choice.under !== this.song.dataset.under;
  }

  /* Writes every line in the chosen layers; a line that a layer lacks shows the song's own words. */
  #show() {
    if (!this.score) return;
    const { main, under } = this.song.choice, { score } = this;
    this.list.dir = score.layer(main)?.dir ?? 'ltr';
    for (const part of this.list.querySelectorAll('.part')) part.lang = main;
    this.lines = score.lines.map(line => {
      const item = this.list.querySelector(`[data-line="${line.id}"]`);
      const read = score.reading(line, main) ?? score.reading(line, score.main);
      return { item, rows: write(item, read, score.reading(line, under), Boolean(this.singing) && line.start !== null) };
    });
    this.singing?.sing(this.lines);
    if (this.singing) this.#rove(this.singing.i);
  }

  #tapped(event) {
    const item = event.target.closest('.line');
    if (item && getSelection().type !== 'Range') this.singing.jump(this.score.byId.get(item.dataset.line));
  }

  /* One stop for the Tab key in the whole song; up and down walk its lines. */
  #walk(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key], here = event.target.closest('.line');
    if (!by || !here || !event.target.matches('.main')) return;
    event.preventDefault();
    this.lines[this.score.byId.get(here.dataset.line) + by]?.rows[0].element.focus();
  }

  #rove(i) {
    this.lines.forEach((line, j) => {
      const button = line.rows[0].element, tab = j === Math.max(0, i) ? 0 : -1;
      if (button.tabIndex !== tab) button.tabIndex = tab;
    });
  }
}
customElements.define('aqyn-lyrics', AqynLyrics);
