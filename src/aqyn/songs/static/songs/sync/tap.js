/* How late this device hears a tap: measured once, kept in this browser, taken out of every tap. */
const KEY = 'aqyn-tap';
export const CLICKS = 16, APART = 550;
const EARLY = 200, FEWEST = 10;        // ms that a tap may come before its click; taps that are enough
const SLIPS = 1 / 8;                   // of the taps the earliest and the latest do not count: such a share of each
const WITHIN = 100;                    // ms: a listener would not move a time that is this near

const median = numbers => {
  const sorted = [...numbers].sort((a, b) => a - b), half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/* How late the nearest tap was for each click, if all come about `usual` late: no tap is for two clicks. */
function lateness(clicks, taps, usual) {
  return clicks.flatMap(click => {
    const off = taps.map(tap => tap - click).filter(late => Math.abs(late - usual) < APART / 2);
    return off.length ? [off.reduce((a, b) => Math.abs(a - usual) <= Math.abs(b - usual) ? a : b)] : [];
  });
}

/** From when it clicked and when it was tapped: `{delay, spread, taps}` in ms, or null for too few taps. The delay is a
 *  trimmed mean: nearly as exact as the mean, and a slip or two do not move it. The spread is the standard deviation as
 *  the median deviation tells it. */
export function measured(clicks, taps) {
  const first = lateness(clicks, taps, APART / 2 - EARLY);
  if (first.length < FEWEST) return null;
  // Once more around what was found: the latest of late taps are not taken for early ones of the next click.
  const late = lateness(clicks, taps, median(first)).sort((a, b) => a - b), cut = Math.round(late.length * SLIPS);
  const counted = late.slice(cut, late.length - cut), delay = counted.reduce((sum, off) => sum + off, 0) / counted.length;
  const spread = 1.4826 * median(late.map(off => Math.abs(off - delay)));
  return { delay: Math.round(delay), spread: Math.round(spread), taps: late.length };
}

/** How sure a tapped time is, in percent: of taps that spread so, those within 100 ms; 50 to 97. */
export function sureness(spread) {
  if (!spread) return 97;
  const x = WITHIN / (spread * Math.SQRT2), t = 1 / (1 + .3275911 * x);
  const erf = 1 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - .284496736) * t + .254829592) * t * Math.exp(-x * x);
  return Math.round(Math.max(50, Math.min(97, 100 * erf)));
}

export class Tapping {
  #store; #usual;

  constructor(store, usual) {
    this.#store = store;
    this.#usual = usual;
    try { this.measure = JSON.parse(store.getItem(KEY)); } catch { this.measure = null; }
  }

  get sure() { return this.measure ? sureness(this.measure.spread) : this.#usual; }

  keep(measure) {
    this.measure = measure;
    try { this.#store.setItem(KEY, JSON.stringify(measure)); } catch { /* for this page, then */ }
  }

  /** Where in the recording a tap was meant that came `ago` real ms before the clock said `ms`. */
  meant(ms, ago, rate) {
    return ms - (ago + (this.measure?.delay ?? 0)) * rate;
  }
}
