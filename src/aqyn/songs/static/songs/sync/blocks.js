/* The words under the waveform as blocks, and each line's bracket. Only what is in view, or nearly, is there. */
import { byWord, endOf, PROPOSED, provenance, startOf } from './times.js';

const SURE = 80, LISTEN = 50;   // percent
const SPECK = 16;                // pixels: a block in which no word can be read
const NARROW = 96;              // pixels: a block that has no room for its handles beside its word

/** How sure a time is, as a class: "sure", "listen" (worth another hearing), "doubt", "unknown". */
export function trust({ sure }) {
  return sure === null ? 'unknown' : sure >= SURE ? 'sure' : sure >= LISTEN ? 'listen' : 'doubt';
}

export class Blocks {
  #song; #track; #there = new Map(); #seen = '';

  constructor(song, track) {
    this.#song = song;
    this.#track = track;
  }

  /** Put every word in view in its place. `here`: `{i, k, j}`, what is chosen. */
  draw(view, cues, here) {
    this.#track.style.transform = `translateX(${(-view.left * view.pps / 1000).toFixed(2)}px)`;
    const from = Math.floor((view.left - view.span / 2) / 1000), seen = `${from >> 1} ${view.pps} ${view.width}`;
    if (this.#seen === seen && this.cues === cues && this.here === here) return;
    Object.assign(this, { cues, here });
    this.#seen = seen;
    const wanted = new Set();
    this.#song.lines.forEach((line, i) => {
      const times = cues[line.id];
      if (!times || endOf(times) < view.left - view.span || startOf(times) > view.right + view.span) return;
      this.#line(view, line, times, i, here, wanted);
    });
    for (const [key, element] of this.#there) if (!wanted.has(key)) { element.remove(); this.#there.delete(key); }
  }

  #line(view, line, times, i, here, wanted) {
    const bracket = this.#element(`${i}`, 'bracket', wanted);
    this.#at(bracket, view, startOf(times), endOf(times));
    const said = line.words.map(word => word.text).join(' ');
    if (bracket.said !== said) { bracket.said = said; bracket.append(`${i + 1} · `, text(said, line)); }
    bracket.classList.toggle('here', i === here.i);
    const blocks = byWord(times) ? times : [times];
    blocks.forEach((cue, k) => {
      const whole = !byWord(times), block = this.#element(`${i}.${whole ? '' : k}`, 'block', wanted);
      const chosen = i === here.i && (whole || k === here.k), word = whole ? { ...line, text: said } : line.words[k];
      this.#at(block, view, cue[0], cue[1]);
      const tight = (cue[1] - cue[0]) * view.pps < NARROW * 1000;
      block.className = `block ${trust(provenance(cue))}${provenance(cue).origin === PROPOSED ? ' proposed' : ''}${whole ? ' whole' : ''}${chosen ? ' here' : ''}${tight ? ' tight' : ''}`;
      Object.assign(block.dataset, { i, k: whole ? -1 : k });
      this.#fill(block, cue, word, whole, view, chosen ? here.j : -1);
    });
  }

  #fill(block, cue, word, whole, view, j) {
    const { sure } = provenance(cue), wide = (cue[1] - cue[0]) * view.pps / 1000;
    const percent = sure === null || wide < 34 ? '' : wide < 64 ? `${sure}` : `${sure} %`;
    const marks = whole ? [] : cue[2].slice(1).map(mark => (mark - cue[0]) * view.pps / 1000);
    const told = `${word.text}|${wide < SPECK}|${percent}|${marks}|${j}`;
    if (block.told === told) return;
    block.told = told;
    block.replaceChildren(text(wide < SPECK ? '' : word.text, word), Object.assign(document.createElement('small'), { textContent: percent }), ...marks.map((x, n) => {
      const mark = document.createElement('i');
      mark.className = n + 1 === j ? 'mark here' : 'mark';
      mark.style.transform = `translateX(${x.toFixed(1)}px)`;
      return mark;
    }));
  }

  #element(key, name, wanted) {
    wanted.add(key);
    let element = this.#there.get(key);
    if (!element) {
      element = document.createElement('div');
      element.className = name;
      this.#track.append(element);
      this.#there.set(key, element);
    }
    return element;
  }

  #at(element, view, start, end) {
    const left = `translateX(${(start * view.pps / 1000).toFixed(2)}px)`, wide = `${Math.max(3, (end - start) * view.pps / 1000).toFixed(2)}px`;
    if (element.style.transform !== left) element.style.transform = left;
    if (element.style.width !== wide) element.style.width = wide;
  }
}

/** A text in its own language and direction. */
export function text(said, { lang, dir }) {
  return Object.assign(document.createElement('span'), { className: 'voice', lang, dir, textContent: said });
}
