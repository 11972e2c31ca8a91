/* Which part of the recording is seen, and how large. Times in ms, places in pixels from the left: sound runs from
 * left to right in every script. */
const LEAST = 12, MOST = 1600, USUAL = 106;   // pixels a second
const AHEAD = .4;                             // while it plays, the sung word is this far into the view

export class View {
  pps = USUAL; left = 0; width = 0; following = true;

  constructor(duration) { this.duration = duration; }

  x(ms) { return (ms - this.left) * this.pps / 1000; }
  ms(x) { return this.left + x * 1000 / this.pps; }
  get right() { return this.ms(this.width); }
  get span() { return this.width * 1000 / this.pps; }

  /** Show from `ms` on; half a view of nothing is allowed at both ends, so that every word can come to the middle. */
  show(ms) {
    this.left = Math.max(-this.span * AHEAD, Math.min(ms, this.duration - this.span / 2));
  }

  /** Larger by `factor` around the place `x`. */
  zoom(factor, x = this.width * AHEAD) {
    const ms = this.ms(x);
    this.pps = Math.max(LEAST, Math.min(MOST, this.pps * factor));
    this.show(ms - x * 1000 / this.pps);
  }

  /** Pan by pixels; whoever does so while it plays is left alone until it is played anew. */
  pan(pixels) {
    this.following = false;
    this.show(this.left + pixels * 1000 / this.pps);
  }

  /** Go along with the sound: softly from where the view was. */
  follow(ms, still) {
    if (!this.following) return;
    const to = ms - this.span * AHEAD, off = to - this.left;
    this.show(still || Math.abs(off) > this.span ? to : this.left + off * .14);
  }

  /** Have `ms` in view, not at its very edge. */
  reveal(from, upto = from) {
    const edge = Math.min(60 * 1000 / this.pps, this.span / 6);
    if (from < this.left + edge || upto > this.right - edge) this.show(from - this.span * AHEAD);
  }
}
