/* The house's time on this device: every quick answer of the house says how far the device's own is off. Kept, so that a
 * reload without a network still knows it. */
const KEEP = 'clock', STALE = 10 * 60_000;

export class Clock {
  #store; #off = 0; #sure = Infinity; #at = 0;

  static async open(store) {
    const clock = new Clock();
    clock.#store = store;
    clock.#off = (await store.fact(KEEP)) ?? 0;
    return clock;
  }

  /** Milliseconds since 1970 by the house's clock. */
  now() { return Math.round(Date.now() + this.#off); }

  /** The house's own time `told`, asked at `sent` and heard now (both by Date.now()). */
  hear(told, sent) {
    const heard = Date.now(), sure = (heard - sent) / 2;
    if (!Number.isFinite(told) || sure < 0) return;
    const off = told - (sent + heard) / 2;
    // A slower answer knows less; but one that cannot be squared with what is known says that a clock was set.
    const fits = Math.abs(off - this.#off) <= sure + this.#sure;
    if (fits && sure > this.#sure && heard - this.#at < STALE) return;
    this.#off = off; this.#sure = sure; this.#at = heard;
    this.#store.keepFact(KEEP, off);
  }
}
