/* <aqyn-readings>: every line in every layer, each cell written in place and kept as one leaves it. Where somebody
   else changed it meanwhile, both stand there until one is chosen. */
class Readings extends HTMLElement {
  connectedCallback() {
    for (const cell of this.querySelectorAll('.cell')) this.#open(cell);
    this.addEventListener('keydown', (event) => this.#walk(event));
    this.addEventListener('focusout', ({ target }) => { if (target.matches('textarea')) this.#keep(target.closest('.cell')); });
    this.addEventListener('input', ({ target }) => { target.parentElement.dataset.text = target.value; });
    this.addEventListener('click', ({ target }) => this.#press(target));
    addEventListener('online', () => { for (const cell of this.querySelectorAll('.unkept')) this.#keep(cell, true); });
    addEventListener('beforeunload', (event) => { if (this.querySelector('.unkept')) event.preventDefault(); });
    this.classList.add('ready');
  }

  /* A cell grows with its text: what is typed stands once more behind it. */
  #open(cell) {
    const said = cell.querySelector('.voice');
    const grow = document.createElement('div');
    const input = document.createElement('textarea');
    grow.className = 'grow voice';
    input.className = 'voice';
    for (const one of [grow, input]) Object.assign(one, { lang: said.lang, dir: said.dir });
    input.value = input.defaultValue = grow.dataset.text = said.textContent;
    Object.assign(input, { rows: 1, maxLength: 1000, spellcheck: false });
    input.setAttribute('aria-label', cell.dataset.name);
    grow.append(input);
    const origin = cell.querySelector('.origin') ?? document.createElement('span');
    cell.replaceChildren(grow, origin);
    this.#mark(cell);
  }

  #mark(cell) {
    const hers = 'hers' in cell.dataset, origin = cell.lastElementChild;
    origin.className = `origin${hers ? ' hers' : ''}`;
    origin.textContent = '';
    if (!('made' in cell.dataset)) return;
    origin.textContent = hers ? this.dataset.written : 'guessed' in cell.dataset ? this.dataset.guessed : '';
    if (!hers) return;
    const back = Object.assign(document.createElement('button'), { type: 'button', value: 'back', title: this.dataset.giveBack, textContent: '↺' });
    back.setAttribute('aria-label', `${this.dataset.giveBack}: ${cell.dataset.name}`);
    origin.append(' ', back);
  }

  #walk(event) {
    const cell = event.target.closest('.cell');
    if (!cell || event.isComposing || !event.target.matches('textarea')) return;
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
    if (event.key === 'Escape') {
      event.target.value = event.target.parentElement.dataset.text = event.target.defaultValue;
    } else if (step && (event.key === 'Enter' || event.altKey)) {
      event.preventDefault();
      const column = [...this.querySelectorAll(`.cell[data-tag="${cell.dataset.tag}"] textarea`)];
      column[column.indexOf(event.target) + step]?.focus();
    }
  }

  #press(target) {
    const cell = target.closest('.cell'), input = cell?.querySelector('textarea');
    if (target.value === 'back') this.#send(cell, { deed: 'give-back' });
    if (target.value === 'take') {
      input.value = input.parentElement.dataset.text = input.defaultValue;
      cell.querySelector('.there').remove();
      input.focus();
    }
    if (target.value === 'mine') {
      cell.querySelector('.there').remove();
      this.#send(cell, { text: input.value });
    }
  }

  #keep(cell, again = false) {
    const input = cell.querySelector('textarea');
    if (input.value.trim() !== input.defaultValue && (again || !cell.querySelector('.there'))) this.#send(cell, { text: input.value });
  }

  async #send(cell, deed) {
    const input = cell.querySelector('textarea'), sent = input.value;
    const body = JSON.stringify({ tag: cell.dataset.tag, was: input.defaultValue, ...deed });
    const headers = { 'Content-Type': 'application/json' };
    let answer, told;
    try {
      answer = await fetch(cell.closest('tr').dataset.to, { method: 'POST', headers, body, redirect: 'manual', keepalive: true });
      if (answer.type === 'opaqueredirect') return this.#fault(cell, this.dataset.signedOut);
      told = await answer.json();
    } catch {
      return this.#fault(cell, this.dataset.fault);
    }
    if (answer.status === 409) return this.#differ(cell, told);
    if (!answer.ok) return this.#fault(cell, told.title);
    for (const [line, now] of Object.entries(told.lines)) this.#show(line, cell.dataset.tag, now, cell, sent);
    this.querySelector('[role=status]').textContent = this.dataset.kept;
  }

  #show(line, tag, { text, hers, guessed }, asked, sent) {
    const cell = this.querySelector(`tr[data-line="${line}"] .cell[data-tag="${tag}"]`);
    const input = cell.querySelector('textarea');
    // Whoever typed on in it, or in a repeat of it, meanwhile is not disturbed.
    const untouched = cell === asked ? input.value === sent : input.value === input.defaultValue;
    input.defaultValue = text;
    if (untouched) input.value = input.parentElement.dataset.text = text;
    for (const [name, on] of [['hers', hers && text], ['guessed', guessed]]) cell.toggleAttribute(`data-${name}`, Boolean(on));
    cell.classList.remove('unkept');
    cell.querySelector('.there')?.remove();
    this.#mark(cell);
  }

  #fault(cell, sentence) {
    cell.classList.add('unkept');
    const said = document.createElement('p');
    said.className = 'there wrong';
    said.setAttribute('role', 'alert');
    said.textContent = sentence;
    cell.querySelector('.there')?.remove();
    cell.querySelector('.grow').after(said);
    cell.querySelector('textarea').addEventListener('input', () => said.remove(), { once: true });
  }

  /* What stands there now becomes what a second try begins from. */
  #differ(cell, told) {
    this.#fault(cell, told.title);
    const input = cell.querySelector('textarea'), there = cell.querySelector('.there');
    input.defaultValue = told.there;
    const said = Object.assign(document.createElement('q'), { textContent: told.there, lang: input.lang, dir: input.dir, className: 'voice' });
    const buttons = ['take', 'mine'].map((value) => Object.assign(document.createElement('button'), { type: 'button', value, className: 'linkish', textContent: this.dataset[value] }));
    there.append(' ', this.dataset.theirs, ' ', said, ' ', ...buttons);
  }
}

customElements.define('aqyn-readings', Readings);
