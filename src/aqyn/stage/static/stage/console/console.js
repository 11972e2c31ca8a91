/* <aqyn-console>: it holds what the house says of the hall, and never shows anything else; its parts draw and press. */
import { Awake } from '../../songs/awake.js';
import { steps } from '../hall/course.js';
import { Follower } from '../live/follower.js';
import { DEEDS, FREE, over, OWN } from './deeds.js';
import { Drive } from './drive.js';
import { Hall } from './hall.js';
import { hands } from './hands.js';
import { listen } from './keys.js';
import { Layers } from './layers.js';
import { Line } from './line.js';
import { named } from './named.js';
import { Now } from './now.js';
import { Order } from './order.js';
import { Own } from './own.js';
import { Pace } from './pace.js';
import { Presses } from './press.js';
import { Sheet } from './sheet.js';
import { Side } from './side.js';
import { Telling } from './telling.js';
import { Wheel } from './wheel.js';

const DRIVES = ':is(.dock, .order, .pace, .sheet, .side ol, .text-deeds) button, .tool.dark, .pace input';

class AqynConsole extends HTMLElement {
  position = { number: -1, state: 'wait', entry: 0, order: [], tempo: 1000, dark: false, notice: 0 };
  told = { wheel: null, asking: null, phones: 0, lead: 0 };
  where = null;
  #telling; #follower; #presses; #written = ''; #over = false; #parts = {};

  connectedCallback() {
    const parts = this.#parts, { show, rehearsal, events, press, wanted } = this.dataset;
    for (const part of this.querySelectorAll('[data-part]')) parts[part.dataset.part] = part;
    this.#telling = new Telling(this, parts.said);
    this.own = new Own(show);
    this.#follower = new Follower({ show, rehearsal, events: `${events}?key=${this.own.key}` });
    this.#presses = new Presses(press, this.own, () => this.#follower.clock.settled ? this.#follower.clock.now() : NaN);
    this.side = new Side(this, parts.side);
    this.layers = new Layers(parts.layer, wanted.split(' '), () => this.#write(true));
    this.now = new Now(this, parts.line, parts.next);
    this.sheet = new Sheet(this, parts.sheet);
    this.order = new Order(this, parts.order, parts['order-deeds']);
    this.pace = new Pace(this, parts);
    this.hall = new Hall(this, parts);
    this.wheel = new Wheel(this, parts.wheel);
    this.drive = new Drive(this, parts.onward, parts.go, parts.hand);
    this.line = new Line(this, this.#follower, parts);
    if (Awake.withheld || !Awake.possible) parts.awake.textContent = this.say('awake-not');
    new Awake(() => true).check();
    this.#hear();
    hands(this);
    listen(this);
    this.#run();
    const first = this.querySelector('[data-first]');
    if (first) this.#telling.tell(first.textContent);
    this.dataset.ready = '';
  }

  get song() { return this.#follower.song; }
  notice(number) { return this.#follower.setlist.notice(number); }
  say(name, values) { return this.#telling.say(name, values); }
  tell(name, values) { this.#telling.tell(this.say(name, values)); }

  /** Do a deed by its name: a key's, a button's. */
  do(name) {
    if (OWN.has(name) || this.#may(name)) DEEDS[name](this);
  }

  /** Press; whether it was done. Refused on the spot where it cannot be, and never kept for later. */
  async press(press) {
    if (!this.#may(press.do)) return false;
    this.dataset.answer = 'sent';
    const refusal = await this.#presses.press(press);
    this.dataset.answer = refusal ? 'refused' : 'done';
    if (refusal?.name === 'late' || refusal?.name === 'away') this.line.doubt();
    if (refusal) this.#refuse(refusal.name, refusal.sentence);
    return !refusal;
  }

  /** The part that a phone shows. */
  look(view) {
    this.dataset.view = view;
    for (const button of this.querySelectorAll('[data-view]')) button.setAttribute('aria-pressed', String(button.dataset.view === view));
  }

  help() {
    const dialog = this.querySelector('.keys-page');
    if (dialog.open) dialog.close(); else dialog.showModal();
  }

  escape() {
    if (this.order.close()) return;
    this.focus({ preventScroll: true });
  }

  /** Show anew whether this console may press: what drives the hall lies still where it may not. */
  may() {
    const may = this.line.live && this.wheel.mine;
    this.toggleAttribute('data-may', may);
    for (const one of this.querySelectorAll(DRIVES)) one.setAttribute('aria-disabled', String(!may));
    for (const field of this.querySelectorAll('.pace input')) field.readOnly = !may;
  }

  #may(name) {
    if (!this.line.live) this.#refuse('away');
    else if (!this.wheel.mine && !FREE.has(name)) this.#refuse(this.told.wheel ? 'not-theirs' : 'not-mine');
    else return true;
    return false;
  }

  #refuse(name, sentence) {
    this.#telling.tell(sentence ?? this.say(name, { name: this.told.wheel?.name ?? '' }), true);
  }

  #hear() {
    const follower = this.#follower;
    follower.addEventListener('position', () => this.#turn());
    follower.addEventListener('song', () => this.#write());
    follower.link.addEventListener('desk', ({ detail }) => {
      // Closed, or opened as something else: another page.
      if (!detail.open || detail.rehearsal !== this.dataset.rehearsal) { location.reload(); return; }
      this.told = detail;
      this.wheel.show();
      this.may();
      this.hall.show();
      this.pace.show();
    });
  }

  /** The setlist was written anew. */
  listed() {
    this.side.show(this.position.entry);
    this.may();
    this.drive.show();
  }

  #turn() {
    const { position } = this.#follower;
    this.position = position;
    this.dataset.state = position.state;
    this.toggleAttribute('data-dark', position.dark);
    this.side.show(position.entry);
    const { hue, note } = this.side.of(position.entry), { title, note: noted } = this.#parts;
    if (hue) this.dataset.hue = hue;
    title.replaceChildren(...[this.side.title(position.entry)].filter(Boolean));
    noted.textContent = note;
    if (!this.side.knows(position.entry)) this.side.refresh();
    this.hall.show();
    this.pace.show();
    this.#write();
    this.#draw();
    this.drive.show();
  }

  /* The song in tonight's order, written anew where the entry, the order or the layer is another one. */
  #write(anew = false) {
    const { song, position } = this, key = `${position.entry} ${song?.entry} ${position.order}`;
    if (key === this.#written && !anew) return;
    if (!anew) this.layers.offer(song);
    this.#written = key;
    const sung = song ? named(song, steps(song, position.order), kind => this.say(`part-${kind}`)) : [];
    this.sheet.write(song, sung, this.layers.tag);
    this.order.write(sung);
    this.now.forget();
    this.may();
    this.#show();
  }

  #run() {
    this.#draw();
    requestAnimationFrame(() => this.#run());
  }

  #draw() {
    this.where = this.#follower.where();
    this.now.draw();
    this.#show();
  }

  #show() {
    if (over(this) !== this.#over) this.drive.show();
    this.#over = over(this);
    const { where } = this, sings = where && !where.over && this.position.state !== 'wait';
    this.order.show(sings ? where.step : -1);
    this.sheet.show(sings ? where.step : -1, sings ? where.line : -1);
  }
}
customElements.define('aqyn-console', AqynConsole);
