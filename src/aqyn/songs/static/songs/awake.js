/* Keeps the screen lit while that is wanted and the page is seen, where the browser allows it. */
export class Awake {
  #lock = null; #asking = false; #wanted;

  /** Whether this browser can; `withheld`: whether it keeps that from a page without HTTPS, on a device to be held. */
  static get possible() { return 'wakeLock' in navigator; }
  static get withheld() { return !Awake.possible && !isSecureContext && matchMedia('(pointer: coarse)').matches; }

  /** `wanted()` says whether the screen is to stay lit; call `check()` whenever its answer may have changed. */
  constructor(wanted) {
    this.#wanted = wanted;
    if (Awake.possible) document.addEventListener('visibilitychange', () => this.check());
  }

  async check() {
    if (!Awake.possible || this.#asking) return;
    if (!this.#due) { this.#lock?.release(); this.#lock = null; return; }
    if (this.#lock) return;
    this.#asking = true;
    try {
      const lock = this.#lock = await navigator.wakeLock.request('screen');
      lock.addEventListener('release', () => { if (this.#lock === lock) this.#lock = null; }, { once: true });
    } catch { /* a low battery may refuse; the song goes on */ } finally { this.#asking = false; }
    if (this.#lock && !this.#due) this.check();   // it was wanted when it was asked for
  }

  get #due() { return this.#wanted() && document.visibilityState === 'visible'; }
}
