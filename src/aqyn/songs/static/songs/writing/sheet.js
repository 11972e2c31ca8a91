/* The sheet under the text that is being written: each line again, at the same place however it wraps, with what the
   house reads in it. Lines are drawn at once; what is read of them follows at the next pause. */
import { pieces } from './marks.js';

export class Sheet {
  #drawn;
  #editor;
  #rows = [];

  constructor(drawn, editor) {
    this.#drawn = drawn;
    this.#editor = editor;
  }

  draw() {
    const lines = [...this.#editor.value.split('\n'), null];
    let head = 0, tail = 0;
    const same = (row, line) => row?.line === line;
    while (head < lines.length && same(this.#rows[head], lines[head])) head++;
    while (tail < Math.min(lines.length, this.#rows.length) - head && same(this.#rows.at(-1 - tail), lines.at(-1 - tail))) tail++;
    const gone = this.#rows.splice(head, this.#rows.length - head - tail);
    const behind = this.#rows[head]?.node ?? null;
    const come = lines.slice(head, lines.length - tail).map((line, i) => {
      const row = gone[i] ?? this.#row();
      row.line = line;
      row.part = null;
      row.node.classList.add('stale');
      row.node.classList.remove('fault');
      if (row.other.classList.contains('wrong')) row.other.textContent = '';
      this.#write(row);
      if (!row.node.isConnected) this.#drawn.insertBefore(row.node, behind);
      return row;
    });
    for (const row of gone.slice(come.length)) row.node.remove();
    this.#rows.splice(head, 0, ...come);
  }

  /* What the house reads in `text`; a line that was changed since waits for the next time. */
  show(reading, text, layer) {
    const sent = text.split('\n');
    const sums = new Map(reading.stanzas.map((stanza) => [stanza.to, stanza]));
    this.#rows.forEach((row, i) => {
      this.#sum(row, sums.get(i));
      const read = reading.lines[i];
      if (!read || row.line !== sent[i]) return;
      row.read = read;
      row.part = read.part;
      row.node.classList.remove('stale');
      row.node.dataset.kind = read.kind;
      row.node.classList.toggle('fault', Boolean(read.fault));
      this.#write(row);
      row.count.textContent = read.syllables ?? '';
      row.rhyme.textContent = read.rhyme;
      row.other.textContent = read.fault || read.other;
      row.other.className = `other${read.fault ? ' wrong' : ' voice'}${read.mark ? ` ${read.mark}` : ''}`;
      row.other.lang = read.fault ? '' : read.lang || layer.tag;
      row.other.dir = read.fault ? '' : read.dir || layer.dir;
    });
    this.fit();
  }

  /* A reading has as many rows as its line; what is longer says so with dots. */
  fit() {
    const lead = Number.parseFloat(getComputedStyle(this.#editor).lineHeight);
    const rows = this.#rows.map((row) => Math.max(1, Math.round(row.text.offsetHeight / lead)));
    this.#rows.forEach((row, i) => row.other.style.setProperty('--rows', rows[i]));
  }

  /* Marks the line of the caret; what is read in it. */
  stand() {
    const n = this.#editor.value.slice(0, this.#editor.selectionEnd).split('\n').length;
    this.#drawn.querySelector('.here')?.classList.remove('here');
    this.#rows[n - 1]?.node.classList.add('here');
    return { n, read: this.#rows[n - 1]?.read };
  }

  #row() {
    const node = document.createElement('div');
    node.className = 'line stale';
    const [text, count, rhyme, other, sum] = ['text voice', 'n num', 'r', 'other', 'sum'].map((name) => {
      const part = document.createElement('span');
      part.className = name;
      return part;
    });
    text.lang = this.#editor.lang;
    text.dir = this.#editor.dir;
    node.append(text, count, rhyme, other, sum);
    return { node, text, count, rhyme, other, sum, line: '', part: null, read: null };
  }

  #write(row) {
    row.text.replaceChildren(...pieces(row.line ?? '', row.part).map(([name, said]) => {
      if (!name) return said;
      const span = document.createElement('span');
      span.className = name;
      span.textContent = said;
      return span;
    }));
    if (row.line === '' || row.line === null) {
      row.read = null;
      for (const part of [row.count, row.rhyme, row.other]) part.textContent = '';
    }
  }

  #sum(row, stanza) {
    row.sum.replaceChildren();
    if (!stanza) return;
    for (const [name, said] of [['named', stanza.form], ['order', stanza.order], ['rhymes', stanza.rhymes], ['pattern num', stanza.pattern]]) {
      if (!said) continue;
      const span = document.createElement('span');
      span.className = name;
      span.textContent = said;
      if (name.startsWith('rhymes') || name.startsWith('pattern')) span.dir = 'ltr';
      row.sum.append(span);
    }
  }
}
