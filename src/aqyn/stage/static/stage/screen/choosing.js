/* <aqyn-screen-choosing>: what is chosen for a screen is seen at once in its small picture, and in its address. */
import { fit } from '../hall/fit.js';

class AqynScreenChoosing extends HTMLElement {
  #asked = 0;

  connectedCallback() {
    this.form = this.querySelector('form');
    this.querySelector('[data-act="show"]').closest('p').hidden = true;
    new ResizeObserver(() => this.#fit()).observe(this);
    this.form.addEventListener('change', () => this.#show());
    this.form.addEventListener('submit', event => { event.preventDefault(); this.#show(); });
  }

  /* As on the screen itself: as large as there is room. */
  #fit() {
    const room = this.querySelector('.picture .lines');
    if (room) fit(room.firstElementChild, room);
  }

  async #show() {
    if (!this.form.reportValidity()) return;
    const asked = ++this.#asked, address = `?${new URLSearchParams(new FormData(this.form))}`;
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${answer.status}`);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (asked !== this.#asked) return;
      this.querySelector('.set').replaceWith(document.adoptNode(page.querySelector('aqyn-screen-choosing .set')));
      this.#fit();
      history.replaceState(null, '', address);
    } catch {
      location.search = address;   // the house will say itself what is wrong
    }
  }
}
customElements.define('aqyn-screen-choosing', AqynScreenChoosing);
