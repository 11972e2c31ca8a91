/* <door-sell>: places sold at the door. With a network the house sells them; without one, what was taken along is sold. */
import { made, money, said, say } from './texts.js';

class DoorSell extends HTMLElement {
  #counts = new Map();

  connectedCallback() {
    this.dialog = this.querySelector('dialog');
    this.querySelector('.shut').addEventListener('click', () => this.dialog.close());
    for (const button of this.querySelectorAll('[data-way]')) button.addEventListener('click', () => this.#sell(button.dataset.way));
    this.querySelector('.along').addEventListener('submit', event => { event.preventDefault(); this.#along(); });
  }

  open(door) {
    this.door = door;
    this.#counts.clear();
    this.#tell('');
    this.draw();
    this.dialog.showModal();
  }

  /** Draw it anew: what is left may have changed. */
  draw() {
    const { roll, online } = this.door, types = roll.types.filter(type => !type.guests && (type.sold || type.stock > 0));
    this.querySelector('.types').replaceChildren(...types.map(type => this.#row(type, online)));
    this.querySelector('.none').hidden = types.length > 0;
    this.querySelector('.alone').hidden = online;
    const total = [...this.#counts].reduce((sum, [id, count]) => sum + count * this.#price(types.find(type => type.id === id)), 0);
    const some = [...this.#counts.values()].some(count => count > 0);
    for (const button of this.querySelectorAll('[data-way]')) {
      button.disabled = !some;
      button.querySelector('bdi').textContent = some && roll.currency ? money(total, roll.currency) : '';
    }
    const along = this.querySelector('.along');
    along.hidden = !online;
    along.querySelector('.fields').replaceChildren(...types.map(type => this.#field(type)));
  }

  #price(type) { return this.door.online ? type.price : type.at; }
  #left(type, online) { return Math.max(0, online ? type.left : type.stock); }

  #row(type, online) {
    const row = made('li', 'type'), left = this.#left(type, online), count = this.#counts.get(type.id) ?? 0;
    const name = made('span', 'grow');
    name.append(said('span', 'voice', type.name, type.tag), made('span', 'quiet num', `${money(this.#price(type), this.door.roll.currency)} · ${say(online ? 'left_here' : 'left_with_you', { n: left })}`));
    row.append(name, this.#step(type, -1, count < 1), made('output', 'num', String(count)), this.#step(type, 1, count >= left));
    return row;
  }

  #step(type, by, off) {
    const button = made('button', 'step', by < 0 ? '−' : '+', { type: 'button', 'aria-label': say(by < 0 ? 'one_less' : 'one_more', { type: type.name }) });
    button.disabled = off;
    button.addEventListener('click', () => { this.#counts.set(type.id, (this.#counts.get(type.id) ?? 0) + by); this.draw(); });
    return button;
  }

  #field(type) {
    const label = made('label', 'field');
    const input = made('input', '', '', { type: 'number', min: '0', max: '100', inputmode: 'numeric', name: String(type.id) });
    input.value = String(Math.max(0, type.stock));
    label.append(said('span', '', type.name, type.tag), input);
    return label;
  }

  async #sell(way) {
    const counts = [...this.#counts].filter(([, count]) => count > 0);
    if (!counts.length) return;
    this.#counts.clear();
    this.dialog.close();
    await this.door.sell(counts, way);
  }

  async #along() {
    const counts = [...this.querySelectorAll('.along input')].map(input => [Number(input.name), Math.max(0, Math.floor(Number(input.value) || 0))]);
    this.#tell(await this.door.takeAlong(counts));
    this.draw();
  }

  #tell(text) { this.querySelector('.told').textContent = text; }
}
customElements.define('door-sell', DoorSell);
