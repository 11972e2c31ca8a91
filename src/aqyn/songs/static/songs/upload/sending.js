/* What an element that brings a recording in can do: send, pause, go on, cancel, take a dropped file. Those that stand
   on it say what happens when the file has arrived, and what is shown when none is on its way. */
import { Parcel } from './parcel.js';
import { Refused } from './tus.js';
import { Progress } from './progress.js';

export class Sending extends HTMLElement {
  parcel = null;

  connectedCallback() {
    this.form = this.querySelector('form');
    this.input = this.querySelector('.drop [type=file]');
    this.progress = new Progress(this);
    this.querySelector('.drop-hint').hidden = false;
    this.button('pause').addEventListener('click', () => this.#pauseOrGo());
    this.button('cancel').addEventListener('click', () => this.#cancel());
    this.addEventListener('dragover', event => { event.preventDefault(); this.classList.add('over'); });
    this.addEventListener('dragleave', () => this.classList.remove('over'));
    this.addEventListener('drop', event => this.#dropped(event));
  }

  button(deed) {
    return this.querySelector(`[data-deed=${deed}]`);
  }

  /** Bring a file in. */
  take(file, uploads, told) {
    this.parcel = new Parcel(file, uploads, told);
    this.progress.follow(this.parcel);
    this.form.hidden = true;
    this.button('pause').focus();
    return this.#go();
  }

  /** The file is here: `recording` is its number, null where no answer came. */
  async arrived(_file, _recording) {}

  /** Nothing is on its way any more. */
  over() {
    this.parcel = null;
    this.progress.end();
    this.form.hidden = false;
  }

  async #go() {
    const parcel = this.parcel;
    this.button('pause').textContent = this.dataset.pause;
    try {
      const recording = await parcel.go();
      if (recording !== undefined) await this.arrived(parcel.file, recording);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 410) await this.arrived(parcel.file, null);
      else this.#refused(error);
    }
  }

  #refused(error) {
    const known = { 401: this.dataset.signedOut, 413: this.dataset.tooLarge };
    this.over();
    this.progress.fault(error.message || known[error.status] || this.dataset.broken);
  }

  #pauseOrGo() {
    if (this.parcel.paused) { this.#go(); return; }
    this.parcel.pause();
    this.progress.say(this.dataset.paused);
    this.button('pause').textContent = this.dataset.resume;
  }

  async #cancel() {
    const gone = await this.parcel.cancel();
    this.over();
    this.input.focus();
    this.progress.say(gone ? this.dataset.cancelled : this.dataset.later);
  }

  #dropped(event) {
    event.preventDefault();
    this.classList.remove('over');
    const { files } = event.dataTransfer;
    if (!files.length || this.parcel) return;
    const input = this.inputFor(files[0]);
    input.files = files;
    input.dispatchEvent(new Event('change'));
  }

  /** Where a dropped file belongs. */
  inputFor(_file) {
    return this.input;
  }
}
