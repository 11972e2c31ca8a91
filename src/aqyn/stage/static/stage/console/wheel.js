/* Who holds the wheel, who asks for it, and what this console can do about that. */
export class Wheel {
  #desk; #part;

  constructor(desk, part) {
    this.#desk = desk;
    this.#part = part;
  }

  get mine() { return this.#desk.told.wheel?.mark === this.#desk.own.mark; }
  get asked() { return this.#desk.told.asking?.mark === this.#desk.own.mark; }

  /** "free", "mine", "wanted" (mine, and somebody asks), "theirs", "asked" (theirs, and I ask). */
  get state() {
    const { wheel, asking } = this.#desk.told;
    if (!wheel) return 'free';
    if (this.mine) return asking ? 'wanted' : 'mine';
    return this.asked ? 'asked' : 'theirs';
  }

  /** One key for it: take it where it is free, ask for it where it is not, give it where somebody asks. */
  reach() {
    const deed = { free: 'take', theirs: 'ask', wanted: 'give', asked: 'take' }[this.state];
    return deed ? this.#desk.press({ do: deed }) : this.#desk.tell('wheel-mine');
  }

  show() {
    const { wheel, asking } = this.#desk.told, { state } = this;
    this.#desk.dataset.wheel = state;
    this.#desk.toggleAttribute('data-silent', Boolean(wheel?.silent));
    const said = this.#part.querySelector('.who'), told = this.#desk.say(wheel?.silent && state === 'theirs' ? 'wheel-silent' : `wheel-${state}`, { name: wheel?.name ?? '', asking: asking?.name ?? '' });
    if (said.textContent !== told) said.textContent = told;
    for (const button of this.#part.querySelectorAll('[data-when]')) button.hidden = !button.dataset.when.split(' ').includes(state);
  }
}
