/* The counter of a show: what is left, what it comes to, and holding it without leaving the page. */

import { ask, forget, keyOf } from './ask.js';
import { read, written } from './money.js';
import './stepper.js';

const LOOK_MS = 10_000;
/* So old may be what is told to all (site/front/offers.py). */
const KEPT_MS = 1_000;

class Counter {
  constructor(form) {
    this.form = form;
    this.texts = form.dataset;
    this.money = { sign: form.dataset.sign, digits: Number(form.dataset.digits) };
    this.wares = [...form.querySelectorAll('.ware')];
    this.button = form.querySelector('.button');
    this.plain = this.button.textContent;
    this.trouble = form.querySelector(':scope > .trouble');
    form.addEventListener('input', () => this.count());
    form.addEventListener('submit', (event) => this.hold(event));
    document.addEventListener('visibilitychange', () => this.look());
    // Who comes back from what is held may find the page as it was left.
    addEventListener('pageshow', ({ persisted }) => persisted && this.again());
    setInterval(() => this.look(), LOOK_MS);
    this.look();
    this.count();
  }

  /** What is chosen, as the lane takes it; and what it comes to, null where a price cannot be read. */
  wish() {
    let total = 0;
    let places = 0;
    const items = [];
    for (const ware of this.wares) {
      const quantity = Number(ware.querySelector('[name^=type]').value || 0);
      ware.classList.toggle('chosen', quantity > 0);
      if (!quantity) continue;
      const named = ware.querySelector('[name^=price]')?.value.trim();
      const price = named ? read(named, this.money) : Number(ware.dataset.price);
      total = price === null || total === null ? null : total + price * quantity;
      places += quantity;
      items.push({ ticket_type: Number(ware.dataset.type), quantity, ...(named && { price }) });
    }
    return { items, total, places };
  }

  count() {
    const { total, places } = this.wish();
    const sum = this.form.querySelector('.total');
    sum.hidden = !places;
    sum.querySelector('output').textContent = total === null ? '' : written(total, this.money);
    this.button.textContent = places ? this.texts.holdN.replace('{n}', places) : this.plain;
  }

  async look() {
    if (document.hidden) return;
    const code = this.texts.code ? `?code=${encodeURIComponent(this.texts.code)}` : '';
    const answer = await fetch(`/api/v1/shows/${this.texts.shop}${code}`).catch(() => null);
    if (!answer?.ok) return;
    for (const type of (await answer.json()).ticket_types) this.show(type);
  }

  show({ id, state, left, limit }) {
    const ware = this.wares.find((one) => one.dataset.type === String(id));
    if (!ware) return;
    ware.className = `ware ${state}`;
    const words = {
      on_sale: left === null ? this.texts.plenty : this.texts.nLeft.replace('{n}', left),
      sold_out: this.texts.gone,
      ended: this.texts.ended,
      soon: '',
    }[state];
    ware.querySelector('.left').textContent = words;
    const most = state === 'on_sale' ? Math.min(left ?? 100, limit ?? 100) : 0;
    ware.querySelector('aqyn-stepper').most = most;
    this.count();
  }

  async hold(event) {
    const { items, total } = this.wish();
    // What it cannot read it leaves to the form.
    if (total === null) return;
    event.preventDefault();
    const { email, code, language } = this.form.elements;
    const wish = { items, email: email.value, code: code.value, language: language.value };
    this.form.querySelectorAll('.trouble').forEach((trouble) => (trouble.hidden = true));
    this.button.disabled = true;
    this.button.textContent = this.texts.asking;
    const key = keyOf(this.texts.shop, wish);
    const { status, told } = await ask(this.form.action, wish, key, (word) => this.say(this.texts[word], true));
    if (status === 201) {
      forget(this.texts.shop);
      location.assign(told.page);
      return;
    }
    this.say(told.title, false);
    this.again();
    setTimeout(() => this.look(), KEPT_MS * 1.1);
  }

  again() {
    this.button.disabled = false;
    this.count();
    this.look();
  }

  say(sentence, calm) {
    this.trouble.textContent = sentence;
    this.trouble.classList.toggle('calm', calm);
    this.trouble.hidden = false;
  }
}

const form = document.querySelector('form[data-shop]');
if (form) new Counter(form);
