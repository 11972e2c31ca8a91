/* The buttons under the thumb say what they will do as things stand. */
import { coming, over, resting } from './deeds.js';

export class Drive {
  #desk; #onward; #go; #hand;

  constructor(desk, onward, go, hand) {
    this.#desk = desk;
    this.#onward = onward;
    this.#go = go;
    this.#hand = hand;
  }

  show() {
    const { position, side } = this.#desk, rests = resting(this.#desk), next = rests ? coming(this.#desk) : null;
    const says = !next ? 'next-line' : next.start ? 'next-start' : next.entry ? 'next-entry' : 'next-none';
    write(this.#onward.querySelector('.does'), this.#desk.say(says));
    const to = this.#onward.querySelector('.to'), title = next && side.title(next.entry ?? next.start);
    to.replaceChildren(...(title ? [title] : []));
    const byHand = position.state === 'hand' && !over(this.#desk);
    write(this.#go, this.#desk.say(rests ? 'go-start' : { hold: 'go-go', hand: 'go-clock' }[position.state] ?? 'go-hold'));
    write(this.#hand, this.#desk.say(byHand ? 'by-clock' : 'by-hand'));
  }
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
