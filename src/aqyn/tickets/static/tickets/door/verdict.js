/* <door-verdict>: the whole screen says what becomes of whoever stands there, by colour, sign and word. */
import { feel } from './feel.js';
import { clock, made, money, said, say } from './texts.js';

const FEELS = { in: 'in', new: 'in', sold: 'in', owes: 'ask', asking: 'ask', undone: 'ask' };
const SIGNS = { in: '✓', no: '✕', ask: '!' };

class DoorVerdict extends HTMLElement {
  /** Show what `judge` said. `deeds`: [[text, function], …], the first one where the thumb is. */
  show(told, deeds = []) {
    const kind = FEELS[told.verdict] ?? 'no';
    this.dataset.kind = kind;
    this.dataset.verdict = told.verdict;
    const words = made('div', 'words');
    words.append(made('p', 'sign', SIGNS[kind], { 'aria-hidden': 'true' }), made('p', 'word', say(`word_${told.verdict}`)));
    const { ticket } = told;
    if (ticket) {
      words.append(said('p', 'who', ticket.order.name, ''));
      const which = made('p', 'which');
      which.append(made('bdi', 'num', `№ ${ticket.number}`, { dir: 'ltr' }), ' · ', said('span', '', ticket.type.name, ticket.type.tag));
      words.append(which);
    }
    const why = this.#why(told);
    if (why) words.append(made('p', 'why', why));
    const foot = made('div', 'foot-deeds');
    for (const [text, deed, name = ''] of [...deeds, [say('next'), () => this.clear(), 'next']]) {
      const button = made('button', `press ${name}`, text, { type: 'button' });
      // One press is one deed: another one would book the money again.
      button.addEventListener('click', () => {
        for (const one of foot.children) one.disabled = true;
        deed();
      });
      foot.append(button);
    }
    this.replaceChildren(words, foot);
    this.hidden = false;
    feel(kind);
  }

  clear() {
    this.hidden = true;
    this.replaceChildren();
    delete this.dataset.verdict;
    delete this.dataset.kind;
  }

  #why({ verdict, before, ticket, lapsed, show, currency, zone, why }) {
    if (why) return why;
    if (verdict === 'again') return say('why_again', { time: clock(before.at, zone), door: before.door });
    if (verdict === 'owes') return say(ticket.order.tickets.length > 1 ? 'why_owes_all' : 'why_owes', { amount: money(ticket.order.owes, currency), n: ticket.order.tickets.length });
    if (verdict === 'gone') return say(lapsed ? 'why_lapsed' : 'why_gone');
    if (verdict === 'other') return show ? say('why_other', { show }) : say('why_other_unknown');
    return { new: say('why_new'), revoked: say('why_revoked'), unpaid: say('why_unpaid'), forged: say('why_forged'), not_code: say('why_not_code'), unknown: say('why_unknown') }[verdict] ?? '';
  }
}
customElements.define('door-verdict', DoorVerdict);
