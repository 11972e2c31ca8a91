/* Keeps what is typed: in this browser at each keystroke, in the house at every pause. Its desk is told what stands
   now (`stands`), what two writers have to choose between (`differs`), and how it goes (`say`). */
const JOT = 150;
const PAUSE = 800;
const AGAIN = 5000;

export class Keeper {
  #desk;
  #draft;
  #to;
  #synced;
  #kept = true;
  #timers = {};
  #busy = null;
  #again = false;

  constructor(desk, draft, to) {
    this.#desk = desk;
    this.#draft = draft;
    this.#to = to;
    addEventListener('online', () => this.save());
    addEventListener('pagehide', () => this.jot());
    document.addEventListener('visibilitychange', () => (document.hidden ? this.jot() : this.save()));
  }

  /* What other pages of this browser left is taken up; then what stands in the house is asked for. */
  async open() {
    await this.#draft.open();
    for (const left of await this.#draft.left()) {
      if (left.text !== this.#desk.text) this.#desk.take(left);
      this.jot();
      if (!left.own) this.#draft.drop(left.key);
      if (!await this.save()) return;
    }
    await this.save();
  }

  typed() {
    this.#soon('jot', JOT, () => this.jot());
    this.#soon('save', PAUSE, () => this.save());
  }

  get pending() {
    return this.#desk.text !== this.#synced;
  }

  jot() {
    clearTimeout(this.#timers.jot);
    if (this.pending) this.#kept = this.#draft.put(this.#desk.base, this.#desk.text);
    else this.#draft.drop();
  }

  /* Whether everything that is here is in the house, too. */
  async save() {
    clearTimeout(this.#timers.save);
    if (this.#desk.choosing) return false;
    if (this.#busy) {
      this.#again = true;
      return this.#busy;
    }
    this.#busy = this.#send();
    const done = await this.#busy;
    this.#busy = null;
    if (!this.#again) return done;
    this.#again = false;
    return this.save();
  }

  async #send() {
    const { text, base, layer } = this.#desk;
    this.jot();
    let answer, told;
    try {
      const body = JSON.stringify({ base, text, layer });
      const headers = { 'Content-Type': 'application/json' };
      const signal = AbortSignal.timeout(20_000);
      answer = await fetch(this.#to, { method: 'POST', headers, body, redirect: 'manual', signal });
      if (answer.type === 'opaqueredirect') return this.#later('signedOut');
    } catch {
      return this.#later('offline');
    }
    try {
      told = await answer.json();
    } catch {
      return this.#later('busy');
    }
    const moved = this.#desk.text !== text;
    if (answer.status === 409) {
      if (moved) this.#soon('save', PAUSE, () => this.save());
      else this.#desk.differs(told);
      return false;
    }
    if (!answer.ok) return this.#later('', told.title);
    // Whoever typed on meanwhile began from what was sent; the next pause brings that together with the rest.
    if (!moved && told.joined) this.#desk.join(told.text);
    this.#desk.base = moved && told.joined ? text : told.text;
    this.#synced = moved ? undefined : this.#desk.text;
    this.jot();
    this.#desk.stands(told, moved && told.joined ? null : told.joined ? told.text : text);
    return !moved;
  }

  #later(state, sentence = '') {
    this.#desk.say(this.#kept || !this.pending ? state : 'unkept', sentence);
    if (this.pending && !sentence) this.#soon('save', AGAIN, () => this.save());
    return false;
  }

  #soon(name, ms, deed) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(deed, ms);
  }
}
