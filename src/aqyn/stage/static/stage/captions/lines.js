/* <aqyn-captions>: what is sung, in whole lines: the one before, the present one, the next; and what else is known to be
   heard: which part of the song, and where it is played without words. */
import { lineAfter, lineBefore, linesAt, steps } from '../hall/course.js';

const BREATH = 1500;   // ms after a line's end: what follows without words has begun

class AqynCaptions extends HTMLElement {
  #key = ''; #now = null;

  connectedCallback() {
    this.live = this.closest('aqyn-live');
    const place = name => this.querySelector(`.${name}`);
    this.places = { part: place('part'), before: place('before'), now: place('now'), after: place('after') };
    this.live.hear('choice', () => { if (this.#now) this.#write(this.#now); });
  }

  /** Show this line: `{song, entry, order, step, line, at, byClock, title}`. */
  turn(now) {
    const played = this.#played(now), { main, under } = this.live.choice;
    const key = [now.entry, now.step, now.line, now.byClock, played?.kind, main, under].join();
    if (key === this.#key || !main) return;
    this.#key = key;
    this.#now = { ...now, played };
    this.#write(this.#now);
  }

  /* A part without words that is being played now, or null. Only where the song says so. */
  #played({ song, order, step, line, at, byClock }) {
    if (!byClock) return null;
    const sung = steps(song, order), ended = song.lines[line]?.end ?? 0;
    const wordless = k => { const part = song.sections[sung[k]]; return part && !part.lines.length ? part : null; };
    if (line < 0) return wordless(step - 1);
    const here = linesAt(song, order, step, byClock);
    return here.at(-1) === line && at > ended + BREATH ? wordless(step + 1) : null;
  }

  #write({ song, order, step, line, byClock, title, played }) {
    const section = song.sections[steps(song, order)[step]], here = { step, line };
    const { part, before, now, after } = this.places;
    this.#label(part, section, song);
    if (played) this.#label(now, played, song, 'heard');
    else if (line < 0) now.replaceChildren(named(`♪ ${title.text}`, title));
    else now.replaceChildren(...this.#readings(song, line));
    this.#one(before, song, played && line >= 0 ? here : lineBefore(song, order, here, byClock));
    this.#one(after, song, lineAfter(song, order, here, byClock));
    const { top, bottom } = now.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) now.scrollIntoView({ block: 'center' });
    const lines = linesAt(song, order, step, byClock);
    this.live.tell('place', { place: lines.indexOf(line), of: lines.length });
  }

  #readings(song, i) {
    const { choice } = this.live, line = song.lines[i];
    const main = song.reading(line, choice.main) ?? song.reading(line, song.main);
    const under = choice.under !== main.tag ? song.reading(line, choice.under) : null;
    return [row(main, 'main'), ...(under ? [row(under, 'under')] : [])];
  }

  #one(place, song, at) { place.replaceChildren(...(at ? [this.#readings(song, at.line)[0]] : [])); }

  /* [Chorus], [Interlude], or the part's own name. */
  #label(place, section, song, kind = '') {
    const said = section && (section.name || this.querySelector(`[data-kind="${section.kind}"]`)?.textContent);
    const text = said ? `[${said}]` : '', tag = section?.name ? song.main : document.documentElement.lang;
    if (place.textContent !== text) place.replaceChildren(...(text ? [named(text, { tag, dir: '' }, kind)] : []));
  }
}

function row(reading, kind) {
  const element = document.createElement('span');
  element.className = `reading ${kind}`;
  Object.assign(element, { lang: reading.tag, dir: reading.dir });
  if (reading.text !== undefined) { element.textContent = reading.text; return element; }
  reading.words.forEach((word, i) => {
    if (i) element.append(' ');
    const text = word.pieces.join('');
    element.append(word.tag === reading.tag ? text : foreign(text, word));
  });
  return element;
}

function foreign(text, { tag, dir }) {
  const element = document.createElement('span');
  return Object.assign(element, { textContent: text, lang: tag, dir });
}

function named(text, { tag, dir }, kind = '') {
  const element = foreign(text, { tag, dir });
  element.className = `reading main ${kind}`;
  return element;
}
customElements.define('aqyn-captions', AqynCaptions);
