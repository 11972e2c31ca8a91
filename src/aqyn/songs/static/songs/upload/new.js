/* <aqyn-new-song>: keeps the words in this browser until they are written, writes the song, brings its recording in by
   pieces, and goes to the song's page. */
import { Sending } from './sending.js';

const KEY = 'aqyn-new-song';

class NewSong extends Sending {
  connectedCallback() {
    super.connectedCallback();
    this.write = this.form.querySelector('.button:not([type])');
    this.words = this.form.elements.words;
    if (!this.words.value && kept()) {
      this.words.value = kept();
      this.progress.say(this.dataset.found);
    }
    this.words.addEventListener('input', () => keep(this.words.value));
    this.file = this.form.elements.words_file;
    this.file.addEventListener('change', () => this.#look());
    this.form.addEventListener('submit', event => {
      event.preventDefault();
      if (event.submitter?.name === 'leave') this.querySelector('#held').replaceChildren();
      else if (this.file.files.length) this.#look();
      else this.#write(this.input.files[0]);
    });
    // Back at the page, another song may be written.
    addEventListener('pageshow', () => { this.write.disabled = false; });
  }

  inputFor(file) {
    const words = this.form.elements.words_file;
    const endings = words.accept.split(',').filter(one => one.startsWith('.'));
    return endings.some(ending => file.name.toLowerCase().endsWith(ending)) ? words : this.input;
  }

  /* What a words file holds is told before anything is written; from then on the page carries it. */
  async #look() {
    const body = new FormData(this.form);
    body.delete(this.input.name);
    const answer = await fetch(this.form.action, { method: 'POST', body, headers: { Accept: 'text/html' } }).catch(() => null);
    const page = new DOMParser().parseFromString(await answer?.text() ?? '', 'text/html');
    const told = page.querySelector('#held'), wrong = page.querySelector('form .errors');
    this.file.value = '';
    if (!answer?.ok || !told) return this.#fault(wrong?.textContent.trim());
    this.progress.fault('');
    this.querySelector('#held').replaceWith(document.adoptNode(told));
    return null;
  }

  #fault(sentence) {
    this.progress.fault(sentence || this.dataset.broken);
    this.querySelector('.fault').scrollIntoView({ block: 'nearest' });
  }

  async #write(file) {
    const body = new FormData(this.form);
    body.delete(this.input.name);
    // Pressed twice, it is still one song.
    this.write.disabled = true;
    const headers = { Accept: 'application/json' };
    const answer = await fetch(this.form.action, { method: 'POST', body, headers, redirect: 'manual' }).catch(() => null);
    const json = answer?.headers.get('Content-Type')?.includes('json') ? await answer.json() : {};
    if (!json.page) {
      this.write.disabled = false;
      const signedOut = answer?.type === 'opaqueredirect' && this.dataset.signIn;
      this.#fault(signedOut || json.title);
      return;
    }
    keep('');
    this.page = json.page;
    if (file) this.take(file, json.uploads, {});
    else location.assign(this.page);
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

function kept() {
  try { return localStorage.getItem(KEY); } catch { return null; }
}

function keep(words) {
  try {
    if (words) localStorage.setItem(KEY, words);
    else localStorage.removeItem(KEY);
  } catch { /* it stands on this page alone */ }
}

customElements.define('aqyn-new-song', NewSong);
