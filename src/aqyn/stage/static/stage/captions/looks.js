/* <aqyn-captions-looks>: colours and letters of the captions. Kept in this browser alone. */
const KEPT = 'aqyn-captions-looks';

class AqynCaptionsLooks extends HTMLElement {
  connectedCallback() {
    this.#choose(read());
    this.addEventListener('click', event => {
      const pressed = event.target.closest('button');
      if (!pressed) return;
      this.#choose(pressed.dataset);
      try { localStorage.setItem(KEPT, JSON.stringify(this.looks)); } catch { /* storage is closed: it holds till they leave */ }
    });
  }

  #choose(chosen) {
    this.looks ??= { colours: 'night', letters: 'plain' };
    for (const name in this.looks) {
      const offered = [...this.querySelectorAll(`[data-${name}]`)].map(one => one.dataset[name]);
      if (offered.includes(chosen[name])) this.looks[name] = chosen[name];
      document.documentElement.dataset[name] = this.looks[name];
      for (const one of this.querySelectorAll(`[data-${name}]`)) one.setAttribute('aria-pressed', one.dataset[name] === this.looks[name]);
    }
  }
}

function read() {
  try { return JSON.parse(localStorage.getItem(KEPT)) ?? {}; } catch { return {}; }
}
customElements.define('aqyn-captions-looks', AqynCaptionsLooks);
