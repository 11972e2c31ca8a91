/* The setlist beside the song, as the house wrote it into the page: choose, and see what comes after. */
export class Side {
  #desk; #list;

  constructor(desk, list) {
    this.#desk = desk;
    this.#list = list;
    list.addEventListener('click', event => {
      const entry = event.target.closest('button')?.closest('[data-entry]')?.dataset.entry;
      if (entry) desk.press({ do: 'choose', entry: +entry });
    });
  }

  #item(entry) { return this.#list.querySelector(`[data-entry="${entry}"]`); }

  is(entry, kind) { return this.#item(entry)?.dataset.kind === kind; }
  knows(entry) { return !entry || this.#item(entry) !== null; }

  /** Of an entry: its hue, its beats a minute (0 where nobody told them), the crew's note. */
  of(entry) {
    const item = this.#item(entry), { hue = '', bpm = 0 } = item?.dataset ?? {};
    return { hue, bpm: +bpm, note: item?.querySelector('.crew-note')?.textContent ?? '' };
  }

  /** Its title in the page's language, as an element, or null. */
  title(entry) {
    const title = this.#item(entry)?.querySelector('.title');
    return title ? title.cloneNode(true) : null;
  }

  /** The entry after this one, the first where none is chosen, 0 after the last. */
  after(entry) {
    const all = [...this.#list.querySelectorAll('[data-entry]')].map(item => +item.dataset.entry);
    return all[entry ? all.indexOf(entry) + 1 || all.length : 0] ?? 0;
  }

  show(entry) {
    for (const item of this.#list.querySelectorAll('[aria-current]')) item.removeAttribute('aria-current');
    const item = this.#item(entry);
    item?.setAttribute('aria-current', 'true');
    item?.scrollIntoView({ block: 'nearest' });
  }
}
