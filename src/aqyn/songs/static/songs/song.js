/* <aqyn-song>: what the parts of a song's page share: the sound, its clock, the words, and who tells whom. */
import { Clock } from './clock.js';
import { Score } from './score.js';

class AqynSong extends HTMLElement {
  connectedCallback() {
    this.audio = this.querySelector('audio');
    this.clock = this.audio && new Clock(this.audio);
    this.score = fetch(this.dataset.json).then(answer => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json();
    }).then(json => new Score(json));
    this.choice = { main: this.dataset.main, under: this.dataset.under };
    // Without them the words of the page itself stay: unlit, but all there.
    this.score.catch(() => { this.dataset.words = 'unlit'; });
  }

  /** Tell the other parts: "aqyn:<name>" on this element. */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`aqyn:${name}`, { detail }));
  }

  hear(name, deed) {
    this.addEventListener(`aqyn:${name}`, event => deed(event.detail));
  }

  toggle() {
    if (this.audio.paused) this.play(); else this.audio.pause();
  }

  play() {
    this.audio.play().catch(error => { if (error.name === 'NotSupportedError') this.tell('fault'); });
  }

  /** Go to `ms` and sing on from there. */
  jump(ms) {
    this.audio.currentTime = ms / 1000;
    if (this.audio.paused) this.play();
  }
}
customElements.define('aqyn-song', AqynSong);
