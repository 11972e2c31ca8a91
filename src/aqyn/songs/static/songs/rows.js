/* Writes one line's readings into its list item. A word is one element, never split: Arabic letters stay joined. */

/** Fill `item` with `main` and `under` (readings of a Score). With `jump` the main row is a button. */
export function write(item, main, under, jump) {
  const rows = [row(jump ? 'button' : 'span', 'main voice', inWords(main))];
  if (jump) rows[0].type = 'button';
  if (under) {
    const beneath = row('span', 'under', under);
    // The same words in another script: a screen reader has just read them.
    if (under.words && main.words) beneath.setAttribute('aria-hidden', 'true');
    beneath.classList.toggle('voice', Boolean(under.words));
    rows.push(beneath);
  }
  item.replaceChildren(...rows);
  return rows.map((element, i) => ({ element, reading: i ? under : main, words: [...element.querySelectorAll('.word')] }));
}

/* A translation sung from is carried word by word like the song's own words; it has no times of its own. */
function inWords(reading) {
  if (reading.words) return reading;
  return { ...reading, text: undefined, words: reading.text.split(/\s+/).map(word => ({ pieces: [word], tag: reading.tag, dir: reading.dir })) };
}

function row(name, kind, reading) {
  const element = document.createElement(name);
  element.className = `row ${kind}`;
  element.lang = reading.tag;
  element.dir = reading.dir;
  if (reading.text !== undefined) element.textContent = reading.text;
  let run = element;
  reading.words?.forEach((word, i) => {
    const span = document.createElement('span');
    span.className = 'word';
    span.textContent = word.pieces.join('');
    if (word.tag !== reading.tag) span.lang = word.tag;
    const within = runFor(word, run, element);
    if (i) (within === run ? run : element).append(' ');
    within.append(span);
    run = within;
  });
  return element;
}

/* Words that run the other way stand together in a run of their own, so that "вернись домой." keeps its order. */
function runFor(word, run, element) {
  if (word.dir === element.dir) return element;
  if (run !== element) return run;
  const other = document.createElement('span');
  other.dir = word.dir;
  element.append(other);
  return other;
}

/** Where the syllables of a word end, as shares of its width: [0, …, 1]. Measured, since letters differ in width. */
export function stops(span, pieces) {
  const text = span.firstChild, range = document.createRange(), shares = [0];
  range.selectNodeContents(span);
  const whole = range.getBoundingClientRect().width;
  let length = 0;
  for (const piece of pieces.slice(0, -1)) {
    length += piece.length;
    range.setStart(text, 0);
    range.setEnd(text, length);
    shares.push(whole ? range.getBoundingClientRect().width / whole : length / text.length);
  }
  return [...shares, 1];
}
