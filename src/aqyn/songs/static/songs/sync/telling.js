/* What the desk says: sentences of the page's own language, and whether everything is kept. */
export class Telling {
  #texts; #said; #state; #desk; #worried = false;

  constructor(desk, parts) {
    this.#desk = desk;
    this.#said = parts.said;
    this.#state = parts.state;
    this.#texts = Object.fromEntries([...desk.querySelectorAll('[data-say]')].map(one => [one.dataset.say, one.textContent]));
  }

  /** The sentence `name` with its {values}. */
  say(name, values = {}) {
    return (this.#texts[name] ?? '').replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '');
  }

  /** Say something once, to eyes and ears. */
  tell(name, values) { this.#show(this.say(name, values)); }

  /** How the keeping goes. That it is kept need not be heard at every tap; that it is not, once, and when it is again. */
  state(state, sentence = '') {
    const worried = state !== 'kept' && state !== 'keeping', said = sentence || this.say(`state-${state}`);
    this.#state.textContent = this.say(worried ? 'not-kept' : state);
    this.#desk.dataset.state = state;
    if (state === 'keeping') return;
    if ((worried || this.#worried) && this.#said.textContent !== said) this.#show(said);
    this.#worried = worried;
  }

  #show(sentence) {
    this.#said.textContent = sentence;
    this.#said.getAnimations().forEach(one => one.cancel());
    if (this.#worried) return;
    this.#said.animate([{ opacity: 1 }, { opacity: 1, offset: .9 }, { opacity: 0 }], { duration: 5000, fill: 'forwards' });
  }
}
