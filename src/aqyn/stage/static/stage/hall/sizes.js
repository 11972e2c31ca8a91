/* <aqyn-live-sizes>: how large the words are, kept in this browser alone under `data-kept`. */
class AqynLiveSizes extends HTMLElement {
  connectedCallback() {
    this.live = this.closest('aqyn-live');
    this.sizes = this.dataset.sizes.split(' ').map(Number);
    this.#set(read(this.dataset.kept) ?? this.sizes.indexOf(1));
    this.addEventListener('click', event => {
      const pressed = event.target.closest('button[data-by]');
      if (!pressed || pressed.getAttribute('aria-disabled') === 'true') return;
      this.#set(this.at + Number(pressed.dataset.by));
      try { localStorage.setItem(this.dataset.kept, this.at); } catch { /* storage is closed: it holds till they leave */ }
    });
  }

  #set(at) {
    const last = this.sizes.length - 1;
    this.at = Math.min(last, Math.max(0, Number.isInteger(at) ? at : this.sizes.indexOf(1)));
    // Not disabled: that would take the keyboard away from where it is.
    for (const one of this.querySelectorAll('button[data-by]')) {
      one.setAttribute('aria-disabled', this.at === (one.dataset.by < 0 ? 0 : last));
    }
    this.live.style.setProperty('--size', this.sizes[this.at]);
    this.live.tell('size', this.sizes[this.at]);
  }
}

function read(kept) {
  try { return JSON.parse(localStorage.getItem(kept)); } catch { return null; }
}
customElements.define('aqyn-live-sizes', AqynLiveSizes);
