/* How late this device hears a tap: measured once, kept in this browser, taken out of every tap. */
const KEY = 'aqyn-tap', REACH = 350;   // ms: a tap further from every click was for none of them
export const CLICKS = 8, APART = 600, FEWEST = 5;
const WITHIN = 100;                    // ms: a listener would not move a time that is this near

const median = numbers => {
  const sorted = [...numbers].sort((a, b) => a - b), half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** From when it clicked and when it was tapped: `{delay, spread, taps}` in ms, or null for too few taps. One slip does
 *  not count: the delay is the median of the means of all pairs (Hodges and Lehmann), which needs fewer taps than the
 *  plain median; the spread is the standard deviation as the median deviation tells it. */
export function measured(clicks, taps) {
  const late = clicks.map(click => {
    const near = taps.map(tap => tap - click).filter(off => Math.abs(off) <= REACH);
    return near.length ? near.reduce((a, b) => Math.abs(a) <= Math.abs(b) ? a : b) : null;
  }).filter(off => off !== null);
  if (late.length < FEWEST) return null;
  const pairs = late.flatMap((a, i) => late.slice(i).map(b => (a + b) / 2));
  const delay = median(pairs), spread = 1.4826 * median(late.map(off => Math.abs(off - delay)));
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
