/* What the console says: sentences of the page's own language. */
export class Telling {
  #texts; #said; #timer = 0;

  constructor(desk, said) {
    this.#said = said;
    this.#texts = Object.fromEntries([...desk.querySelectorAll('[data-say]')].map(one => [one.dataset.say, one.textContent]));
  }

  /** The sentence `name` with its {values}; "" where there is none. */
  say(name, values = {}) {
    return (this.#texts[name] ?? '').replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '');
  }

  /** Say something once, to eyes and ears. */
  tell(sentence, refused = false) {
    clearTimeout(this.#timer);
    this.#said.textContent = sentence;
    this.#said.classList.toggle('refused', refused);
    this.#timer = setTimeout(() => { this.#said.textContent = ''; }, 6000);
  }
}
