/* <aqyn-choice>: which script or translation, and what beneath it. Plain links to the server; here they change the words
   in place, keep the address right, and leave the choice in this browser alone. */
const KEPT = 'aqyn-words';

class AqynChoice extends HTMLElement {
  async connectedCallback() {
    this.song = this.closest('aqyn-song');
    this.addEventListener('click', event => this.#click(event));
    this.addEventListener('keydown', event => { if (event.key === 'Escape') this.#close(true); });
    document.addEventListener('pointerdown', event => { if (!event.target.closest('.under-choice')) this.#close(false); });
    let score;
    try { score = await this.song.score; } catch { return; }
    const kept = 'remembered' in document.documentElement.dataset ? this.#kept() : null;
    if (!kept) return;
    const known = tag => Boolean(score.layer(tag));
    const main = known(kept.main) ? kept.main : this.song.choice.main;
    const under = known(kept.under) || kept.under === 'none' ? kept.under : this.song.choice.under;
    if (main !== this.song.choice.main || under !== this.song.choice.under) this.#choose(main, under === main ? 'none' : under);
  }

  #click(event) {
    const link = event.target.closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (this.song.dataset.words === 'unlit') return;    // the words did not come: the server shows its own
    event.preventDefault();
    const { main, under } = this.song.choice;
    if (link.dataset.main) {
      const to = link.dataset.main;
      this.#choose(to, to === under ? main : under);    // two stay two: they change places
    } else {
      this.#choose(main, link.dataset.under);
      this.#close(true);
    }
    this.#keep();
    history.replaceState(history.state, '', this.querySelector('a[data-main][aria-current]').href);
  }

  #choose(main, under) {
    this.song.choice = { main, under };
    for (const link of this.querySelectorAll('a')) {
      const chosen = link.dataset.main ? link.dataset.main === main : link.dataset.under === under;
      if (chosen) link.setAttribute('aria-current', 'true'); else link.removeAttribute('aria-current');
      if (link.dataset.under) link.parentElement.hidden = link.dataset.under === main;
    }
    this.#addresses(under);
    const link = this.querySelector('a[data-under][aria-current]'), chosen = this.querySelector('.chosen');
    if (link && chosen) {
      chosen.textContent = link.textContent;
      for (const name of ['lang', 'dir']) if (link.hasAttribute(name)) chosen.setAttribute(name, link.getAttribute(name)); else chosen.removeAttribute(name);
    }
    this.song.tell('choice', this.song.choice);
  }

  /* Every link says where it leads from here, for whoever opens it in a new tab. */
  #addresses(under) {
    const place = this.querySelector('a[data-main][aria-current]').pathname;
    for (const link of this.querySelectorAll('a')) {
      if (link.dataset.under) link.href = `${place}?under=${link.dataset.under}`;
      else link.href = `${link.pathname}?under=${link.dataset.main === under ? this.song.choice.main : under}`;
    }
  }

  #close(focus) {
    const open = this.querySelector('details[open]');
    if (!open) return;
    open.open = false;
    if (focus) open.querySelector('summary').focus();
  }

  #keep() {
    try { localStorage.setItem(KEPT, JSON.stringify(this.song.choice)); } catch { /* storage is closed: the address still says it */ }
  }

  #kept() {
    try { return JSON.parse(localStorage.getItem(KEPT)); } catch { return null; }
  }
}
customElements.define('aqyn-choice', AqynChoice);
