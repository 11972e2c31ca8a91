/* <aqyn-countdown data-seconds="540">: how long places are still held. When it is over the page says so itself. */

class Countdown extends HTMLElement {
  connectedCallback() {
    this.end = performance.now() + Number(this.dataset.seconds) * 1000;
    this.timer = setInterval(() => this.show(), 500);
    this.show();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const left = Math.max(0, Math.ceil((this.end - performance.now()) / 1000));
    this.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    if (left) return;
    clearInterval(this.timer);
    location.reload();
  }
}

customElements.define('aqyn-countdown', Countdown);
