/* <aqyn-live-choice>: in which script or translation, and what beneath it. Of all the layers that tonight's songs have; the
   choice is the one of the songs' own pages, and stays in this browser alone. */
import { toSing } from './texts.js';

const KEPT = 'aqyn-words';

class AqynLiveChoice extends HTMLElement {
  #layers = [];

  connectedCallback() {
    this.live = this.closest('aqyn-live');
    this.addEventListener('click', event => this.#click(event));
    this.addEventListener('keydown', event => { if (event.key === 'Escape') this.#close(true); });
    document.addEventListener('pointerdown', event => { if (!event.target.closest('.beneath')) this.#close(false); });
    this.live.hear('layers', layers => this.#offer(layers));
  }

  #offer(layers) {
    // The list is loaded anew when the hall opens: what was chosen stays, and so does the focus.
    if (JSON.stringify(layers) === JSON.stringify(this.#layers)) return;
    this.#layers = layers;
    const kept = read(), mains = toSing(layers), among = (some, tag) => some.some(layer => layer.tag === tag);
    const { main, under } = this.#usual();
    const now = among(mains, kept.main) ? kept.main : main;
    this.querySelector('.scripts').replaceChildren(...mains.map(layer => button(layer, 'main', short(layer))));
    const list = this.querySelector('ul'), nothing = list.querySelector('[data-under="none"]').parentElement;
    list.replaceChildren(...layers.map(layer => item(button(layer, 'under', this.#name(layer)))), nothing);
    this.querySelector('.beneath').hidden = layers.length < 2;
    this.#choose(now, among(layers, kept.under) || kept.under === 'none' ? kept.under : under);
  }

  /* A script of the words that the reader reads, and beneath it the translation into their language, if there is one. */
  #usual() {
    const own = this.#layers.filter(layer => layer.kind !== 'translation'), { wanted } = this.live;
    const main = wanted.map(tag => own.find(layer => layer.tag === tag)).find(Boolean) ?? this.#layers[0];
    const language = wanted[0]?.split('-')[0];
    const under = this.#layers.find(layer => layer.kind === 'translation' && layer.tag.split('-')[0] === language);
    return { main: main?.tag, under: under?.tag ?? 'none' };
  }

  /* A translation whose name another layer has says that it is one. */
  #name(layer) {
    const taken = layer.kind === 'translation' && this.#layers.some(other => other !== layer && other.name === layer.name);
    return taken ? `${layer.name} · ${this.dataset.translation}` : layer.name;
  }

  #click(event) {
    const pressed = event.target.closest('button[data-main], button[data-under]');
    if (!pressed) return;
    const { main, under } = this.live.choice;
    if (pressed.dataset.main) this.#choose(pressed.dataset.main, pressed.dataset.main === under ? main : under);
    else { this.#choose(main, pressed.dataset.under); this.#close(true); }
    try { localStorage.setItem(KEPT, JSON.stringify(this.live.choice)); } catch { /* storage is closed: it holds till they leave */ }
  }

  #choose(main, under) {
    const choice = { main, under: under === main ? 'none' : under };
    for (const one of this.querySelectorAll('button[data-main]')) one.setAttribute('aria-pressed', one.dataset.main === main);
    for (const one of this.querySelectorAll('button[data-under]')) {
      one.setAttribute('aria-pressed', one.dataset.under === choice.under);
      one.parentElement.hidden = one.dataset.under === main;
    }
    this.querySelector('.beneath').classList.toggle('chosen', choice.under !== 'none');
    this.live.choose(choice);
  }

  #close(focus) {
    const open = this.querySelector('details[open]');
    if (!open) return;
    open.open = false;
    if (focus) open.querySelector('summary').focus();
  }
}

/* Қаз, Qaz, قاز; RU, EN. */
function short({ kind, tag, name }) { return kind === 'translation' ? tag.split('-')[0].toUpperCase() : [...name].slice(0, 3).join(''); }

function button(layer, kind, text) {
  const made = document.createElement('button');
  const said = document.createElement('bdi');
  Object.assign(said, { lang: layer.tag, dir: layer.dir, textContent: text });
  made.type = 'button';
  made.append(said);
  made.dataset[kind] = layer.tag;
  if (text !== layer.name) Object.assign(made, { lang: layer.tag, ariaLabel: layer.name });
  return made;
}

function item(content) {
  const made = document.createElement('li');
  made.append(content);
  return made;
}

function read() {
  try { return JSON.parse(localStorage.getItem(KEPT)) ?? {}; } catch { return {}; }
}
customElements.define('aqyn-live-choice', AqynLiveChoice);
