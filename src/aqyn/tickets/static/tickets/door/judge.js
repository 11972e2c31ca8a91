/* What the door says to what it was shown: decided here, from the list and the signature, without a network. */
import { read, typedSerial } from './code.js';
import { signed } from './ed25519.js';

const STATES = ['good', 'unpaid', 'lapsed', 'gone'];

/** {verdict, serial?, ticket?, before?, show?} for a ticket that is known by its serial. */
export function ofSerial(roll, serial) {
  const ticket = roll.tickets.get(serial);
  if (roll.revoked.has(serial)) return { verdict: 'revoked', serial };
  if (!ticket) return { verdict: 'unknown', serial };
  const state = STATES[ticket.state];
  if (state === 'lapsed' || state === 'gone') return { verdict: 'gone', serial, ticket, lapsed: state === 'lapsed' };
  if (state === 'unpaid') return { verdict: 'unpaid', serial, ticket };
  const before = roll.came.get(serial);
  if (before) return { verdict: 'again', serial, ticket, before };
  if (ticket.order.owes > 0) return { verdict: 'owes', serial, ticket };
  return { verdict: 'in', serial, ticket };
}

/** The same for whatever a camera or a scanner read, or somebody typed. */
export async function judge(roll, text) {
  const code = read(text);
  if (!code) {
    const serial = typedSerial(text);
    if (serial !== null && (roll.tickets.has(serial) || roll.revoked.has(serial))) return ofSerial(roll, serial);
    return { verdict: 'not_code', text };
  }
  const key = roll.key(code.key);
  const good = key ? await signed(key, code.signature, code.message) : false;
  if (good === false) return { verdict: 'forged', text };
  if (code.sale !== roll.sale) return { verdict: 'other', text, show: roll.others[code.sale] ?? '' };
  const said = ofSerial(roll, code.serial);
  if (said.verdict !== 'unknown') return said;
  // A good signature that the list does not know: bought after the list was read. Without HTTPS nothing could be checked.
  if (good === null) return { verdict: 'unknown', serial: code.serial, text };
  const before = roll.came.get(code.serial);
  return before ? { verdict: 'again', serial: code.serial, before } : { verdict: 'new', serial: code.serial };
}
