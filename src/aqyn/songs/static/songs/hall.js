/* <aqyn-hall>: the song over the whole screen: the sung line, the next one, and the song's teeth along the foot, which
   this element is. Where a browser gives no full screen (an iPhone), the page itself is filled: no dead button. */
import { teeth } from './teeth.js';

class AqynHall extends HTMLElement {
  #idle = 0;

  connectedCallback() {
    const song = this.song = this.closest('aqyn-song');
    song.hear('ask-hall', () => song.classList.contains('hall') ? this.#leave() : this.#enter());
    document.addEventListener('fullscreenchange', () => this.#show(document.fullscreenElement === song));
    document.addEventListener('keydown', event => { if (event.key === 'Escape' && song.classList.contains('hall')) this.#leave(); });
    for (const name of ['pointermove', 'pointerdown', 'keydown', 'focusin']) song.addEventListener(name, () => this.#stir(), { passive: true });
    song.audio.addEventListener('timeupdate', () => this.#light());
  }

  async #enter() {
    try { await this.song.requestFullscreen({ navigationUI: 'hide' }); } catch { this.#show(true); }
  }

  async #leave() {
    if (document.fullscreenElement) await document.exitFullscreen(); else this.#show(false);
  }

  #show(on) {
    if (this.song.classList.contains('hall') === on) return;
    this.song.classList.toggle('hall', on);
    document.documentElement.classList.toggle('in-hall', on);
    if (on && !this.firstChild) this.append(teeth(levels(this.song)));
    this.#light();
    this.#stir();
    this.song.tell('hall', on);
  }

  /* The controls leave when nobody asks for them. */
  #stir() {
    this.song.classList.remove('idle');
    clearTimeout(this.#idle);
    if (this.song.classList.contains('hall')) this.#idle = setTimeout(() => this.song.classList.add('idle'), 2500);
  }

  #light() {
    const lit = this.querySelector('.lit'), { audio } = this.song;
    if (lit) lit.style.transform = `scaleX(${(audio.currentTime / (audio.duration || Infinity)).toFixed(4)})`;
  }
}

/* The song's loudness, read back from the waveform that the server drew. */
function levels(song) {
  return [...song.querySelectorAll('.still rect')].map(bar => Number(bar.getAttribute('height')));
}
customElements.define('aqyn-hall', AqynHall);
