/* <aqyn-upload>: a form for a recording that sends it by pieces, shows how far it is, and goes on after a break. */
import { Parcel } from './upload/parcel.js';
import { Refused, forget } from './upload/tus.js';
import { all, dropKey } from './upload/kept.js';
import { Progress } from './upload/progress.js';
import { refresh } from './upload/refresh.js';

class Upload extends HTMLElement {
  #parcel = null;

  connectedCallback() {
    this.form = this.querySelector('form');
    this.input = this.form.querySelector('[type=file]');
    this.progress = new Progress(this);
    this.querySelector('.drop-hint').hidden = false;
    this.form.addEventListener('submit', event => this.#submit(event));
    this.#button('pause').addEventListener('click', () => this.#pauseOrGo());
    this.#button('cancel').addEventListener('click', () => this.#cancel());
    this.#button('forget').addEventListener('click', () => this.#forget());
    this.addEventListener('dragover', event => { event.preventDefault(); this.classList.add('over'); });
    this.addEventListener('dragleave', () => this.classList.remove('over'));
    this.addEventListener('drop', event => this.#dropped(event));
    this.#tellLeft();
  }

  #button(deed) {
    return this.querySelector(`[data-deed=${deed}]`);
  }

  #dropped(event) {
    event.preventDefault();
    this.classList.remove('over');
    if (event.dataTransfer.files.length && !this.#parcel) this.input.files = event.dataTransfer.files;
  }

  #submit(event) {
    const file = this.input.files[0];
    // Without a file the house says what is missing.
    if (!file) return;
    event.preventDefault();
    const { kind, replaces } = Object.fromEntries(new FormData(this.form));
    this.take(file, { kind, replaces });
  }

  /** Bring a file in. */
  take(file, told) {
    this.#parcel = new Parcel(file, this.dataset.uploads, told);
    this.progress.follow(this.#parcel);
    this.form.hidden = true;
    this.querySelector('.left').hidden = true;
    this.#button('pause').focus();
    return this.#go();
  }

  async #go() {
    const parcel = this.#parcel;
    this.#button('pause').textContent = this.dataset.pause;
    try {
      const recording = await parcel.go();
      if (recording !== undefined) await this.#arrived(parcel, recording);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 410) await this.#arrived(parcel, null);
      else this.#refused(error);
    }
  }

  async #arrived(parcel, recording) {
    this.#over();
    await refresh(this.dataset.refresh);
    const { name, size } = parcel.file;
    const there = recording ?? document.querySelector(`[data-file="${CSS.escape(name)}"][data-bytes="${size}"]`);
    if (there) this.progress.say(this.dataset.done.replace('{name}', name));
    else this.progress.fault(this.dataset.broken);
    this.form.reset();
  }

  #refused(error) {
    this.#over();
    const known = { 401: this.dataset.signedOut, 413: this.dataset.tooLarge };
    this.progress.fault(error.message || known[error.status] || this.dataset.broken);
    this.#tellLeft();
  }

  #pauseOrGo() {
    if (this.#parcel.paused) { this.#go(); return; }
    this.#parcel.pause();
    this.progress.say(this.dataset.paused);
    this.#button('pause').textContent = this.dataset.resume;
  }

  async #cancel() {
    const parcel = this.#parcel;
    this.#over();
    await parcel.cancel();
    this.progress.say(this.dataset.cancelled);
  }

  #over() {
    this.#parcel = null;
    this.progress.end();
    this.form.hidden = false;
    this.input.focus();
  }

  /** What was on its way when this page was left. */
  #tellLeft() {
    const [one] = all(this.dataset.uploads);
    const line = this.querySelector('.left');
    line.hidden = !one;
    if (!one) return;
    fetch(one.at, { method: 'HEAD', redirect: 'manual', headers: { 'Tus-Resumable': '1.0.0' } }).then(answer => {
      if ([404, 410].includes(answer.status)) { dropKey(one.key); line.hidden = true; return; }
      const share = Math.round(100 * Number(answer.headers.get('Upload-Offset') ?? 0) / one.size);
      line.querySelector('span').textContent = this.dataset.onItsWay.replace('{name}', one.name).replace('{percent}', share);
    }, () => { line.hidden = true; });
  }

  async #forget() {
    const [one] = all(this.dataset.uploads);
    if (!one) return;
    dropKey(one.key);
    await forget(one.at).catch(() => {});
    this.querySelector('.left').hidden = true;
    this.progress.say(this.dataset.cancelled);
    this.input.focus();
  }
}

customElements.define('aqyn-upload', Upload);
