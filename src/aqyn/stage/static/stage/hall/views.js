/* <aqyn-live-views>: shows the one view that is told of, and writes into it what it is about: the song to come, its cause. */
class AqynLiveViews extends HTMLElement {
  #entry = 0; #late = 0;

  connectedCallback() {
    this.live = this.closest('aqyn-live');
    this.mark = this.querySelector('[data-mark]');
    this.usual = [...this.mark.childNodes];
    this.live.hear('view', told => this.#show(told));
    this.live.hear('choice', () => this.#name());
  }

  #show(told) {
    this.told = told;
    for (const view of this.children) {
      const seen = view.dataset.view === told.view;
      view.classList.toggle('seen', seen);
      if (seen) view.scrollTop = 0;
    }
    this.#name();
    this.#await(told);
  }

  #name() {
    const { view, entry, song } = this.told ?? {};
    if (view === 'wait' && entry) this.#next(entry);
    if (view === 'cause') this.#cause(song.cause);
  }

  #next(entry) {
    const view = this.querySelector('[data-view="wait"]');
    this.live.say(view.querySelector('[data-title]'), entry.title);
    view.querySelector('[data-encore]').hidden = !entry.encore;
    view.querySelector('[data-talk]').hidden = entry.kind !== 'talk';
    if (this.#entry === entry.id) return;
    this.#entry = entry.id;
    this.mark.replaceChildren(...(entry.song ? [ornament(this.dataset.ornament.replace('/-/', `/${entry.song}/`))] : this.usual));
  }

  #cause({ title, text, partner, link }) {
    const view = this.querySelector('[data-view="cause"]');
    this.live.say(view.querySelector('[data-title]'), title);
    this.live.say(view.querySelector('[data-text]'), text);
    view.querySelector('[data-name]').textContent = partner;
    view.querySelector('[data-partner]').hidden = !partner;
    const away = view.querySelector('[data-link]');
    away.hidden = !link;
    if (link) away.href = link;
  }

  /* Words that are slow to come are tried for again (setlist.js); after a while the guest is told. */
  #await({ view, entry, song, position }) {
    const note = this.querySelector('[data-late]');
    clearTimeout(this.#late);
    note.hidden = true;
    const wanted = view === 'wait' && entry?.kind !== 'talk' && !song && position.state !== 'wait';
    if (wanted) this.#late = setTimeout(() => { note.hidden = false; }, 1500);
  }
}

function ornament(address) {
  const image = new Image();
  Object.assign(image, { alt: '', src: address, width: 192, height: 192 });
  return image;
}
customElements.define('aqyn-live-views', AqynLiveViews);
