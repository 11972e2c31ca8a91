/* The list as the door knows it: what the house told, and what happened here since. */
import { fold } from './fold.js';
import { typedSerial } from './code.js';

export const LET_IN = new Set(['in', 'new', 'sold']);
const GOOD = 0, MOST = 40;

export class Roll {
  /** serial → {serial, number, type, order: {id, name, owes}, state}. */
  tickets = new Map();
  /** serial → {at, door}: who is in. */
  came = new Map();
  types = []; keys = {}; revoked = new Set(); others = {}; sale = 0; expected = 0; here = 0; extra = 0;
  #list = null; #at = 0; #numbers = new Map(); #orders = [];

  get ready() { return this.#list !== null; }
  get currency() { return this.#list?.currency; }
  get zone() { return this.#list?.zone ?? ''; }
  get name() { return this.#list?.door ?? ''; }
  key(number) { return this.keys[number]; }

  /** Take a list of the house's, read at `at` by its clock, and everything that this device has told. */
  take(list, at, told) {
    this.#list = list; this.#at = at;
    this.sale = list.sale; this.others = list.others; this.types = list.types.map(type => ({ ...type }));
    this.keys = Object.fromEntries(Object.entries(list.keys).map(([number, key]) => [number, bytes(key)]));
    this.revoked = new Set(list.revoked);
    this.#orders = list.orders.map(([id, name, folded, owes]) => ({ id, name, folded, owes, tickets: [] }));
    this.tickets.clear(); this.#numbers.clear();
    this.expected = 0;
    for (const [serial, number, type, order, state] of list.tickets) {
      const ticket = { serial, number, type: this.types[type], order: this.#orders[order], state };
      this.tickets.set(serial, ticket);
      this.#numbers.set(number, ticket);
      ticket.order.tickets.push(ticket);
      if (state === GOOD) this.expected++;
    }
    this.#tell(at, told);
  }

  /** The same list once more, after something happened here. */
  again(told) { if (this.#list) this.take(this.#list, this.#at, told); }

  /* Put what this device told over what the house told at `at`. */
  #tell(at, told) {
    this.came = new Map(this.#list.came.map(([serial, when, door]) => [serial, { at: when, door }]));
    this.extra = 0;
    const undone = new Set(told.filter(one => one.verdict === 'undone').map(one => one.text));
    for (const one of told) this.#apply(one, at, undone);
    this.here = 0;
    for (const serial of this.came.keys()) if (this.tickets.get(serial)?.state === GOOD) this.here++;
    this.here += this.extra;
  }

  #apply(one, at, undone) {
    const unheard = !one.heard || one.heard > at;
    if (one.kind === 'takings' && unheard && !one.refused) {
      const order = this.#orders.find(other => other.id === one.order);
      if (order) order.owes = Math.max(0, order.owes - one.amount);
    } else if (one.kind === 'sales' && one.stock && unheard && !one.refused) {
      for (const [id, count] of one.counts) {
        const type = this.types.find(other => other.id === id);
        if (type) type.stock -= count;
        this.extra += count;
      }
    } else if (one.kind === 'scans' && one.verdict === 'undone' && unheard) {
      if (this.came.get(one.serial)?.door === this.name) this.came.delete(one.serial);
    } else if (one.kind === 'scans' && LET_IN.has(one.verdict) && !undone.has(one.key)) {
      const before = this.came.get(one.serial);
      if (!before || before.at > one.at) this.came.set(one.serial, { at: one.at, door: this.name, mine: true });
      if (one.verdict === 'new' && !this.tickets.has(one.serial)) this.extra++;
    }
  }

  /** The ticket of a number or a serial that was typed; null where it is neither. */
  typed(text) {
    const bare = text.trim().replace(/^(№|#|no\.?)\s*/i, '');
    if (/^\d{1,7}$/.test(bare)) return this.#numbers.get(Number(bare)) ?? null;
    return this.tickets.get(typedSerial(bare)) ?? null;
  }

  /** The orders in whose name every word of the query begins one, in any script; those with nobody in come first. */
  named(query) {
    const words = fold(query).split(' ').filter(Boolean);
    if (!words.length) return [];
    const fits = order => words.every(word => ` ${order.folded}`.includes(` ${word}`));
    return this.#orders.filter(order => order.tickets.length && fits(order)).slice(0, MOST);
  }
}

function bytes(text) { return Uint8Array.from(atob(text), letter => letter.charCodeAt(0)); }
