/* What the door says, in the language of its page: the texts lie in the page, and amounts and times are written here. */
const TEXTS = JSON.parse(document.getElementById('door-texts').textContent);
const LANGUAGE = document.documentElement.lang;

/** The text called `name`, with {values} put in. */
export function say(name, values = {}) {
  return TEXTS[name].replace(/\{(\w+)\}/g, (whole, key) => key in values ? values[key] : whole);
}

/** As `core.ledger.money.written` writes it. */
export function money(amount, { digits, sign }) {
  const unit = 10 ** digits, part = amount % unit;
  const whole = String(Math.floor(amount / unit)).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  const text = `${whole}${part ? `.${String(part).padStart(digits, '0')}` : ''}\u00a0${sign}`;
  // Among words that run from the right, digits and sign would change places.
  return document.documentElement.dir === 'rtl' ? `\u2066${text}\u2069` : text;
}

/** A moment as clocks at the show's place tell it, "19:02:41"; without a zone, as this device does. */
export function clock(ms, zone) {
  return new Date(ms).toLocaleTimeString('en-GB', { hour12: false, timeZone: zone || undefined });
}

/** An element with a class and a text. */
export function made(tag, name, text = '', told = {}) {
  const one = document.createElement(tag);
  one.className = name;
  one.textContent = text;
  for (const [key, value] of Object.entries(told)) one.setAttribute(key, value);
  return one;
}

/** A run of text in a language of its own. */
export function said(tag, name, text, language = LANGUAGE) {
  return made(tag, name, text, language ? { lang: language, dir: 'auto' } : { dir: 'auto' });
}
