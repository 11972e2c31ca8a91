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
      const form = event.target.closest('.entry-form');
      if (form && event.target.name !== 'part') this.send(form, form.querySelector('button'));
    });
    this.addEventListener('keydown', event => this.#key(event));
    this.dragging = new Dragging(this);
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
      if (!fresh) throw new TypeError('no list came');
      await this.dragging.released();
      this.#draw(fresh, focus);
    } catch {
      this.say(this.dataset.lost);
    }
  }

  #draw(fresh, focus) {
    const active = document.activeElement;
    const here = focus || (this.contains(active) ? active.id : '');
    const row = active?.closest?.('[data-entry]'), place = row ? [...row.parentElement.children].indexOf(row) : -1;
    const open = new Set([...this.querySelectorAll('details[open]')].map(one => one.id));
    const shown = document.adoptNode(fresh);
    shown.querySelectorAll('details').forEach(one => { one.open ||= open.has(one.id); });
    this.querySelector('#setlist').replaceWith(shown);
    if (!here && place < 0) return;
    const again = document.getElementById(here);
    const near = this.querySelectorAll('[data-entry]')[place] ?? document.getElementById('listed');
    const other = again?.disabled && [...again.parentElement.querySelectorAll('button:enabled')][0];
    (other || (again?.disabled ? null : again) || near)?.focus({ preventScroll: !!again });
    const moved = again?.closest('.moves') && again.closest('[data-entry]');
    if (moved) this.tell(moved);
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

  say(sentence) {
    const said = this.querySelector('[role=status]');
    said.textContent = sentence;
    said.classList.toggle('unseen', sentence !== this.dataset.lost);
  }
}

customElements.define('aqyn-setlist', Setlist);
