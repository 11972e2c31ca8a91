/* The light in the sung line. Each frame moves one background; classes change only where a word begins or ends. */
const still = matchMedia('(prefers-reduced-motion: reduce)');

const NOT_YET = -2;   // no word of this line was drawn, not even as one to come

export class Light {
  #rows = []; #cues = []; #k = NOT_YET; #filling = false;

  /** Take the rows of the sung line: `[{words: [element], stops: [[share]], reading}]`, and its cues. */
  take(rows, cues) {
    this.drop();
    this.#rows = rows;
    this.#cues = cues;
    this.#k = NOT_YET;
    this.#filling = false;
  }

  /** Let go of the line: its words take the line's own colour again. */
  drop() {
    for (const row of this.#rows) for (const word of row.words) { word.className = 'word'; word.style.backgroundPositionX = ''; }
    this.#rows = [];
    this.#cues = [];
  }

  /** Light the words as they are at `ms`. Gives the index of the last word begun when that changed, else null. */
  draw(ms) {
    const cues = this.#cues;
    let k = Math.max(-1, Math.min(this.#k, cues.length - 1));
    while (k + 1 < cues.length && cues[k + 1][0] <= ms) k++;
    while (k >= 0 && cues[k][0] > ms) k--;
    const filling = k >= 0 && ms < cues[k][1], turned = k !== this.#k || filling !== this.#filling;
    if (turned) this.#turn(k, filling);
    if (filling) {
      for (const row of this.#rows) {
        const share = filled(cues[k], row.stops[k], ms);
        row.words[k].style.backgroundPositionX = `${((row.reading.words[k].dir === 'rtl' ? share : 1 - share) * 100).toFixed(2)}%`;
      }
    }
    return turned ? { k, filling } : null;
  }

  #turn(k, filling) {
    for (const row of this.#rows) {
      row.words.forEach((word, j) => {
        const state = j < k || (j === k && !filling) ? 'word sung' : j === k ? 'word now' : 'word ahead';
        if (word.className !== state) word.className = state;
      });
    }
    this.#k = k;
    this.#filling = filling;
  }
}

/** The share of a word's width that is lit at `ms`: straight from syllable to syllable, or in steps for still eyes. */
export function filled([start, end, syllables], stops, ms) {
  const times = syllables?.length === stops.length - 1 ? [...syllables, end] : [start, end];
  const shares = times.length === stops.length ? stops : [0, 1];
  let n = 0;
  while (n + 2 < times.length && times[n + 1] <= ms) n++;
  if (still.matches) return shares[n + 1];
  const part = Math.min(1, Math.max(0, (ms - times[n]) / Math.max(1, times[n + 1] - times[n])));
  return shares[n] + part * (shares[n + 1] - shares[n]);
}
