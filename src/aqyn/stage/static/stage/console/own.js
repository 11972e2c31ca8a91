/* This console's own secret, by which the house knows it among others. It stays with the tab, so that the page may be
   loaded anew and still hold the wheel; a tab that was made as a copy of another takes a secret of its own. */
const BYTES = 32, MARK = 8;

export class Own {
  #at; #last = 0;

  constructor(slug) {
    this.#at = `aqyn-console-${slug}`;
    this.key = this.#kept() ?? this.#fresh();
    this.#part(slug);
  }

  /** What others may see of the secret. */
  get mark() { return this.key.slice(0, MARK); }

  /** The next number of a press: it counts up, also over a page that is loaded anew. */
  next() { return this.#last = Math.max(this.#last + 1, Date.now()); }

  #kept() {
    try { return sessionStorage.getItem(this.#at); } catch { return null; }
  }

  #fresh() {
    const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
    this.key = btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
    try { sessionStorage.setItem(this.#at, this.key); } catch { /* it holds for this page alone */ }
    return this.key;
  }

  /* Two tabs with one secret would press with one hand: the newer one lets go of it. */
  #part(slug) {
    const others = new BroadcastChannel(this.#at), born = performance.timeOrigin;
    others.onmessage = ({ data }) => {
      if (data.mark !== this.mark) return;
      if (data.born < born) this.#fresh(); else others.postMessage({ mark: this.mark, born });
    };
    others.postMessage({ mark: this.mark, born });
  }
}
