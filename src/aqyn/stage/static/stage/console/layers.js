/* In which script, or translation, this console reads the words: its own choice, kept in this browser. */
import { toSing } from '../hall/texts.js';

const KEPT = 'aqyn-console-layer';

export class Layers {
  #select; #wanted; #kept = '';

  constructor(select, wanted, chosen) {
    this.#select = select;
    this.#wanted = wanted;
    try { this.#kept = localStorage.getItem(KEPT) ?? ''; } catch { /* storage is closed: it holds for this page alone */ }
    select.addEventListener('change', () => {
      this.#kept = select.value;
      try { localStorage.setItem(KEPT, this.#kept); } catch { /* as above */ }
      chosen();
    });
  }

  get tag() { return this.#select.value; }

  /** Offer the layers of a song: the one that was chosen, else what is sung in a script of the reader's, else as written. */
  offer(song) {
    const layers = toSing(song?.layers ?? []);
    this.#select.replaceChildren(...layers.map(({ tag, name, dir }) => Object.assign(document.createElement('option'), { value: tag, lang: tag, dir, textContent: name })));
    this.#select.parentElement.hidden = layers.length < 2;
    if (!song) return;
    const sung = this.#wanted.find(tag => song.layer(tag) && song.layer(tag).kind !== 'translation');
    this.#select.value = layers.find(layer => layer.tag === this.#kept)?.tag ?? sung ?? song.main;
  }
}
