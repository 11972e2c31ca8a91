/* What the hall sees: its phones, its state, and the crew's own words. */
export class Hall {
  #desk; #parts; #notice = 0;

  constructor(desk, parts) {
    this.#desk = desk;
    this.#parts = parts;
    const { text, words } = parts;
    words.addEventListener('submit', event => {
      event.preventDefault();
      this.#send(text.value.trim());
    });
    text.addEventListener('input', () => this.#count());
    // Enter sends; a line of its own is made with Shift.
    text.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      words.requestSubmit();
    });
    this.#count();
  }

  show() {
    const { position, told } = this.#desk, { phones, state, dark } = this.#parts;
    phones.textContent = this.#desk.say(told.phones === 1 ? 'phone' : 'phones', { n: told.phones.toLocaleString(document.documentElement.lang) });
    state.textContent = [this.#desk.say(`state-${position.state}`), position.dark ? this.#desk.say('state-dark') : ''].filter(Boolean).join(' · ');
    dark.setAttribute('aria-pressed', String(position.dark));
    if (position.notice !== this.#notice) this.#fetch(position.notice);
  }

  async #send(text) {
    if (!text) return;
    if (await this.#desk.press({ do: 'notice', text })) {
      this.#parts.text.value = '';
      this.#count();
    }
  }

  #count() {
    const { text, left } = this.#parts;
    left.textContent = `${[...text.value].length} / ${text.maxLength}`;
  }

  /* The text that the hall reads now. */
  async #fetch(number) {
    this.#notice = number;
    const { notice, clear } = this.#parts;
    clear.hidden = notice.hidden = !number;
    notice.textContent = '';
    if (!number) return;
    const told = await this.#desk.notice(number);
    if (number !== this.#notice || !told) return;
    Object.assign(notice, { textContent: told.text, lang: told.lang, dir: told.dir });
  }
}
