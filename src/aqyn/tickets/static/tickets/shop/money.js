/* Amounts as the house writes them (core/ledger/money.py): whole numbers of the minor unit. */

const NARROW = '\u00a0';

/** "12 000 ₸" for 1200000 minor units of a currency with two digits. */
export function written(amount, { sign, digits }) {
  const unit = 10 ** digits;
  const whole = String(Math.floor(amount / unit)).replace(/\B(?=(\d{3})+$)/g, NARROW);
  const part = amount % unit;
  return `${whole}${part ? `.${String(part).padStart(digits, '0')}` : ''}${NARROW}${sign}`;
}

/** Minor units of what somebody typed, or null where it is no amount. */
export function read(text, { digits }) {
  const bare = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (!/^\d+(\.\d*)?$/.test(bare)) return null;
  const [whole, part = ''] = bare.split('.');
  if (part.length > digits) return null;
  return Number(whole) * 10 ** digits + Number(part.padEnd(digits, '0') || 0);
}
