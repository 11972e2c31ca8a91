/* <aqyn-live-notice>: the crew's text. It comes by its number; what it says is fetched, and tried for until it is here. */
class AqynLiveNotice extends HTMLElement {
  #number = 0;

  connectedCallback() {
    this.live = this.closest('aqyn-live');
    this.live.hear('position', position => this.#show(position?.notice ?? 0));
  }

  async #show(number) {
    if (number === this.#number) return;
    this.#number = number;
    const said = this.firstElementChild;
    said.textContent = '';
    const notice = number && await this.live.follower.setlist.notice(number);
    if (notice && number === this.#number) Object.assign(said, { textContent: notice.text, lang: notice.lang, dir: notice.dir });
  }
}
customElements.define('aqyn-live-notice', AqynLiveNotice);
