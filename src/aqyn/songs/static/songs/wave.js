/* <aqyn-wave>: the waveform as a slider. What was heard is a lit twin of it, uncovered by two transforms that the
   browser itself carries on between two ticks of the sound. */
import { clockface } from './player.js';

class AqynWave extends HTMLElement {
  #held = false;

  connectedCallback() {
    this.song = this.closest('aqyn-song');
    this.audio = this.song.audio;
    this.window = document.createElement('div');
    this.window.className = 'heard';
    this.window.append(this.querySelector('.still').cloneNode(true));
    this.append(this.window);
    for (const name of ['timeupdate', 'seeking', 'seeked', 'loadedmetadata', 'play', 'pause']) this.audio.addEventListener(name, () => this.#draw(name === 'timeupdate'));
    this.addEventListener('pointerdown', event => this.#hold(event));
    this.addEventListener('pointermove', event => { if (this.#held) this.#seek(event); });
    for (const name of ['pointerup', 'pointercancel']) this.addEventListener(name, () => { this.#held = false; });
    this.addEventListener('keydown', event => this.#key(event));
    this.#draw();
  }

  get seconds() {
    return Number.isFinite(this.audio.duration) ? this.audio.duration : this.dataset.duration / 1000;
  }

  #hold(event) {
    if (event.button) return;
    this.#held = true;
    this.setPointerCapture(event.pointerId);
    this.#seek(event);
  }

  #seek(event) {
    const box = this.getBoundingClientRect();
    this.audio.currentTime = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * this.seconds;
  }

  #key(event) {
    const by = { ArrowRight: 5, ArrowUp: 5, ArrowLeft: -5, ArrowDown: -5, PageUp: 15, PageDown: -15 }[event.key];
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? this.seconds : by && this.audio.currentTime + by;
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.audio.currentTime = Math.min(this.seconds, Math.max(0, to));
  }

  #draw(tick) {
    const at = this.audio.currentTime, share = Math.min(1, at / this.seconds || 0), value = Math.floor(at);
    this.window.classList.toggle('gliding', Boolean(tick) && !this.audio.paused);
    this.window.style.transform = `translateX(${((share - 1) * 100).toFixed(3)}%)`;
    this.window.firstChild.style.transform = `translateX(${((1 - share) * 100).toFixed(3)}%)`;
    if (this.getAttribute('aria-valuenow') === String(value) && this.hasAttribute('aria-valuetext')) return;
    this.setAttribute('aria-valuenow', value);
    this.setAttribute('aria-valuetext', this.dataset.of.replace('{at}', clockface(at)).replace('{all}', clockface(this.seconds)));
  }
}
customElements.define('aqyn-wave', AqynWave);
