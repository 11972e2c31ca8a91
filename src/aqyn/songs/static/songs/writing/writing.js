/* <aqyn-writing>: the words of a song as they are being written, with what the house reads in them beside each
   line. What keeps them is keeper.js; what draws them, sheet.js. */
import { differ } from './differ.js';
import { Draft } from './draft.js';
import { join } from './joining.js';
import { Keeper } from './keeper.js';
import { Sheet } from './sheet.js';
import { tidy } from './tidy.js';

const LAYER = 'aqyn-writing-layer';

class Writing extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form');
    this.editor = this.querySelector('textarea');
    this.texts = this.querySelector('[data-texts]').dataset;
    this.sheet = new Sheet(this.querySelector('.drawn'), this.editor);
    this.keeper = new Keeper(this, new Draft(this.dataset.song), this.dataset.to);
    this.#layers();
    this.editor.addEventListener('input', (event) => this.#typed(event));
    for (const name of ['select', 'keyup', 'pointerup', 'focus']) this.editor.addEventListener(name, () => this.#stand());
    this.form.addEventListener('submit', () => this.keeper.jot());
    this.classList.add('ready');
    addEventListener('resize', () => this.sheet.fit());
    this.sheet.draw();
    this.keeper.open();
  }

  get text() { return this.editor.value; }
  get base() { return this.form.elements.base.value; }
  set base(text) { this.form.elements.base.value = text; }
  get layer() { return this.form.elements.layer.value; }

  /* Words that this browser kept and the house did not have. */
  take({ base, text }) {
    this.base = base;
    this.join(text);
    this.found = true;
  }

  join(text) {
    join(this.editor, text);
    this.sheet.draw();
    this.#stand();
  }

  stands(told, text) {
    this.querySelector('.differ')?.remove();
    if (text !== null) {
      const { dataset } = this.form.querySelector('[name=layer]:checked');
      this.sheet.show(told.reading, text, { tag: this.layer, dir: dataset.dir ?? '' });
      this.#faults(told.reading.faults);
      this.#stand();
    }
    this.querySelector('.keepbar a').hidden = !told.pending;
    const said = this.found ? 'found' : told.joined ? 'joined' : told.pending ? 'kept' : 'words';
    if (!this.keeper.pending) this.say(said);
  }

  async differs(told) {
    this.say('', told.title);
    this.#choose(true);
    const text = await differ(this, told);
    this.#choose(false);
    this.base = told.theirs;
    this.join(text);
    this.editor.focus();
    this.keeper.save();
  }

  /* A state that the page has words for, or a sentence of the house. */
  say(state, sentence = '') {
    const said = sentence || this.texts[state];
    const line = this.querySelector('.keepbar .said');
    if (line.textContent !== said) line.textContent = said;
    this.querySelector('.keepbar .lozenge').classList.toggle('lit', !this.keeper.pending);
    this.dataset.state = state || 'refused';
  }

  #choose(on) {
    this.choosing = this.editor.readOnly = on;
    this.classList.toggle('choosing', on);
  }

  #typed({ isComposing }) {
    this.found = false;
    if (!isComposing) tidy(this.editor);
    this.sheet.draw();
    this.#stand();
    this.querySelector('.keepbar .lozenge').classList.remove('lit');
    this.dataset.state = 'typing';
    this.keeper.typed();
  }

  #layers() {
    const choices = this.querySelector('.beside');
    choices.hidden = false;
    const kept = remembered();
    for (const choice of choices.querySelectorAll('input')) if (choice.value === kept) choice.checked = true;
    choices.addEventListener('change', () => {
      try { localStorage.setItem(LAYER, this.layer); } catch { /* it holds for this page alone */ }
      this.#show();
      this.sheet.fit();
      this.keeper.save();
    });
    this.#show();
  }

  #show() {
    this.classList.toggle('alone', !this.layer);
  }

  #stand() {
    const { n, read } = this.sheet.stand();
    const said = [this.texts.here.replace('%(line)s', n)];
    if (read?.syllables) said.push(this.texts.syllables.replace('%(n)s', read.syllables));
    if (read?.rhyme && read.rhyme !== '-') said.push(this.texts.rhyme.replace('%(letter)s', read.rhyme));
    if (read?.mark === 'written') said.push(this.texts.written);
    this.querySelector('#here').textContent = said.join(' · ');
  }

  #faults(faults) {
    this.querySelector('.faults').replaceChildren(...faults.map((sentence) => {
      const item = document.createElement('li');
      item.textContent = sentence;
      return item;
    }));
  }
}

function remembered() {
  try { return localStorage.getItem(LAYER); } catch { return null; }
}

customElements.define('aqyn-writing', Writing);
