/* Dragging an entry of the setlist by its number, with a mouse or a finger. Escape leaves it where it was. */
export class Dragging {
  #row = null; #home = null; #down = false; #waiting = [];

  constructor(list) {
    this.list = list;
    list.addEventListener('pointerdown', event => this.#take(event));
    list.addEventListener('pointermove', event => this.#carry(event));
    for (const name of ['pointerup', 'pointercancel']) addEventListener(name, event => this.#drop(event));
    addEventListener('keydown', event => { if (event.key === 'Escape' && this.#row) this.#let(true); });
  }

  /** Once no button of the mouse is down: what is drawn anew would otherwise lose the press. */
  released() {
    return this.#down ? new Promise(done => this.#waiting.push(done)) : Promise.resolve();
  }

  #take(event) {
    this.#down = true;
    const handle = event.button === 0 && event.target.closest('[data-drag]');
    if (!handle) return;
    event.preventDefault();
    this.#row = handle.closest('[data-entry]');
    this.#home = this.#row.nextElementSibling;
    this.#row.classList.add('held');
    this.list.setPointerCapture(event.pointerId);
  }

  #carry(event) {
    if (!this.#row) return;
    const others = [...this.#row.parentElement.children].filter(row => row !== this.#row);
    const after = others.find(row => {
      const box = row.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    if (after !== this.#row.nextElementSibling) this.#put(after ?? null);
    const edge = 80;
    if (event.clientY < edge) scrollBy(0, -12);
    else if (event.clientY > innerHeight - edge) scrollBy(0, 12);
  }

  #put(before) {
    this.#row.parentElement.insertBefore(this.#row, before);
    [...this.#row.parentElement.children].forEach((row, n) => { row.querySelector('.place').textContent = n + 1; });
  }

  #drop(event) {
    // A click comes after the button was let go.
    setTimeout(() => {
      this.#down = false;
      this.#waiting.splice(0).forEach(done => done());
    });
    if (this.#row) this.#let(event.type === 'pointercancel');
  }

  #let(back) {
    const row = this.#row, moved = row.nextElementSibling !== this.#home;
    if (back) this.#put(this.#home);
    row.classList.remove('held');
    this.#row = null;
    if (back || !moved) return;
    const form = this.list.querySelector('.dragged');
    form.elements.order.value = [...row.parentElement.children].map(one => one.dataset.entry).join(' ');
    this.list.send(form);
    this.list.tell(row);
  }
}
