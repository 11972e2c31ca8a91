/* The setlist beside the song, as the house wrote it into the page: choose, and see what comes after. Others of the crew may
   change it meanwhile. */
const EVERY = 30_000;   // ms between looks at it
export class Side {
  #desk; #list; #written;

  constructor(desk, list) {
    this.#desk = desk;
    this.#list = list;
    this.#written = list.innerHTML;
    list.addEventListener('click', event => {
      const entry = event.target.closest('button')?.closest('[data-entry]')?.dataset.entry;
      if (entry) desk.press({ do: 'choose', entry: +entry });
    });
    setInterval(() => this.refresh(), EVERY);
    document.addEventListener('visibilitychange', () => this.refresh());
  }

  #item(entry) { return this.#list.querySelector(`[data-entry="${entry}"]`); }

  is(entry, kind) { return this.#item(entry)?.dataset.kind === kind; }
  knows(entry) { return !entry || this.#item(entry) !== null; }

  /** Of an entry: its hue, its beats a minute (0 where nobody told them), the crew's note. */
  of(entry) {
    const item = this.#item(entry), { of: hue = '', bpm = 0 } = item?.dataset ?? {};
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

  /** Fetch it anew. */
  async refresh() {
    if (document.hidden) return;
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-part=side]');
    if (!fresh || fresh.innerHTML === this.#written) return;
    this.#written = fresh.innerHTML;
    this.#list.replaceChildren(...document.adoptNode(fresh).childNodes);
    this.#desk.listed();
  }

  show(entry) {
    for (const item of this.#list.querySelectorAll('[aria-current]')) item.removeAttribute('aria-current');
    const item = this.#item(entry);
    item?.setAttribute('aria-current', 'true');
    item?.scrollIntoView({ block: 'nearest' });
  }
}
