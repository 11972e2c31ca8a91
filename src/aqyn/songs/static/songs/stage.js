/* Makes the sung line large without laying out the page: every word is carried to its large place by a transform.
 *
 * A hidden twin of the line is laid out large, once per line, layer and width; the real line keeps its small place
 * in the page, and what stands after it is moved down by as much as the large one is taller.
 */
const LIFT = 0.32;   // em of the large line: the room above it

export class Stage {
  #list; #twin; #known = new Map(); #up = null;

  constructor(list) {
    this.#list = list;
    this.#twin = document.createElement('div');
    this.#twin.className = 'line grown twin';
    this.#twin.setAttribute('aria-hidden', 'true');
    this.#twin.inert = true;
    list.append(this.#twin);
  }

  forget() { this.#known.clear(); }

  /** How `line` ({item, rows}) grows: transforms by element, and the room it needs. Lays out; ask before it is needed. */
  measure(line) {
    if (!this.#known.has(line)) this.#known.set(line, this.#measured(line));
    return this.#known.get(line);
  }

  #measured({ item, rows }) {
    const twin = this.#twin, main = rows[0].element.cloneNode(true), moves = [];
    twin.replaceChildren(main, ...rows.slice(1).map(row => row.element.cloneNode(true)));
    twin.querySelectorAll('.word').forEach(word => { word.className = 'word'; });
    const width = twin.clientWidth;
    let size = parseFloat(getComputedStyle(main).fontSize);
    const widest = Math.max(0, ...[...main.querySelectorAll('.word')].map(word => word.offsetWidth));
    if (widest > width) {                                     // a word longer than the page is wide
      size *= width / widest;
      main.style.fontSize = `${size}px`;
    }
    rows.forEach((row, r) => {
      const grown = twin.children[r], large = grown.querySelectorAll('.word');
      const scale = parseFloat(getComputedStyle(grown).fontSize) / parseFloat(getComputedStyle(row.element).fontSize);
      if (!row.words.length) { moves.push([row.element, plain(row.element, grown, scale)]); return; }
      row.words.forEach((word, w) => {
        const to = large[w];
        const y = to.offsetTop + (to.offsetHeight - word.offsetHeight * scale) / 2 - word.offsetTop;
        moves.push([word, `translate(${(to.offsetLeft - word.offsetLeft).toFixed(1)}px,${y.toFixed(1)}px) scale(${scale.toFixed(4)})`]);
      });
    });
    const lift = size * LIFT, room = twin.offsetHeight;
    twin.replaceChildren();
    return { moves, lift, height: room, drop: Math.max(0, room - item.offsetHeight) + lift * 2 };
  }

  /** Raise `line`, let the one before it down. */
  raise(line) {
    if (this.#up === line) return;
    this.lower();
    const { moves, lift, drop } = this.measure(line);
    this.#up = line;
    line.item.style.transform = `translateY(${lift.toFixed(1)}px)`;
    for (const [element, transform] of moves) element.style.transform = transform;
    this.#list.style.setProperty('--drop', `${drop.toFixed(1)}px`);
  }

  lower() {
    const line = this.#up;
    if (!line) return;
    this.#up = null;
    line.item.style.transform = '';
    for (const row of line.rows) for (const element of [row.element, ...row.words]) element.style.transform = '';
    this.#list.style.setProperty('--drop', '0px');
  }
}

/* A row of plain text grows only where it then still fits on its rows: it is one element, and keeps its breaks. */
function plain(row, grown, scale) {
  const range = document.createRange();
  range.selectNodeContents(row);
  const text = range.getBoundingClientRect().width || 1;
  const fits = grown.offsetHeight / scale < row.offsetHeight * 1.5 ? Math.min(scale, row.offsetWidth / text) : 1;
  return `translateY(${(grown.offsetTop - row.offsetTop).toFixed(1)}px) scale(${fits.toFixed(4)})`;
}
