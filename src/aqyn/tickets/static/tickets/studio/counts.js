/* The numbers of a sale, told anew every few seconds while somebody looks at them. */
import { light } from '../../ui/js/teeth.js';

const EVERY_MS = 4000;

class Counts extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    this.#next();
    document.addEventListener('visibilitychange', this.#seen);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#seen);
  }

  #seen = () => {
    if (!document.hidden) this.#ask();
  };

  #next() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), EVERY_MS);
  }

  async #ask() {
    if (!document.hidden) {
      try {
        const answer = await fetch(this.dataset.from, { headers: { Accept: 'application/json' } });
        if (answer.ok) this.#show(await answer.json());
      } catch {
        // Without a network the page stays as it was; the next time tells.
      }
    }
    if (this.isConnected) this.#next();
  }

  #show({ counts, shares }) {
    for (const place of this.querySelectorAll('[data-count]')) {
      const told = String(counts[place.dataset.count] ?? place.textContent);
      if (place.textContent !== told) place.textContent = told;
    }
    for (const bar of this.querySelectorAll('[data-share]')) {
      if (bar.dataset.share in shares) light(bar.querySelector('.teeth'), shares[bar.dataset.share]);
    }
  }
}

customElements.define('aqyn-counts', Counts);
