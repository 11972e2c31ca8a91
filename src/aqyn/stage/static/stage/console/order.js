/* The sections as they are sung tonight, in a row: gone to with one press, sung once more, left out or changed round
   with two. */
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';   // as in core.live.position

export class Order {
  #desk; #row; #deeds; #marked = -1; #steps = []; #here = -1;

  constructor(desk, row, deeds) {
    this.#desk = desk;
    this.#row = row;
    this.#deeds = deeds;
    row.addEventListener('click', event => {
      const { step, more } = event.target.closest('button')?.dataset ?? {};
      if (step !== undefined) desk.press({ do: 'section', step: +step });
      if (more !== undefined) this.#mark(this.#marked === +more ? -1 : +more);
    });
    deeds.addEventListener('click', event => {
      const deed = event.target.closest('button')?.dataset.order;
      if (!deed) return;
      desk.press(this.#press(deed, this.#marked));
      this.close();
    });
  }

  /** Write `steps` of the song, `[{number, label}]`: the number of each section. */
  write(steps) {
    this.#steps = steps.map(({ number }) => number);
    this.#here = -1;
    const more = this.#desk.say('order-more');
    this.#row.replaceChildren(...steps.map(({ label }, step) => {
      const item = document.createElement('li');
      item.append(button({ step }, label), button({ more: step }, '⋯', `${label}: ${more}`));
      item.lastChild.setAttribute('aria-expanded', 'false');
      return item;
    }));
    this.#mark(-1);
  }

  /** Mark the section that is sung, and keep it in view. */
  show(step) {
    if (step === this.#here) return;
    this.#here = step;
    if (this.#marked >= 0 && this.#marked < step) this.#mark(-1);
    [...this.#row.children].forEach((item, n) => {
      item.classList.toggle('past', n < step);
      item.lastChild.hidden = n < step;
      item.removeAttribute('aria-current');
      if (n !== step) return;
      item.setAttribute('aria-current', 'step');
      item.scrollIntoView({ block: 'nearest', inline: 'center' });
    });
  }

  /** Close what was opened; whether something was. */
  close() {
    const open = this.#marked >= 0;
    this.#mark(-1);
    return open;
  }

  /* What has a press of its own holds whatever the song has come to meanwhile. */
  #press(deed, step) {
    if (deed === 'swap') return { do: 'swap', step };
    if (deed === 'repeat' && step === this.#here) return { do: 'repeat' };
    const other = [...this.#steps];
    if (deed === 'skip') other.splice(step, 1); else other.splice(step, 0, other[step]);
    return { do: 'order', order: other.map(section => LETTERS[section]).join('') };
  }

  #mark(step) {
    this.#marked = step;
    this.#deeds.hidden = step < 0;
    const items = [...this.#row.children];
    items.forEach((item, n) => { item.lastChild.setAttribute('aria-expanded', String(n === step)); });
    this.#deeds.querySelector('.which').textContent = items[step]?.firstChild.textContent ?? '';
    const sung = step === this.#here;
    this.#deeds.querySelector('[data-order=skip]').hidden = sung || items.length < 2;
    this.#deeds.querySelector('[data-order=swap]').hidden = sung || step + 1 >= items.length;
  }
}

function button(data, text, label) {
  const made = Object.assign(document.createElement('button'), { type: 'button', textContent: text });
  Object.assign(made.dataset, data);
  if (label) made.setAttribute('aria-label', label);
  return made;
}
