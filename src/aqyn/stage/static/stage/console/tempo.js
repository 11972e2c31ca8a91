/* The tempo: in percent of the recording's, or tapped on the beat. */
export const SLOWEST = 50, FASTEST = 200;   // percent
const TAPS = 4, MOST = 9;                   // from so many taps a tempo is told; so many of the last are heard
const PAUSE = 2400;                         // ms: a longer pause begins anew
const FOLDS = [.5, 1, 2];                   // one may tap each beat, every other one, or twice a beat

export class Taps {
  #at = [];

  /** A tap at `ms`; gives the beats a minute that were tapped, or null while there are too few. */
  tap(ms) {
    if (ms - (this.#at.at(-1) ?? -Infinity) > PAUSE) this.#at = [];
    this.#at = [...this.#at, ms].slice(-MOST);
    return this.#at.length < TAPS ? null : 60_000 / median(this.#at.slice(1).map((at, i) => at - this.#at[i]));
  }

  get count() { return this.#at.length; }
  get missing() { return Math.max(0, TAPS - this.#at.length); }
}

/** What was tapped against the recording's own beats, in percent: folded to whichever of ½, 1, 2 is nearest. */
export function percent(tapped, bpm) {
  const folded = FOLDS.map(fold => tapped * fold / bpm).sort((a, b) => Math.abs(Math.log(a)) - Math.abs(Math.log(b)))[0];
  return Math.round(Math.min(FASTEST, Math.max(SLOWEST, folded * 100)));
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b), half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
