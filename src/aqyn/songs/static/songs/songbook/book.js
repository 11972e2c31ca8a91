/* <aqyn-book>: fetches the book, so that the page can say that it is being set, why it was not, and let one cancel. */
class Book extends HTMLElement {
  #asked = null; #token = '';

  connectedCallback() {
    this.form = this.querySelector('form');
    this.form.addEventListener('submit', event => {
      if (event.submitter?.dataset.act !== 'make') return;
      event.preventDefault();
      if (!this.#asked) this.make();
    });
    this.stop.addEventListener('click', () => this.cancel());
    addEventListener('pagehide', () => this.cancel());
  }

  get stop() { return this.querySelector('[data-act=stop]'); }

  async make() {
    this.#asked = new AbortController();
    this.#token = Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
    const asks = new FormData(this.form);
    asks.append('token', this.#token);
    this.#tell(this.dataset.busy);
    this.stop.hidden = false;
    try {
      const answer = await fetch(this.form.action, {
        method: 'POST', body: asks, headers: { Accept: 'application/pdf' }, signal: this.#asked.signal,
      });
      if (answer.headers.get('Content-Type') === 'application/pdf') {
        await this.#save(answer);
        this.#tell('');
      } else {
        this.#tell((await answer.json()).title, true);
      }
    } catch (error) {
      this.#tell(error.name === 'AbortError' ? '' : this.dataset.lost, error.name !== 'AbortError');
    }
    this.#asked = null;
    if (document.activeElement === this.stop) this.querySelector('.button[data-act=make]').focus();
    this.stop.hidden = true;
  }

  /* The house hears it too: setting a book takes much of a small machine. */
  cancel() {
    if (!this.#asked) return;
    this.#asked.abort();
    navigator.sendBeacon(this.dataset.cancel, new URLSearchParams({ token: this.#token }));
  }

  #tell(sentence, wrong = false) {
    const said = this.querySelector('.said');
    said.textContent = sentence;
    said.classList.toggle('wrong', wrong);
    this.form.toggleAttribute('aria-busy', sentence === this.dataset.busy);
  }

  async #save(answer) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    const name = /filename="?([^";]+)/.exec(answer.headers.get('Content-Disposition') ?? '');
    link.download = name ? name[1] : 'songbook.pdf';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }
}

customElements.define('aqyn-book', Book);
