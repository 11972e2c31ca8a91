/* <aqyn-door>: what is scanned is decided here, written down, then shown; the house hears of it later. */
import { Clock } from './clock.js';
import { wakeSound } from './feel.js';
import { judge, ofSerial } from './judge.js';
import { Roll } from './roll.js';
import { sellAt, takeAlong } from './selling.js';
import { Store } from './store.js';
import { Sync } from './sync.js';
import { money, say } from './texts.js';
import { tellState } from './state.js';
import { listen } from './wedge.js';

const ECHO = 600;     // ms after a code in which a scanner may say it twice
const SHOWN = 2_500;  // ms for which a let-in is shown before a camera

class AqynDoor extends HTMLElement {
  roll = new Roll();
  #turn = Promise.resolve(); #last = ['', 0]; #in = null; #clearing = 0;

  get online() { return this.sync?.state === 'ok'; }

  async connectedCallback() {
    this.verdict = this.querySelector('door-verdict');
    this.eye = this.querySelector('qr-reader');
    this.querySelector('.begin').addEventListener('click', () => this.#begin());
    this.querySelector('.look').addEventListener('click', () => this.#look());
    this.querySelector('.find').addEventListener('click', () => this.querySelector('door-find').open(this));
    this.querySelector('.sell').addEventListener('click', () => this.querySelector('door-sell').open(this));
    this.querySelector('.torch').addEventListener('click', event => event.currentTarget.setAttribute('aria-pressed', this.eye.toggleAttribute('torch')));
    this.querySelector('.undo').addEventListener('click', () => this.#in && this.#undo(...this.#in));
    this.eye.addEventListener('code', event => this.heard(event.detail.text, 0));
    listen(text => this.heard(text));
    this.store = await Store.open();
    this.clock = await Clock.open(this.store);
    this.sync = new Sync(this.store, this.clock, this.roll);
    this.sync.addEventListener('change', () => tellState(this));
    this.sync.addEventListener('refused', ({ detail }) => this.verdict.show({ verdict: 'failed', why: detail.why }));
    this.sync.addEventListener('sold', ({ detail }) => this.verdict.show({ verdict: 'sold', why: say('sold_late', { n: places(detail.counts) }) }));
    await this.sync.open();
    this.toggleAttribute('data-ready', true);
    if ('serviceWorker' in navigator) {
      await navigator.serviceWorker.register('worker.js').catch(() => {});
      navigator.serviceWorker.ready.then(() => { this.toggleAttribute('data-kept', true); tellState(this); });
    }
  }

  /** Whatever was read or typed: one after the other, so that no two are judged by the same list.
   *
   * `echo`: ms after a code in which the same one is a stammer, counted from the one that was judged: the next guest
   * may hold a copy. The camera itself tells only once of a code that stays. */
  heard(text, echo = ECHO) {
    const now = performance.now(), [before, at] = this.#last;
    if (text === before && now - at < echo) return this.#turn;
    this.#last = [text, now];
    return this.#do(async () => this.#answer(await judge(this.roll, text)));
  }

  /** A ticket that was found by hand. */
  letIn(ticket) { return this.#do(() => this.#answer(ofSerial(this.roll, ticket.serial))); }

  sell(counts, way) { return this.#do(() => sellAt(this, counts, way)); }

  takeAlong(counts) { return takeAlong(this, counts); }

  /** Write down what happened; it is on the disk before anything is shown. */
  async keep(...records) {
    await this.store.keep(...records);
    this.roll.again(await this.store.told());
    tellState(this);
    this.sync.soon();
  }

  record(kind, told, key = newKey()) { return { kind, key, at: this.clock.now(), ...told }; }

  async #answer(told) {
    if (!this.roll.ready) return this.verdict.show({ verdict: 'failed', why: say('no_list') });
    const scan = this.record('scans', { verdict: told.verdict, serial: told.serial, text: (told.text ?? '').slice(0, 300) });
    await this.keep(scan);
    const deeds = told.verdict === 'in' || told.verdict === 'new' ? [[say('undo'), () => this.#undo(scan, told)]]
      : told.verdict === 'owes' ? ['cash', 'terminal'].map(way => [say(`took_${way}`, { amount: money(told.ticket.order.owes, this.roll.currency) }), () => this.#paid(told.ticket, way), 'main']) : [];
    if (told.verdict === 'in' || told.verdict === 'new') this.#letIn(scan, told);
    this.verdict.show({ ...told, currency: this.roll.currency, zone: this.roll.zone }, deeds);
  }

  /* Who was let in last can be sent back. Before a camera the word goes by itself, so that it sees the next one. */
  #letIn(scan, told) {
    this.#in = scan && [scan, told];
    this.querySelector('.undo').hidden = !scan;
    clearTimeout(this.#clearing);
    if (scan && this.hasAttribute('data-looking')) {
      this.#clearing = setTimeout(() => { if (this.verdict.dataset.kind === 'in') this.verdict.clear(); }, SHOWN);
    }
  }

  #undo(scan, told) {
    return this.#do(async () => {
      this.#last = ['', 0];
      this.#letIn(null);
      await this.keep(this.record('scans', { verdict: 'undone', serial: scan.serial, text: scan.key }));
      this.verdict.show({ verdict: 'undone', ticket: told.ticket });
    });
  }

  #paid(ticket, way) {
    return this.#do(async () => {
      // By the list as it is now: somebody may have paid, or come in, since the amount was shown.
      const { id, owes } = ticket.order, now = ofSerial(this.roll, ticket.serial);
      if (now.verdict !== 'owes' || now.ticket.order.owes !== owes) return this.#answer(now);
      const taking = this.record('takings', { order: id, amount: owes, way });
      const scan = this.record('scans', { verdict: 'in', serial: ticket.serial, text: '' });
      await this.keep(taking, scan);
      this.#letIn(scan, { ticket });
      this.verdict.show({ verdict: 'in', ticket }, [[say('undo'), () => this.#undo(scan, { ticket })]]);
    });
  }

  #do(deed) {
    this.#turn = this.#turn.then(deed).catch(error => this.verdict.show({ verdict: 'failed', why: say('not_kept', { error: error.message }) }));
    return this.#turn;
  }

  /** The first press: with it the browser gives sound, the camera and a screen that stays lit. */
  #begin() {
    wakeSound();
    this.toggleAttribute('data-begun', true);
    const awake = () => { if (!document.hidden) navigator.wakeLock?.request('screen').catch(() => {}); };
    document.addEventListener('visibilitychange', awake);
    awake();
    return this.#look();
  }

  async #look() {
    if (this.hasAttribute('data-looking')) { this.eye.stop(); this.toggleAttribute('data-looking', false); return; }
    try {
      await this.eye.start();
      this.toggleAttribute('data-looking', true);
      this.querySelector('.blind').textContent = '';
    } catch (error) {
      this.querySelector('.blind').textContent = say(error?.name === 'NotAllowedError' ? 'camera_denied' : 'no_camera');
    }
  }
}

function places(counts) { return counts.reduce((sum, [, count]) => sum + count, 0); }

/* Without HTTPS there is no randomUUID. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}
customElements.define('aqyn-door', AqynDoor);
