/* <aqyn-setlist>: sends each deed without leaving the page, keeps the focus and what stands open, and keeps a changed
   field by itself. Without it every form goes to the house and comes back. */
import { Dragging } from './drag.js';

class Setlist extends HTMLElement {
  #last = Promise.resolve();

  connectedCallback() {
    this.addEventListener('submit', event => {
      event.preventDefault();
      this.send(event.target, event.submitter);
    });
    // What was typed must not be lost when the list is drawn anew.
    this.addEventListener('change', event => {
      if (event.target.type === 'checkbox') this.#keep(event.target);
    });
    this.addEventListener('focusout', event => {
      const field = event.target, to = event.relatedTarget;
      if (field.isConnected && field.matches('.entry-form input') && field.value !== field.defaultValue
        && !(to?.type === 'submit' && to.form === field.form)) this.#keep(field);
    });
    this.addEventListener('keydown', event => this.#key(event));
    this.dragging = new Dragging(this);
  }

  #keep(field) {
    this.send(field.form, field.form.querySelector('button'));
  }

  /** Sends the form as it is now, after those that were sent before it. */
  send(form, submitter) {
    const body = new URLSearchParams(new FormData(form, submitter));
    const action = submitter?.hasAttribute('formaction') ? submitter.formAction : form.action;
    const focus = submitter?.id;
    this.#last = this.#last.then(() => this.#send(action, body, focus));
  }

  async #send(action, body, focus) {
    try {
      const answer = await fetch(action, { method: 'POST', body });
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('setlist');
      if (answer.status === 404) return location.reload();
      if (!fresh) return this.say(answer.redirected ? this.dataset.out : this.dataset.lost, true);
      await this.dragging.released();
      this.#draw(fresh, focus);
    } catch {
      this.say(this.dataset.lost, true);
    }
  }

  /** Puts the fresh list in place of the one that is shown; what is open, focused and typed stays so. */
  #draw(fresh, focus) {
    const active = document.activeElement, row = active.closest('[data-entry]');
    const id = focus || (this.contains(active) ? active.id : ''), place = row ? [...row.parentElement.children].indexOf(row) : -1;
    const typing = active.id === id && active.matches('.entry-form input:not([type=checkbox])') ? active : null;
    for (const one of this.querySelectorAll('details[open]')) fresh.querySelector(`#${one.id}`)?.setAttribute('open', '');
    this.querySelector('#setlist').replaceWith(document.adoptNode(fresh));
    if (!id && place < 0) return;
    const again = document.getElementById(id);
    const other = again?.disabled ? again.parentElement.querySelector('button:enabled') : again;
    const near = this.querySelectorAll('[data-entry]')[place] ?? this.querySelector('h2');
    (other ?? near)?.focus({ preventScroll: !!other });
    if (typing && again) {
      again.value = typing.value;
      if (again.type === 'text') again.setSelectionRange(typing.selectionStart, typing.selectionEnd);
    }
    if (['up', 'down'].includes(again?.value)) this.tell(again.closest('[data-entry]'));
  }

  /** Alt and an arrow move the entry in which the focus is. */
  #key(event) {
    const where = { ArrowUp: 'up', ArrowDown: 'down' }[event.key];
    const row = event.altKey && where && event.target.closest('[data-entry]');
    if (!row) return;
    event.preventDefault();
    const button = row.querySelector(`.moves [value=${where}]`);
    if (!button.disabled) this.send(button.form, button);
  }

  /** Says where the entry stands now. */
  tell(row) {
    const rows = [...row.parentElement.children];
    const told = { song: row.querySelector('.name').textContent.trim(), place: rows.indexOf(row) + 1, count: rows.length };
    this.say(this.dataset.said.replace(/\{(\w+)\}/g, (_, name) => told[name]));
  }

  say(sentence, seen = false) {
    const said = this.querySelector('[role=status]');
    said.textContent = sentence;
    said.classList.toggle('unseen', !seen);
  }
}

customElements.define('aqyn-setlist', Setlist);
