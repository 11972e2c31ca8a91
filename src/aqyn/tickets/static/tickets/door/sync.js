/* Telling the house, and hearing from it, in the background: nothing on the screen ever waits for this. */
const EVERY = 25_000, SOON = 250, PATIENCE = 8_000, PIECE = 200, GONE = [404, 410];

export class Sync extends EventTarget {
  /** "ok", "alone" (no network) or "closed". */
  state = 'alone';
  since = 0;
  #store; #clock; #roll; #timer = 0; #running = null; #again = false; #heard = 0; #pause = 2_000;

  constructor(store, clock, roll) {
    super();
    this.#store = store; this.#clock = clock; this.#roll = roll;
    addEventListener('online', () => this.soon());
    addEventListener('offline', () => this.#become('alone'));
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.soon(); });
  }

  /** Take the list that the device has, then begin. */
  async open() {
    const kept = await this.#store.fact('list');
    if (kept) this.#roll.take(kept.list, kept.at, await this.#store.told());
    this.since = kept?.at ?? 0;
    this.dispatchEvent(new Event('change'));
    this.now();
  }

  /** Tell what is new in a moment; with `anew` also ask for the list, which otherwise has its own pace. */
  soon(anew = false) {
    if (anew) this.#heard = 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), SOON);
  }

  /** Tell and hear at once; resolves when that is done, or could not be. */
  now(anew = false) {
    if (anew) this.#heard = 0;
    if (this.#running) { this.#again = true; return this.#running; }
    clearTimeout(this.#timer);
    this.#running = this.#round().finally(() => {
      this.#running = null;
      const wait = this.#again ? SOON : this.state === 'alone' ? this.#pause : EVERY;
      this.#again = false;
      this.#timer = setTimeout(() => this.now(), wait);
    });
    return this.#running;
  }

  async #round() {
    try {
      const told = await this.#tell();
      // The list is long: a door that lets somebody in every second does not ask for it every time.
      const due = this.state !== 'ok' || Date.now() - this.#heard > EVERY - 2_000;
      const fresh = this.state !== 'closed' && due && await this.#hear();
      if (told || fresh) await this.#renew();
      this.#pause = 2_000;
    } catch {
      this.#pause = Math.min(EVERY, this.#pause * 1.5);
      if (this.state !== 'closed') this.#become('alone');
    }
    this.dispatchEvent(new Event('change'));
  }

  /** Everything that the house has not taken yet. Whether there was any. */
  async #tell() {
    const waiting = (await this.#store.told()).filter(one => !one.heard);
    for (let from = 0; from < waiting.length; from += PIECE) {
      const piece = waiting.slice(from, from + PIECE), body = { sent: this.#clock.now(), scans: [], sales: [], takings: [] };
      for (const { kind, ...one } of piece) body[kind].push(one);
      const answer = await this.ask('scans', body);
      if (GONE.includes(answer.status)) { this.#become('closed'); return false; }
      if (!answer.ok) throw new Error(String(answer.status));
      const { taken, refused, sold, closed } = await answer.json();
      const done = new Set(taken), heard = this.#clock.now();
      const said = piece.filter(one => done.has(one.key) || refused[one.key]);
      const kept = await this.#store.heard(said.map(one => ({ ...one, heard, refused: refused[one.key], numbers: sold[one.key] })));
      for (const one of kept) {
        if (refused[one.key]) this.dispatchEvent(new CustomEvent('refused', { detail: { one, why: refused[one.key] } }));
        else if (sold[one.key] && !one.stock) this.dispatchEvent(new CustomEvent('sold', { detail: one }));
      }
      if (closed) this.#become('closed');
    }
    // A door that is closed, and has told everything, has no use for what it took along.
    if (this.state === 'closed' && this.#roll.types.some(type => type.stock > 0)) {
      const answer = await this.ask('stock', { counts: [] });
      if (answer.ok) for (const type of this.#roll.types) type.stock = 0;
    }
    return waiting.length > 0;
  }

  async #hear() {
    const kept = await this.#store.fact('list'), sent = Date.now();
    const answer = await fetch('list', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE), headers: kept ? { 'If-None-Match': kept.etag } : {} });
    if (GONE.includes(answer.status)) { this.#become('closed'); return false; }
    if (!answer.ok && answer.status !== 304) throw new Error(String(answer.status));
    this.#clock.hear(Number(answer.headers.get('Aqyn-Now')), sent);
    const at = this.#clock.now() - (Date.now() - sent);
    if (answer.status === 304) await this.#store.keepFact('list', { ...kept, at });
    else await this.#store.keepFact('list', { list: await answer.json(), etag: answer.headers.get('ETag'), at });
    this.since = at;
    this.#heard = sent;
    this.#become('ok');
    return true;
  }

  async #renew() {
    const kept = await this.#store.fact('list');
    if (kept) this.#roll.take(kept.list, kept.at, await this.#store.told());
  }

  /** One POST beside the page; rejects where there is no network, or no answer in time. */
  async ask(name, body, patience = PATIENCE) {
    const sent = Date.now();
    const answer = await fetch(name, { method: 'POST', cache: 'no-store', signal: AbortSignal.timeout(patience), headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    this.#clock.hear(Number(answer.headers.get('Aqyn-Now') ?? NaN), sent);
    return answer;
  }

  #become(state) {
    if (state === this.state || this.state === 'closed') return;
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}
