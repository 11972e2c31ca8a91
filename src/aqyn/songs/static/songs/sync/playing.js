/* The sound of the desk: play, speed, going somewhere, a stretch again and again. */
import { Clock } from '../clock.js';

const BREATH = 400, AFTER = 250;   // ms before and after a stretch that is repeated
const BEFORE = 1500;               // ms: this much is heard before a line that is taken up again

export class Playing {
  #draw; #frame = 0; loop = null;

  /* `draw(ms)` is called at every frame while it plays, and once after every change. */
  constructor(audio, duration, draw) {
    this.audio = audio;
    this.duration = duration;
    this.clock = new Clock(audio);
    this.#draw = draw;
    audio.preservesPitch = audio.webkitPreservesPitch = audio.mozPreservesPitch = true;
    audio.addEventListener('play', () => this.#run());
    for (const name of ['pause', 'seeked', 'seeking', 'ended', 'loadedmetadata']) audio.addEventListener(name, () => this.#show());
  }

  get ms() { return this.clock.ms(); }
  get running() { return !this.audio.paused && !this.audio.ended; }
  get rate() { return this.audio.playbackRate; }
  set rate(rate) { this.audio.defaultPlaybackRate = this.audio.playbackRate = rate; }

  play() { this.audio.play().catch(() => {}); }
  pause() { this.audio.pause(); }
  toggle() { if (this.running) this.pause(); else this.play(); }

  /** Go to `ms`; whether it plays stays as it is. */
  seek(ms) {
    this.audio.currentTime = Math.max(0, Math.min(ms, this.duration - 1)) / 1000;
  }

  /** Play from shortly before `ms`. */
  again(ms) {
    this.seek(ms - BEFORE * this.rate);
    this.play();
  }

  /** Repeat from `start` to `end`; null ends that. */
  repeat(stretch) {
    this.loop = stretch && { from: stretch.start - BREATH, upto: stretch.end + AFTER };
  }

  #show() { this.#draw(this.ms); }

  #run() {
    cancelAnimationFrame(this.#frame);
    const frame = () => {
      const ms = this.ms, { loop } = this;
      if (loop && this.clock.running && (ms >= loop.upto || ms < loop.from - 2 * BEFORE)) this.seek(loop.from);
      this.#draw(ms);
      if (this.running) this.#frame = requestAnimationFrame(frame);
    };
    this.#frame = requestAnimationFrame(frame);
  }
}
