/* A song's words and times, as lyrics.json tells them: which line is sung when, and how each is read in a layer. */
const EARLY = 450;   // ms: a line may rise this long before it is sung, where the one before it has ended

export class Score {
  constructor(json) {
    this.lines = json.lines;
    this.layers = json.layers;
    this.main = json.main;
    this.byId = new Map(this.lines.map((line, i) => [String(line.id), i]));
    this.sung = this.lines.map((line, i) => ({ i, start: line.start, end: line.end })).filter(one => one.start !== null).sort((a, b) => a.start - b.start);
    this.sung.forEach((one, n) => { one.from = Math.max(n ? Math.min(this.sung[n - 1].end, one.start) : 0, one.start - EARLY); });
  }

  get timed() { return this.sung.length > 0; }

  layer(tag) { return this.layers.find(layer => layer.tag === tag); }

  /** The place in `sung` of the line that is lit at `ms`, -1 before the first; `near` is where we were. */
  at(ms, near = -1) {
    let n = Math.min(near, this.sung.length - 1);
    while (n + 1 < this.sung.length && this.sung[n + 1].from <= ms) n++;
    while (n >= 0 && this.sung[n].from > ms) n--;
    return n;
  }

  /** One line in one layer: `{tag, dir, words | text, cues}`, or null where the layer does not have it. */
  reading(line, tag) {
    const layer = this.layer(tag), text = line.texts[tag];
    if (!layer || text === undefined) return null;
    const shown = language => layer.kind === 'translation' || language === tag.split('-')[0] ? tag : language;
    const direction = own => own === tag ? layer.dir : 'ltr', own = shown(line.lang), dir = direction(own);
    if (typeof text === 'string') return { tag: own, dir, text };
    const words = text.map((pieces, i) => {
      const language = shown(line.langs?.[i] ?? line.lang);
      return { pieces, tag: language, dir: direction(language) };
    });
    // Words light one by one only where this layer has as many of them as were timed.
    return { tag: own, dir, words, cues: line.cues?.length === words.length ? line.cues : null };
  }
}
