/* What is seen of the sound: the waveform, the words on it, the place that is heard. */
import { Blocks, trust } from './blocks.js';
import { lineAt } from './cues.js';
import { sungAt } from './deeds.js';
import { byWord, endOf, provenance, startOf } from './times.js';
import { View } from './view.js';
import { Wave } from './wave.js';

export class Scene {
  #desk; #parts; #wave; #blocks; #frame = 0;

  constructor(desk, parts) {
    this.#desk = desk;
    this.#parts = parts;
    this.view = new View(desk.song.duration);
    this.#wave = new Wave(parts.scope.querySelector('canvas'), parts.probe);
    this.#blocks = new Blocks(desk.song, parts.track);
    this.#wave.onrestyle = () => this.invalidate();
    desk.addEventListener('aqyn:levels', event => { this.#wave.levels = event.detail; this.invalidate(); });
    new ResizeObserver(() => this.#resize()).observe(parts.scope);
    this.#resize();
    this.view.show(-this.view.span * .04);
  }

  /** How many hundredths of a second are drawn. */
  get levels() { return this.#wave.levels.length; }

  /** How much of the top is the ruler, in pixels. */
  get ruler() { return this.#wave.ruler; }

  /** Draw before the next frame; while it plays each frame is drawn anyway. */
  invalidate() {
    const { playing } = this.#desk;
    this.#frame ||= requestAnimationFrame(() => { this.#frame = 0; if (!playing.running) this.draw(playing.ms); });
  }

  draw(ms) {
    const { view } = this, { song, cues, here, playing, repeating } = this.#desk;
    if (!view.width) return;
    if (playing.running) view.follow(ms);
    this.#wave.draw(view, ms, this.#edges(), [repeating.marked, this.#chosen()].filter(Boolean));
    this.#blocks.draw(view, cues, here);
    this.#parts.playhead.style.transform = `translateX(${view.x(ms).toFixed(2)}px)`;
    this.#desk.panel.time(ms);
    this.#desk.lines.sing(sungAt(song, cues, ms));
  }

  /** Bring what is chosen into view. */
  reveal() {
    const chosen = this.#chosen();
    if (!chosen) return;
    this.view.reveal(startOf(this.#line()), chosen.end);
    this.view.reveal(chosen.start, chosen.end);
    this.invalidate();
  }

  zoom(factor) {
    this.view.zoom(factor, this.view.x(this.#desk.playing.ms));
    this.invalidate();
  }

  #line() { return lineAt(this.#desk.song, this.#desk.cues, this.#desk.here.i); }

  /* The stretch of the chosen word, or of its line where only that is timed. */
  #chosen() {
    const line = this.#line(), cue = byWord(line) ? line[this.#desk.here.k] : line;
    return cue && { start: cue[0], end: cue[1] };
  }

  #edges() {
    const { view } = this, { song, cues, here } = this.#desk, edges = [];
    song.lines.forEach(({ id }, i) => {
      const line = cues[id];
      if (!line || endOf(line) < view.left || startOf(line) > view.right) return;
      (byWord(line) ? line : [line]).forEach((cue, k) => {
        const kind = trust(provenance(cue)), chosen = i === here.i && (k === here.k || !byWord(line));
        edges.push([cue[0], kind, chosen], ...(chosen ? [[cue[1], kind, true]] : []));
      });
    });
    return edges;
  }

  #resize() {
    this.view.width = this.#parts.scope.clientWidth;
    this.#wave.resize(this.view.width, this.#parts.track.offsetTop);
    if (this.#desk.panel) this.invalidate();
  }
}
