/* <aqyn-upload>: a form for a recording of a song that is there. It sends the file by pieces, shows how far it is, and
   goes on after a break, also one in which the page was left. */
import { Sending } from './sending.js';
import { all, dropKey } from './kept.js';
import { refresh } from './refresh.js';
import { forget } from './tus.js';

class Upload extends Sending {
  connectedCallback() {
    super.connectedCallback();
    this.left = this.querySelector('.left');
    this.form.addEventListener('submit', event => this.#submit(event));
    this.button('forget').addEventListener('click', () => this.#forget());
    this.#tellLeft();
  }

  #submit(event) {
    const file = this.input.files[0];
    // Without a file the house says what is missing.
    if (!file) return;
    event.preventDefault();
    const { kind, replaces } = Object.fromEntries(new FormData(this.form));
    this.left.hidden = true;
    this.take(file, this.dataset.uploads, { kind, replaces });
  }

  async arrived(file, recording) {
    await refresh(this.dataset.refresh);
    this.over();
    const there = recording ?? document.querySelector(`[data-file="${CSS.escape(file.name)}"][data-bytes="${file.size}"]`);
    if (there) this.progress.say(this.dataset.done.replace('{name}', file.name));
    else this.progress.fault(this.dataset.broken);
    this.form.reset();
  }

  over() {
    super.over();
    this.#tellLeft();
  }

  /** What was on its way when the page was left. */
  async #tellLeft() {
    const [one] = all(this.dataset.uploads);
    this.left.hidden = true;
    if (!one) return;
    const headers = { 'Tus-Resumable': '1.0.0' };
    const answer = await fetch(one.at, { method: 'HEAD', redirect: 'manual', headers }).catch(() => null);
    if ([404, 410].includes(answer?.status)) { dropKey(one.key); return; }
    if (!answer?.ok || this.parcel) return;
    const percent = Math.floor(100 * Number(answer.headers.get('Upload-Offset')) / one.size);
    const said = this.dataset.onItsWay.replace('{name}', one.name).replace('{percent}', percent);
    this.left.querySelector('span').textContent = said;
    this.left.hidden = false;
  }

  async #forget() {
    const [one] = all(this.dataset.uploads);
    if (!one) return;
    const gone = await forget(one.at);
    if (gone) dropKey(one.key);
    this.left.hidden = gone;
    this.input.focus();
    this.progress.say(gone ? this.dataset.cancelled : this.dataset.later);
  }
}

customElements.define('aqyn-upload', Upload);
