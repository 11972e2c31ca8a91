/* What is seen and heard of a file on its way: teeth, bytes, the time left, and a word at every quarter. */
import { light } from '../../ui/js/teeth.js';

const MEGABYTE = 1e6;

export class Progress {
  #host;
  #quarter = 0;
  #began = null;

  constructor(host) {
    this.#host = host;
    this.box = host.querySelector('.parcel');
    this.job = this.box.querySelector('.job');
  }

  follow(parcel) {
    const told = this.#host.dataset;
    this.#quarter = 0;
    this.#began = null;
    this.box.hidden = false;
    this.job.querySelector('.title').textContent = parcel.file.name;
    this.say('');
    this.#show(parcel.offset, parcel.file.size);
    parcel.addEventListener('going', () => {
      // What had arrived before says nothing about how fast the rest will.
      this.#began = { at: performance.now(), offset: parcel.offset };
      this.say('');
    });
    parcel.addEventListener('sent', () => this.#show(parcel.offset, parcel.file.size));
    parcel.addEventListener('waiting', () => {
      this.#began = null;
      this.#show(parcel.offset, parcel.file.size);
      this.say(told.waiting);
    });
    parcel.addEventListener('looking', () => this.say(told.looking));
  }

  /** One sentence, read out too. */
  say(sentence) {
    this.#host.querySelector('.said').textContent = sentence;
    this.#fault('');
  }

  fault(sentence) {
    this.say('');
    this.#fault(sentence);
  }

  end() {
    this.box.hidden = true;
  }

  #fault(sentence) {
    const line = this.#host.querySelector('.fault');
    line.hidden = !sentence;
    line.textContent = sentence;
  }

  #show(offset, size) {
    const told = this.#host.dataset;
    const percent = Math.floor(100 * offset / size);
    const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    const done = told.sending.replace('{done}', number.format(offset / MEGABYTE)).replace('{all}', number.format(size / MEGABYTE));
    light(this.job.querySelector('.teeth'), offset / size);
    this.job.setAttribute('aria-valuenow', percent);
    this.job.querySelector('.percent').textContent = `${percent} %`;
    this.job.querySelector('.step').textContent = [done, this.#left(offset, size)].filter(Boolean).join(' · ');
    const quarter = Math.floor(percent / 25);
    if (quarter > this.#quarter && quarter < 4) this.say(told.share.replace('{percent}', percent));
    this.#quarter = quarter;
  }

  #left(offset, size) {
    const told = this.#host.dataset;
    if (!this.#began || offset <= this.#began.offset) return '';
    const perByte = (performance.now() - this.#began.at) / (offset - this.#began.offset);
    const minutes = Math.round(perByte * (size - offset) / 60000);
    return minutes < 1 ? told.soon : told.minutes.replace('{n}', minutes);
  }
}
