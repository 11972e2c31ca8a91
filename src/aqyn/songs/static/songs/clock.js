/* Where the sound is, between the readings of the media element.
 *
 * `currentTime` moves in steps of up to 250 ms in some browsers and of 3 to 40 ms in others. The clock runs on with
 * performance.now() from the last fresh reading, leans towards each new one, and jumps only when the two are
 * further apart than a listener could miss. Between seeks it never goes back: it waits until the sound has caught up.
 */
const NEAR = 0.02;     // s: within this a reading only leans on the clock, a fifth at a time
const BEHIND = 0.25;   // s: further back than this is a seek, not a stutter
const STUCK = 0.3;     // s: a reading as old as this while we "run" means that the sound stands

export class Clock {
  #media; #read = -1; #at = 0; #mark = 0; #last = 0;

  constructor(media) {
    this.#media = media;
    for (const name of ['seeking', 'seeked', 'ratechange', 'play', 'playing', 'pause', 'waiting', 'stalled', 'timeupdate', 'ended', 'emptied']) {
      media.addEventListener(name, () => this.#resynchronise(name));
    }
  }

  /** True while sound comes out. */
  get running() {
    const media = this.#media;
    return !media.paused && !media.ended && !media.seeking && media.readyState > 2;
  }

  /** Milliseconds into the recording, at `now` on performance.now(). */
  ms(now = performance.now()) {
    const read = this.#media.currentTime;
    if (!this.running) return this.#set(read, read, now) * 1000;
    let guess = this.#at + (now - this.#mark) / 1000 * this.#media.playbackRate;
    if (read !== this.#read) {
      const off = read - guess;
      guess += Math.abs(off) > NEAR ? off : off / 5;
    } else if (guess - read > STUCK) {
      guess = this.#last;
    }
    if (guess < this.#last && this.#last - guess < BEHIND) guess = this.#last;
    return this.#set(guess, read, now) * 1000;
  }

  #set(at, read, now) {
    this.#at = this.#last = at;
    this.#mark = now;
    this.#read = read;
    return at;
  }

  #resynchronise(name) {
    // A tick of timeupdate is only a chance to read; the others begin a new run of the clock.
    if (name === 'timeupdate') { this.ms(); return; }
    const read = this.#media.currentTime;
    this.#set(name === 'playing' && this.#last > read && this.#last - read < BEHIND ? this.#last : read, read, performance.now());
  }
}
