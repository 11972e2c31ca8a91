/* <aqyn-live-notice>: the crew's text. It comes by its number; what it says is fetched, and tried for until it is here. */
import { fit } from './fit.js';

class AqynLiveNotice extends HTMLElement {
  #number = 0;

  connectedCallback() {
    this.live = this.closest('aqyn-live');
    this.said = this.firstElementChild;
    this.live.hear('position', position => this.#show(position?.notice ?? 0));
    this.live.hear('size', () => this.#fit());
    new ResizeObserver(() => this.#fit()).observe(this);
  }

  async #show(number) {
    if (number === this.#number) return;
    this.#number = number;
    this.said.textContent = '';
    const notice = number && await this.live.follower.setlist.notice(number);
    if (!notice || number !== this.#number) return;
    Object.assign(this.said, { textContent: notice.text, lang: notice.lang, dir: notice.dir });
    this.#fit();
  }

  #fit() { if (this.said.textContent) fit(this.said, this); }
}
customElements.define('aqyn-live-notice', AqynLiveNotice);
