/* The house's clock, as far as it can be known over the network.
 *
 * Every short round trip says two things for certain: the answer was written after it was asked for, and before it was
 * heard. Several together leave a span that grows narrower (Marzullo and Owicki, 1983), and its middle is taken: what
 * matters is the quickest way there and the quickest way back, even where they were never quick at once. It runs on with
 * performance.now(), which nobody sets; that may stand still while a device sleeps, so whatever looks like a sleep makes it
 * unsure until it has asked again. The device's own time of day only ever raises that suspicion.
 */
const ADDRESS = '/events/clock';
const FIRST = 5, AGAIN = 2;         // round trips: at first, and each later time
const ROUGH = 100, MORE = 5;        // so many more of them while it may be wrong by more than this (ms)
const SOON = [4_000, 12_000];       // ms until the first of the later times, while a bad network is still being learned
const EVERY = 60_000;               // ms between all others, give or take a quarter as for those
const PATIENCE = 4_000;             // ms: a slower answer says nothing
const KEPT = 24;                    // answers that are held against each other
const DRIFT = 0.0001;               // a device's clock is taken to run wrong by so much: old answers count for less
const SLEW = 0.1, JUMP = 250;       // small corrections are made at a tenth of the time's own pace, larger ones (ms) at once
const ASLEEP = 1_000;               // ms: further apart than this, one of the device's two clocks stood still or was set
const LOOK = 1_000;                 // ms between looks for a sleep that nobody told of

export class HouseClock extends EventTarget {
  #address; #answers = []; #offset = 0; #wanted = 0; #mark = 0; #apart = 0; #checking = null; #again = 0; #times = 0; #taken = 0;

  constructor(address = ADDRESS) {
    super();
    this.#address = address;
    /** Whether the time is known. Until then, and after a sleep, nothing should be shown by it. Tells "settled" both ways. */
    this.settled = false;
    /** ms by which the time may be wrong at most, as the answers tell. */
    this.sure = Infinity;
    this.#apart = apart();
    setInterval(() => this.#look(), LOOK);
    for (const name of ['online', 'pageshow']) addEventListener(name, () => { this.#look(); this.check(); });
    document.addEventListener('visibilitychange', () => { if (!document.hidden) { this.#look(); this.check(); } });
    this.check();
  }

  /** Milliseconds since 1970 by the house's clock. Never goes back, except where it was far off. */
  now() {
    const mark = performance.now(), bent = (mark - this.#mark) * SLEW, off = this.#wanted - this.#offset;
    this.#offset += Math.max(-bent, Math.min(bent, off));
    this.#mark = mark;
    return performance.timeOrigin + mark + this.#offset;
  }

  /** Ask the house again; resolves when it is known, or when it cannot be asked now. */
  check() {
    this.#checking ??= this.#check().finally(() => { this.#checking = null; });
    return this.#checking;
  }

  async #check() {
    clearTimeout(this.#again);
    let left = this.settled ? AGAIN : FIRST, more = MORE, failed = 0;
    while ((left > 0 || (this.sure > ROUGH && more > 0)) && failed < 3) {
      if (!await this.#ask()) failed++;
      else if (left > 0) left--;
      else more--;
    }
    // Without an answer soon again, otherwise in a while; never all phones at the same moment.
    const pause = this.settled ? SOON[this.#times++] ?? EVERY : 1_000;
    this.#again = setTimeout(() => this.check(), pause * (0.75 + Math.random() / 2));
  }

  async #ask() {
    const leave = new AbortController(), timer = setTimeout(() => leave.abort(), PATIENCE);
    try {
      const sent = performance.now();
      const answer = await fetch(this.#address, { method: 'POST', cache: 'no-store', credentials: 'omit', signal: leave.signal });
      const heard = performance.now(), { now } = await answer.json();
      if (!answer.ok || !Number.isFinite(now)) return false;
      const here = performance.timeOrigin;
      this.#take({ low: now - here - heard, high: now - here - sent, at: heard });
      return true;
    } catch {
      return false;   // no network, or too slow: the clock runs on as it is
    } finally {
      clearTimeout(timer);
    }
  }

  #take(answer) {
    const older = kept => (answer.at - kept.at) * DRIFT;
    // An answer that cannot be squared with those before: the house's clock was set, or this device slept.
    const fits = kept => kept.low - older(kept) <= answer.high && kept.high + older(kept) >= answer.low;
    this.#answers = [...this.#answers.filter(fits), answer].slice(-KEPT);
    let low = Math.max(...this.#answers.map(kept => kept.low - older(kept)));
    let high = Math.min(...this.#answers.map(kept => kept.high + older(kept)));
    if (low > high) [{ low, high }] = this.#answers = [answer];
    this.now();
    this.#wanted = (low + high) / 2;
    // While it is being learned nobody relies on it yet.
    if (this.#taken++ < FIRST || Math.abs(this.#wanted - this.#offset) > JUMP) this.#offset = this.#wanted;
    this.sure = (high - low) / 2;
    this.#settle(true);
  }

  #look() {
    const now = apart();
    if (Math.abs(now - this.#apart) <= ASLEEP) return;
    this.#apart = now;
    this.#answers = [];
    this.sure = Infinity;
    this.#taken = this.#times = 0;
    this.#settle(false);
    this.check();
  }

  #settle(settled) {
    if (settled === this.settled) return;
    this.settled = settled;
    this.dispatchEvent(new Event('settled'));
  }
}

/* How far the device's time of day is from the clock that nobody sets. */
function apart() { return Date.now() - performance.timeOrigin - performance.now(); }
