/* <aqyn-live-signal>: whether this page is with the hall: one lozenge and one or two words. */
class AqynLiveSignal extends HTMLElement {
  connectedCallback() {
    this.live = this.closest('aqyn-live');
    this.said = this.querySelector('.said');
    for (const name of ['link', 'position']) this.live.hear(name, () => this.#show());
    this.live.hear('place', place => this.#count(this.place = place));
    this.live.hear('view', ({ view }) => { this.view = view; this.#count(this.place); });
  }

  #show() {
    const { link, state } = this.live, going = state && state !== 'shut' && state !== 'end';
    const text = link === 'lost' && state ? this.dataset.lost : going ? this.dataset.live : this.dataset.title;
    if (this.said.textContent !== text) this.said.textContent = text;
    this.classList.toggle('out', link !== 'live' && link !== 'end');
  }

  #count(place) {
    this.querySelector('.count').textContent = this.view === 'sing' && place?.of ? `${place.place + 1} / ${place.of}` : '';
  }
}
customElements.define('aqyn-live-signal', AqynLiveSignal);
