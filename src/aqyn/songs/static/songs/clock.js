/* Where the sound is, between the readings of the media element.
 *
 * `currentTime` moves at every frame in some browsers, in others in steps of up to 250 ms. The clock runs on with
 * performance.now() from the last fresh reading, leans towards each new one, and jumps only when the two are further
 * apart than a listener could miss. How long a reading may stay as it is before it means that the sound stands, it
 * learns from the element itself. Between seeks it never goes back: it waits until the sound has caught up.
 */
const NEAR = 0.02;     // s: within this a reading only leans on the clock, a fifth at a time
const AHEAD = 0.025;   // s: the clock may wait for the sound, but never further before it than this
const WAIT = 0.012;    // s: less than a frame, so that a sound that stands is noticed at the next one
const BEHIND = 0.25;   // s: further back than this is a seek, not a stutter
const SETTLED = 0.15;  // s of sound after a start or a seek in which it may come out by fits: only readings count
const STEP = 0.3;      // s: no browser's steps are longer

export class Clock {
  #media; #read = -1; #fresh = 0; #at = 0; #mark = 0; #last = 0; #moving = false; #from = 0; #stale = false; #step = 0;

  constructor(media) {
    this.#media = media;
    for (const name of ['seeking', 'seeked', 'ratechange', 'play', 'playing', 'pause', 'waiting', 'stalled', 'ended', 'emptied']) {
      media.addEventListener(name, () => this.#begin(name !== 'ratechange'));
    }
    media.addEventListener('timeupdate', () => this.ms());
  }

  /** True while sound comes out. */
  get running() {
    const media = this.#media;
    return !media.paused && !media.ended && !media.seeking && media.readyState > 2;
  }

  /** Milliseconds into the recording, at `now` on performance.now(). */
  ms(now = performance.now()) {
    const read = this.#media.currentTime, rate = this.#media.playbackRate, fresh = read !== this.#read;
    // After a start or a seek the element says that it plays some frames before the first sound comes out.
    if (this.running && fresh) this.#moving = true;
    if (!this.running || !this.#moving) return this.#set(read, read, now) * 1000;
    if (read - this.#from < SETTLED) return this.#set(Math.max(read, Math.min(this.#last, read + AHEAD)), read, now) * 1000;
    let guess = this.#at + (now - this.#mark) / 1000 * rate;
    const since = (now - this.#fresh) / 1000;
    if (fresh) {
      const off = read - guess, moved = (read - this.#read) / rate;
      // It stood still and then came out where it should be: that is how coarse this element's readings are.
      if (this.#stale && Math.abs(moved - since) < since / 4) this.#step = Math.min(STEP, Math.max(this.#step, since));
      guess += Math.abs(off) > NEAR ? off : off / 5;
    } else if (since > WAIT + this.#step) {
      guess = this.#last;
    }
    if (guess < this.#last && this.#last - guess < BEHIND) guess = fresh ? Math.min(this.#last, Math.max(guess, read + AHEAD)) : this.#last;
    return this.#set(guess, read, now) * 1000;
  }

  #set(at, read, now) {
    this.#at = this.#last = at;
    this.#mark = now;
    this.#stale = read === this.#read;
    if (!this.#stale) this.#fresh = now;
    this.#read = read;
    return at;
  }

  #begin(still) {
    const read = this.#media.currentTime, slip = this.#last - read;
    if (still) { this.#moving = false; this.#from = read; }
    this.#set(slip > 0 && slip < BEHIND && this.running ? Math.min(this.#last, read + AHEAD) : read, read, performance.now());
  }
}
