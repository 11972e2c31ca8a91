/* Sends what is pressed, one after the other, each within a limit that begins with the press. Nothing waits for a
   network that is gone, and nothing is sent again. */
export const LIMIT = 1500;   // ms, as long as the house takes a press

export class Presses {
  #url; #own; #now; #before = Promise.resolve();

  /** `now()`: the house's time in ms, or NaN while it is not known. */
  constructor(url, own, now) {
    this.#url = url;
    this.#own = own;
    this.#now = now;
  }

  /** Press; gives "" where it was done, a sentence of the house's why it was not, or the name of one of the console's
      own: "late", "away", "clock". */
  press(press) {
    const at = this.#now(), begun = performance.now();
    if (!Number.isFinite(at)) return Promise.resolve({ name: 'clock' });
    const told = { key: this.#own.key, number: this.#own.next(), at: Math.round(at), press };
    return this.#before = this.#before.then(() => this.#send(told, LIMIT - (performance.now() - begun)));
  }

  async #send(told, left) {
    if (left <= 0) return { name: 'late' };
    const limit = new AbortController(), timer = setTimeout(() => limit.abort(), left);
    try {
      const answer = await fetch(this.#url, {
        method: 'POST', body: JSON.stringify(told), headers: { 'Content-Type': 'application/json' }, signal: limit.signal,
      });
      return answer.ok ? null : await refusal(answer);
    } catch {
      return { name: limit.signal.aborted ? 'late' : 'away' };
    } finally {
      clearTimeout(timer);
    }
  }
}

async function refusal(answer) {
  const { title } = await answer.json().catch(() => ({}));
  return title ? { sentence: title } : { name: 'away' };
}
