/* <aqyn-screen-signal>: a small dim lozenge in the corner, for the crew alone, once the house has not been heard for a while. */
const AFTER = 10_000;   // ms: until then the song goes on by the clock, and nobody need know

class AqynScreenSignal extends HTMLElement {
  #late = 0;

  connectedCallback() {
    this.closest('aqyn-live').hear('link', link => {
      const away = link === 'lost' || link === 'full';
      if (!away) { clearTimeout(this.#late); this.#late = 0; this.classList.remove('lost'); return; }
      this.#late ||= setTimeout(() => this.classList.add('lost'), AFTER);
    });
  }
}
customElements.define('aqyn-screen-signal', AqynScreenSignal);
