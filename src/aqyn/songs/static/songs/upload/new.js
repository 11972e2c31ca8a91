/* <aqyn-new-song>: writes the song first and then brings its recording in by pieces, and goes to the song's page. */
import { Sending } from './sending.js';

class NewSong extends Sending {
  connectedCallback() {
    super.connectedCallback();
    this.form.addEventListener('submit', event => this.#submit(event));
    // Back at the page, it may be sent again.
    addEventListener('pageshow', () => { this.sent = false; });
  }

  #submit(event) {
    const file = this.input.files[0];
    // Pressed twice, it is still one song.
    if (file || this.sent) event.preventDefault();
    if (!file) {
      this.sent = true;
      return;
    }
    this.#write(file);
  }

  inputFor(file) {
    const words = this.form.elements.words_file;
    const endings = words.accept.split(',').filter(one => one.startsWith('.'));
    return endings.some(ending => file.name.toLowerCase().endsWith(ending)) ? words : this.input;
  }

  async #write(file) {
    const told = new FormData(this.form);
    told.delete(this.input.name);
    const button = this.form.querySelector('.button:not([type])');
    button.disabled = true;
    const answer = await fetch(this.form.action, { method: 'POST', body: told, headers: { Accept: 'application/json' } }).catch(() => null);
    button.disabled = false;
    const json = answer?.headers.get('Content-Type')?.includes('json') ? await answer.json() : {};
    if (!json.page) {
      this.progress.fault(json.title || this.dataset.broken);
      return;
    }
    this.page = json.page;
    this.take(file, json.uploads, {});
  }

  async arrived() {
    location.assign(this.page);
  }

  /** The song is there in any case: its page says how its recording stands. */
  over() {
    this.progress.end();
    location.assign(this.page);
  }
}

customElements.define('aqyn-new-song', NewSong);
