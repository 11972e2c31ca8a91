/* <aqyn-fresh>: what it holds is asked for anew every few seconds while somebody looks and nobody is about to press. */
const EVERY = 8_000;

class AqynFresh extends HTMLElement {
  connectedCallback() { this.timer = setInterval(() => this.look(), EVERY); }

  disconnectedCallback() { clearInterval(this.timer); }

  async look() {
    if (document.hidden || this.contains(document.activeElement) || this.matches(':hover')) return;
    try {
      const answer = await fetch(location.pathname, { signal: AbortSignal.timeout(EVERY) });
      if (!answer.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('aqyn-fresh');
      if (fresh && fresh.innerHTML !== this.innerHTML) this.replaceChildren(...fresh.childNodes);
    } catch { /* the house cannot be reached: what was seen stays */ }
  }
}
customElements.define('aqyn-fresh', AqynFresh);
