/* <aqyn-before-hall>: who waits at the door; once the hall is opened, by whomever, the console itself. */
import { Own } from './own.js';

class BeforeHall extends HTMLElement {
  connectedCallback() {
    const phones = this.querySelector('[data-part=phones]');
    this.source = new EventSource(`${this.dataset.events}?key=${new Own(this.dataset.show).key}`);
    this.source.addEventListener('desk', ({ data }) => {
      const told = JSON.parse(data);
      if (told.open) { this.source.close(); location.reload(); return; }
      if (!told.phones) return;
      const { one, many } = phones.dataset;
      phones.textContent = told.phones === 1 ? one : many.replace('{n}', told.phones.toLocaleString(document.documentElement.lang));
    });
  }

  disconnectedCallback() { this.source?.close(); }
}
customElements.define('aqyn-before-hall', BeforeHall);
