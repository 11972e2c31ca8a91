/* <door-find>: a number, a serial or a name, typed; every ticket of an order is let in by itself. */
import { clock, made, said, say } from './texts.js';

class DoorFind extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector('dialog');
    this.input = this.querySelector('input');
    this.list = this.querySelector('ul');
    this.input.addEventListener('input', () => this.look());
    this.querySelector('form').addEventListener('submit', event => { event.preventDefault(); this.#enter(); });
    this.querySelector('.shut').addEventListener('click', () => this.dialog.close());
  }

  /** `roll`: the list. `door.judge(text)` and `door.letIn(ticket)` do what is pressed. */
  open(door) {
    this.door = door;
    this.input.value = '';
    this.look();
    this.dialog.showModal();
    this.input.focus();
  }

  look() {
    const text = this.input.value.trim(), { roll } = this.door, found = roll.typed(text);
    const orders = found ? [found.order] : roll.named(text);
    this.list.replaceChildren(...orders.map(order => this.#row(order, found)));
    this.querySelector('.none').hidden = !text || orders.length > 0;
  }

  #row(order, found) {
    const row = made('li', 'order'), there = order.tickets.filter(one => this.door.roll.came.has(one.serial)).length;
    const head = made('p', 'order-head');
    head.append(said('span', 'voice', order.name, ''), made('bdi', 'quiet num', say('of_all', { n: there, all: order.tickets.length })));
    row.append(head);
    const shown = found ? [found, ...order.tickets.filter(one => one !== found)] : order.tickets;
    row.append(...shown.map(ticket => this.#ticket(ticket)));
    return row;
  }

  #ticket(ticket) {
    const line = made('div', 'one'), before = this.door.roll.came.get(ticket.serial);
    const name = made('span', 'grow');
    name.append(made('bdi', 'num', `№ ${ticket.number}`, { dir: 'ltr' }), ' ', said('span', 'quiet', ticket.type.name, ticket.type.tag));
    line.append(name);
    if (before) {
      line.append(made('bdi', 'quiet num', say('in_since', { time: clock(before.at, this.door.roll.zone) })));
    } else if (ticket.state === 0) {
      const button = made('button', 'press small', say('let_in'), { type: 'button', 'aria-label': `${say('let_in')}: № ${ticket.number}` });
      button.addEventListener('click', () => { this.dialog.close(); this.door.letIn(ticket); });
      line.append(button);
    } else {
      line.append(made('span', 'quiet', say(['', 'state_unpaid', 'state_lapsed', 'state_gone'][ticket.state])));
    }
    return line;
  }

  #enter() {
    const text = this.input.value.trim();
    if (!text) return;
    const found = this.door.roll.typed(text);
    // Names are looked for as they are typed; a long run of signs is what a scanner typed into the field.
    if (!found && this.list.children.length) return;
    this.dialog.close();
    if (found) this.door.letIn(found); else this.door.heard(text);
  }
}
customElements.define('door-find', DoorFind);
